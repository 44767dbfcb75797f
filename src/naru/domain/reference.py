"""A family's reference architectures (M-01): variants with explicit dimensions, and what is expected.

Every figure says where it comes from: computed here by a counter of the workbench, cited from a source, or
assumed (with the reason), so that nobody takes a guess for a measurement.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from naru.domain.terms import Text, require, unique

Origin = Literal["computed", "cited", "assumed"]
Modality = Literal["image", "video", "audio", "text", "image_text", "pose", "time_series"]
Scale = Literal["full", "reduced"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One expected figure: a whole number, where it comes from, and the source or the reason.

    `printed` is the published wording where only a rounded one exists ("124 M"), to compare within it.
    """

    value: int
    origin: Origin
    source: str
    printed: str = ""

    def __post_init__(self) -> None:
        require(self.value >= 0, "value: is negative")
        require(bool(self.source.strip()), "source: is empty; say where the figure comes from")


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """The licence of the published weights; `commercial` None where the source does not settle it."""

    name: str
    commercial: bool | None = None
    source: str
    seen_on: date
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceInput:
    """An input of the reference: name, ONNX element type, shape."""

    name: str
    type: str
    shape: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One member of a family with explicit dimensions, from which its figures can be recomputed.

    `dimensions` are the architecture's own words and whole numbers (or yes/no, or a word), never a default of
    a library. `architecture` names the formula that counts it ("decoder", "encoder", "encoder_decoder") or is
    empty where only the graph does. `skeleton` is the file under `catalogue/skeletons/` without its ending,
    `scale` says whether the skeleton has the full width or a reduced one of the same operators. `work` says
    in words what the MACs count ("one image of 224 x 224", "512 tokens with full logits").
    """

    name: str
    reference: str
    source: str
    work: Text
    dimensions: Mapping[str, int | bool | str] = field(default_factory=dict)
    architecture: Literal["", "decoder", "encoder", "encoder_decoder"] = ""
    inputs: tuple[ReferenceInput, ...] = ()
    skeleton: str = ""
    scale: Scale = "full"
    parameters: Figure
    macs: Figure
    int8_bytes: Figure
    peak_live_bytes: Figure | None = None
    kv_bytes_per_token: Figure | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """The reference of one family: real modality, licence, variants; the first variant is the usual one."""

    schema: Literal[1]
    family: str
    modality: Modality
    licence: Licence
    variants: tuple[Variant, ...]

    def __post_init__(self) -> None:
        require(bool(self.variants), "variants: a family has at least one")
        unique("variants.name", (variant.name for variant in self.variants))

    def variant(self, name: str = "") -> Variant:
        """The variant by name, the usual one without; KeyError when there is none of that name."""
        if not name:
            return self.variants[0]
        found = next((one for one in self.variants if one.name == name), None)
        if found is None:
            raise KeyError(name)
        return found

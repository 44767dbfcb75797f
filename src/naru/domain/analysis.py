"""What is known of a model before it runs (모델분석): counted, never guessed; what was not counted is named.

Conventions of the catalogue: 1 MAC is one multiply-add, so 1 TOPS for a second is 0.5 x 10^12 MACs; causal
attention is counted over all pairs of tokens; KV bytes are those of 16-bit numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

SubjectKind = Literal["graph", "folder", "family"]
MatchVerdict = Literal["listed", "near", "none"]
OperatorVerdict = Literal["supported", "fallback", "unknown"]
Method = Literal["graph", "configuration"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What was analysed: an ONNX graph, a folder of configuration and safetensors, or a catalogue family.

    `sha256` is that of the graph's file or of `config.json`; `stripped` is true where the weights had been
    taken out before; `name` is a file's own name without its folder.
    """

    kind: SubjectKind
    name: str
    sha256: str = ""
    size_bytes: int = 0
    stripped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorCount:
    """One operator of the graph: how often it stands there and the MACs of all of them together."""

    count: int
    macs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncounted:
    """An operator whose work is not in the MACs, how often, why, and the nodes (the first few by name)."""

    operator: str
    count: int
    reason: str
    nodes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DynamicAxis:
    """An axis of an input without a fixed size: its place, its name in the file, the size it was given.

    `taken` is None where nobody gave a size: what depends on it was not counted.
    """

    input: str
    axis: int
    name: str
    taken: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tensor:
    """An input or output: element type in ONNX's words, shape with None where a size is unknown."""

    name: str
    type: str
    shape: tuple[int | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyMatch:
    """The nearest family of the catalogue.

    `distance` is 0 for the same architecture as a recorded variant, up to 1 for nothing in common, None
    where nothing could be compared; `also` are families no farther away. `key` and `name` are empty where
    `match` is none and nothing was close.
    """

    match: MatchVerdict
    key: str = ""
    name: str = ""
    variant: str = ""
    distance: float | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorFinding:
    """What a vendor's published operator list says of one operator of the model.

    Only a published list can say supported or fallback (runs on the CPU); without one it is unknown.
    """

    vendor: str
    sdk: str
    operator: str
    verdict: OperatorVerdict
    count: int
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoder:
    """A decoder's work by token, from which prefill and decode follow.

    Over S new tokens with C in the cache: `linear_macs` x S + `pair_macs` x S x (C + S) MACs,
    all pairs counted. `kv_bytes_per_token` at 16 bits; `context` is the longest sequence, None if unbounded.
    """

    linear_macs: int
    pair_macs: int
    kv_bytes_per_token: int
    context: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One counter's own answer, so that two can be compared."""

    method: Method
    parameters: int
    macs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """What counted: its name and version, and the version of onnx it read with."""

    name: str
    version: str
    onnx: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """The record of an analysis; `naru model analyse --json` prints it and the portal reads it.

    `weight_bytes` by ONNX element type as stored; `peak_live_bytes` is the most that activations take at one
    time in the order of the graph, None where a shape is unknown; `macs` are those of one pass over the
    inputs as given in `inputs`.
    """

    schema: Literal[1] = 1
    subject: Subject
    parameters: int
    macs: int
    weight_bytes: Mapping[str, int]
    peak_live_bytes: int | None
    kv_bytes_per_token: int | None
    operators: Mapping[str, OperatorCount] = field(default_factory=dict)
    inputs: tuple[Tensor, ...] = ()
    outputs: tuple[Tensor, ...] = ()
    dynamic_axes: tuple[DynamicAxis, ...] = ()
    uncounted: tuple[Uncounted, ...] = ()
    family: FamilyMatch = FamilyMatch(match="none")
    findings: tuple[OperatorFinding, ...] = ()
    decoder: Decoder | None = None
    counts: tuple[Count, ...] = ()
    notes: tuple[str, ...] = ()
    tool: Tool

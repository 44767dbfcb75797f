"""Recompute the figures of `catalogue/references/*.toml`: by formula, else by graph.

`tools/references/figures.py` rewrites what differs, `--check` only lists it and exits 1. A figure that
becomes computable (its graph arrived under `catalogue/skeletons/`) turns from cited to computed and keeps
its published wording, against which the tests hold it. No torch: skeletons are read with onnx.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from naru.codec.references import REFERENCES, references
from naru.codec.tables import CATALOGUE
from naru.domain.architecture import count, count_variant, text_part
from naru.domain.reference import Reference, ReferenceInput, Variant

SKELETONS = CATALOGUE / "skeletons"
ENDING = ".onnx.xz"
FORMULA = "formula of naru.domain.architecture"
GRAPH = "walk over the skeleton's graph by naru.workbench.counting"
TEXT = f"{FORMULA} over the text_ dimensions"
BYTE = "one byte a parameter"
ORDER = ("parameters", "macs", "int8_bytes", "peak_live_bytes", "kv_bytes_per_token")


@dataclass(frozen=True)
class Computed:
    """A figure as it comes out here, and by what."""

    value: int
    source: str


def skeleton_files(folder: Path = SKELETONS) -> set[str]:
    """Names of the skeletons there are, without their ending."""
    return {path.name.removesuffix(ENDING) for path in folder.glob(f"*{ENDING}")}


def computed(variant: Variant) -> dict[str, Computed]:
    """Every figure of a variant that can be computed here, by key."""
    found: dict[str, Computed] = {}
    formula = count_variant(variant)
    whole = bool(variant.skeleton) and variant.scale == "full"
    graph = _graph(variant) if whole else None
    text = text_part(variant.dimensions)
    if formula is not None:
        found["parameters"] = Computed(formula.parameters, FORMULA)
        found["macs"] = Computed(formula.macs, FORMULA)
    elif graph is not None:
        found["parameters"] = Computed(graph["parameters"], GRAPH)
        found["macs"] = Computed(graph["macs"], GRAPH)
    if "parameters" in found:
        found["int8_bytes"] = Computed(found["parameters"].value, BYTE)
    if graph is not None and graph["peak_live_bytes"] is not None:
        found["peak_live_bytes"] = Computed(graph["peak_live_bytes"], GRAPH)
    cache = formula or (count("decoder", text) if text else None)
    if cache is not None and cache.kv_bytes_per_token is not None:
        found["kv_bytes_per_token"] = Computed(cache.kv_bytes_per_token, TEXT if text else FORMULA)
    return found


def _graph(variant: Variant) -> Mapping[str, int | None]:
    from naru.workbench.skeletons import skeleton

    from naru.workbench.counting import count_graph

    counted = count_graph(skeleton(variant.skeleton), {one.name: one.shape for one in variant.inputs})
    if counted.uncounted:
        raise ValueError(f"{variant.skeleton}: not counted: {counted.uncounted}")
    return {
        "parameters": counted.parameters,
        "macs": counted.macs,
        "peak_live_bytes": counted.peak_live_bytes,
    }


def differences(reference: Reference) -> Iterator[tuple[str, str, Computed]]:
    """(variant, key, what it is) of every figure whose record is not what is computed now."""
    for variant in reference.variants:
        for key, now in computed(variant).items():
            held = getattr(variant, key)
            if held is None or held.value != now.value or held.origin == "cited":
                yield variant.name, key, now


def rewritten(text: str, changes: Mapping[tuple[str, str], Computed]) -> str:
    """The text of a reference file with figures put in, each in the block of its variant."""
    blocks = re.split(r"(?m)^(?=\[\[variants\]\]$)", text)
    for place, block in enumerate(blocks):
        name = re.search(r'(?m)^name = "(.+)"$', block)
        if place and name:
            for key in ORDER:
                if (name[1], key) in changes:
                    blocks[place] = _put(blocks[place], key, changes[name[1], key])
    return "".join(blocks)


def _put(block: str, key: str, now: Computed) -> str:
    line = re.search(rf"(?m)^{key} = \{{.*\}}\n", block)
    printed = re.search(r', printed = "[^"]*"', line[0]) if line else None
    assumed = line is not None and 'origin = "assumed"' in line[0] and now.source == FORMULA
    if assumed and line is not None:
        return block.replace(line[0], re.sub(r"value = \d+", f"value = {now.value}", line[0]))
    made = f'{key} = {{ value = {now.value}, origin = "computed", source = "{now.source}"'
    made += f"{printed[0] if printed else ''} }}\n"
    if line:
        return block.replace(line[0], made)
    before = max(
        (found.end() for other in ORDER if (found := re.search(rf"(?m)^{other} = \{{.*\}}\n", block))),
        default=len(block),
    )
    return block[:before] + made + block[before:]


def inputs_of(model_inputs: tuple[ReferenceInput, ...]) -> str:
    """Inputs as a line of TOML."""
    parts = [
        f'{{ name = "{one.name}", type = "{one.type}", shape = {list(one.shape)} }}' for one in model_inputs
    ]
    return f"inputs = [{', '.join(parts)}]\n"


def main() -> int:
    """Rewrite every file, or with `--check` list what differs; 1 when something does."""
    check, wrong = "--check" in sys.argv[1:], 0
    for family, reference in references().items():
        found = list(differences(reference))
        wrong += len(found)
        for name, key, now in found:
            print(f"{family} {name}: {key} is {now.value:,} ({now.source})")
        if found and not check:
            path = REFERENCES / f"{family}.toml"
            changes = {(name, key): now for name, key, now in found}
            path.write_text(rewritten(path.read_text(encoding="utf-8"), changes), encoding="utf-8")
    return 1 if wrong and check else 0


if __name__ == "__main__":
    raise SystemExit(main())

"""The most that activations take at one time, in the order the graph stands in."""

from collections.abc import Iterable, Mapping, Sequence

import onnx

from naru.workbench.counting.shapes import Value

VIEWS = frozenset({"Reshape", "Squeeze", "Unsqueeze", "Flatten", "Identity", "Dropout"})


def peak(
    nodes: Sequence[onnx.NodeProto],
    values: Mapping[str, Value],
    inputs: Iterable[str],
    outputs: Iterable[str],
) -> int | None:
    """Bytes alive at the worst node, inputs and outputs included, weights not; None with an unknown shape.

    A value lives from the node that makes it to the last that reads it; a view shares its source's memory.
    """
    source = {name: name for name in inputs}
    last: dict[str, int] = {}
    for place, node in enumerate(nodes):
        for name in _read(node):
            if name in source:
                last[source[name]] = place
        view = node.op_type in VIEWS and node.input and node.input[0] in source
        for order, name in enumerate(node.output):
            if name:
                source[name] = source[node.input[0]] if view and order == 0 else name
                last.setdefault(source[name], place)
                last[source[name]] = max(last[source[name]], place)
    for name in outputs:
        if name in source:
            last[source[name]] = len(nodes)
    return _worst(nodes, values, source, last)


def _worst(
    nodes: Sequence[onnx.NodeProto],
    values: Mapping[str, Value],
    source: Mapping[str, str],
    last: Mapping[str, int],
) -> int | None:
    ends: dict[int, list[str]] = {}
    places = {name: place for place, node in enumerate(nodes) for name in node.output}
    for name, place in last.items():
        ends.setdefault(place, []).append(name)
    made = {name for node in nodes for name in node.output if name and source[name] == name}
    unread = {name for name in made if values.get(name) is None and last[name] == places[name]}
    alive = 0
    for name in {root for root in source.values() if root not in made}:
        size = _size(values, name)
        if size is None:
            return None
        alive += size
    worst = alive
    for place, node in enumerate(nodes):
        for name in node.output:
            if name and source[name] == name and name not in unread:
                size = _size(values, name)
                if size is None:
                    return None
                alive += size
        worst = max(worst, alive)
        alive -= sum(_size(values, name) or 0 for name in ends.get(place, ()))
    return worst


def _size(values: Mapping[str, Value], name: str) -> int | None:
    value = values.get(name)
    return None if value is None else value.bytes


def _read(node: onnx.NodeProto) -> Iterable[str]:
    """What a node reads, its bodies included."""
    yield from (name for name in node.input if name)
    for attribute in node.attribute:
        for body in (attribute.g, *attribute.graphs):
            for inner in body.node:
                yield from _read(inner)

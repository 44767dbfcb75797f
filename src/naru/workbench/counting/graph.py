"""One walk over a graph: parameters, weight bytes, MACs by operator, peak memory, what was not counted."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import onnx
from onnx import defs

from naru.domain.analysis import DynamicAxis, OperatorCount, Tensor, Uncounted
from naru.workbench.counting import live, macs, shapes, weights
from naru.workbench.counting.shapes import Value
from naru.workbench.counting.weights import Weights

OWN = frozenset({"", "ai.onnx"})
NAMED = 5  # nodes of an uncounted operator that are named
KV_AXES, HALF = 4, 2  # key-value inputs: batch, heads, position, width; bytes of 16 bits


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphCount:
    """What one graph needs; fields as in `domain.analysis.Analysis`.

    `values` are the inferred values of the main graph and `constant` the names of those computed from stored
    numbers alone, for who looks at the structure next.
    """

    parameters: int
    macs: int
    weight_bytes: Mapping[str, int]
    peak_live_bytes: int | None
    kv_bytes_per_token: int | None
    operators: Mapping[str, OperatorCount]
    uncounted: tuple[Uncounted, ...]
    dynamic_axes: tuple[DynamicAxis, ...]
    inputs: tuple[Tensor, ...]
    outputs: tuple[Tensor, ...]
    values: Mapping[str, Value]
    constant: frozenset[str]


def count_graph(model: onnx.ModelProto, sizes: Mapping[str, tuple[int, ...]] | None = None) -> GraphCount:
    """Count a model whose local functions were inlined; the weights' data may have been taken out.

    Args:
        model: changed in place, the given sizes are written into its inputs.
        sizes: input name -> shape, for axes without a fixed size.

    Raises:
        SizeError: a size for no input of the model, or against what the model says.
    """
    given, graph = dict(sizes or {}), model.graph
    axes = _dynamic(graph, given)
    shapes.set_sizes(graph, given)
    values = shapes.inferred(model)
    found = weights.find(graph, values)
    work = [node for node in graph.node if not _constant(node, found)]
    inputs = shapes.real_inputs(graph)
    tally = _Tally(values, found)
    tally.walk(work, [one.name for one in graph.output])
    return GraphCount(
        parameters=tally.parameters,
        macs=sum(tally.macs.values()),
        weight_bytes=dict(sorted(tally.weight_bytes.items())),
        peak_live_bytes=live.peak(
            work, values, (one.name for one in inputs), (one.name for one in graph.output)
        ),
        kv_bytes_per_token=_kv(inputs),
        operators={
            name: OperatorCount(count=count, macs=tally.macs[name])
            for name, count in sorted(tally.counts.items())
        },
        uncounted=tally.told(),
        dynamic_axes=axes,
        inputs=tuple(_tensor(one) for one in inputs),
        outputs=tuple(_tensor(one, values) for one in graph.output),
        values=values,
        constant=frozenset(found.derived),
    )


class _Tally:
    """Sums while walking; bodies of Loop, If and Scan are walked for their weights and operators only."""

    def __init__(self, values: dict[str, Value], found: Weights) -> None:
        self.values, self.found = values, found
        self.counts: Counter[str] = Counter()
        self.macs: Counter[str] = Counter()
        self.weight_bytes: Counter[str] = Counter()
        self.parameters = 0
        self._missed: dict[tuple[str, str], list[str]] = {}

    def walk(self, nodes: list[onnx.NodeProto], outputs: Iterable[str]) -> None:
        """Count the nodes of the main graph, and their weights."""
        for node in nodes:
            name = operator(node)
            self.counts[name] += 1
            if node.op_type in macs.BODIES:
                self._miss(
                    node, f"its body runs a number of times the graph does not say{self._inside(node)}"
                )
            else:
                self._count(node, name)
        self._weigh(nodes, outputs, self.found)

    def _count(self, node: onnx.NodeProto, name: str) -> None:
        rule = macs.RULES.get(name) or macs.RULES.get(node.op_type)
        if rule is None:
            if not known(node):
                self._miss(node, "no operator of the ONNX standard; what it does is not known here")
            return
        made = rule(macs.Node(node, self.values))
        if made is None:
            self._miss(node, "a size around it is unknown; give the sizes of the inputs")
        else:
            self.macs[name] += made

    def _inside(self, node: onnx.NodeProto) -> str:
        heavy: Counter[str] = Counter()
        for body in bodies(node):
            inner = weights.find(body, {}, self.found)
            nodes = [one for one in body.node if not _constant(one, inner)]
            for one in nodes:
                self.counts[operator(one)] += 1
                if one.op_type in macs.RULES:
                    heavy[one.op_type] += 1
                if one.op_type in macs.BODIES:
                    heavy.update(dict.fromkeys([one.op_type], 1))
                    self._inside(one)
            self._weigh(nodes, [one.name for one in body.output], inner)
        said = ", ".join(f"{name} x {count}" for name, count in sorted(heavy.items()))
        return f" (inside: {said})" if said else ""

    def _weigh(self, nodes: Iterable[onnx.NodeProto], outputs: Iterable[str], found: Weights) -> None:
        for leaf, role in weights.read_by(nodes, outputs, found).items():
            value = found.leaves.pop(leaf, None)
            if value is None:
                continue  # counted where it was read first
            self.weight_bytes[shapes.type_name(value.type)] += value.bytes or 0
            if role == "parameter":
                self.parameters += value.elements or 0

    def _miss(self, node: onnx.NodeProto, reason: str) -> None:
        self._missed.setdefault((operator(node), reason), []).append(node.name or node.output[0])

    def told(self) -> tuple[Uncounted, ...]:
        """What was not counted, by operator and reason."""
        return tuple(
            Uncounted(operator=name, count=len(nodes), reason=reason, nodes=tuple(nodes[:NAMED]))
            for (name, reason), nodes in sorted(self._missed.items())
        )


def operator(node: onnx.NodeProto) -> str:
    """The operator with its domain unless that is ONNX's own."""
    return node.op_type if node.domain in OWN else f"{node.domain}.{node.op_type}"


def known(node: onnx.NodeProto) -> bool:
    """Whether the operator is one of a standard's, so that without a rule it has no products."""
    return node.domain in OWN | {"ai.onnx.ml"} and defs.has(node.op_type, node.domain.removeprefix("ai.onnx"))


def bodies(node: onnx.NodeProto) -> Iterator[onnx.GraphProto]:
    """The graphs a node holds."""
    for attribute in node.attribute:
        if attribute.HasField("g"):
            yield attribute.g
        yield from attribute.graphs


def _constant(node: onnx.NodeProto, found: Weights) -> bool:
    return any(name in found.derived for name in node.output if name)


def _dynamic(graph: onnx.GraphProto, given: Mapping[str, tuple[int, ...]]) -> tuple[DynamicAxis, ...]:
    found = []
    for one in shapes.real_inputs(graph):
        for place, dim in enumerate(one.type.tensor_type.shape.dim):
            if not (dim.HasField("dim_value") and dim.dim_value > 0):
                sizes = given.get(one.name, ())
                taken = sizes[place] if place < len(sizes) else None
                found.append(DynamicAxis(input=one.name, axis=place, name=dim.dim_param, taken=taken))
    return tuple(found)


def _tensor(info: onnx.ValueInfoProto, values: Mapping[str, Value] | None = None) -> Tensor:
    value = (values or {}).get(info.name) or shapes.read(info)
    return Tensor(name=info.name, type=shapes.type_name(value.type), shape=value.shape or ())


def _kv(inputs: Iterable[onnx.ValueInfoProto]) -> int | None:
    """Bytes a token adds at 16 bits, read off the key-value inputs; None without any of known width."""
    total = 0
    for one in inputs:
        shape = shapes.read(one).shape
        if "past" in one.name and shape is not None and len(shape) == KV_AXES and shape[1] and shape[3]:
            total += shape[1] * shape[3] * HALF
    return total or None

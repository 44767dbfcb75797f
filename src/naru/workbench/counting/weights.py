"""What in a graph is weight: stored numbers, and every value computed from stored numbers alone.

A parameter is one number of a float or quantised tensor that the work reads: stored, or filled by
ConstantOfShape from a stored shape. Running means and variances of a BatchNormalization are statistics;
single numbers are constants of a formula; tensors marked as buffers by whoever made the file are neither.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import onnx
from onnx import TensorProto

from naru.workbench.counting.shapes import Value, elements

FLOATS = frozenset(
    {
        TensorProto.FLOAT, TensorProto.FLOAT16, TensorProto.BFLOAT16, TensorProto.DOUBLE,
        TensorProto.FLOAT8E4M3FN, TensorProto.FLOAT8E4M3FNUZ, TensorProto.FLOAT8E5M2,
        TensorProto.FLOAT8E5M2FNUZ, TensorProto.FLOAT4E2M1,
    }
)  # fmt: skip
QUANTISED = frozenset({TensorProto.INT8, TensorProto.UINT8, TensorProto.INT4, TensorProto.UINT4})
BUFFER = "naru:buffer"  # the note on a stored tensor that is no parameter
RANDOM = frozenset({"RandomNormal", "RandomUniform", "RandomNormalLike", "RandomUniformLike", "Bernoulli"})
STATISTICS = {"BatchNormalization": (3, 4)}
# inputs that say a shape, an axis or a scale of numbers, by operator and place
SETTINGS = {
    "QuantizeLinear": (1, 2), "DequantizeLinear": (1, 2), "QLinearConv": (1, 2, 4, 5, 6, 7),
    "QLinearMatMul": (1, 2, 4, 5, 6, 7), "Resize": (1, 2, 3), "Upsample": (1,), "Clip": (1, 2),
    "Pad": (1, 2, 3), "ConvInteger": (2, 3), "MatMulInteger": (2, 3), "DynamicQuantizeLinear": (),
}  # fmt: skip
PASSES_SCALE = frozenset({"DequantizeLinear"})


@dataclass(slots=True)
class Weights:
    """Values computed from stored numbers alone, and the leaves they come from.

    `leaves`: name of a stored or filled tensor -> its value; `derived`: name of a constant value -> the
    leaves it was computed from.
    """

    leaves: dict[str, Value] = field(default_factory=dict)
    buffers: set[str] = field(default_factory=set)
    derived: dict[str, frozenset[str]] = field(default_factory=dict)

    def constant(self, name: str) -> bool:
        """Whether the value needs no input of the model."""
        return name in self.derived


def find(graph: onnx.GraphProto, values: dict[str, Value], outside: Weights | None = None) -> Weights:
    """The weights of a graph; `outside` are those of the graph around it."""
    found = Weights()
    if outside is not None:
        found.derived.update(outside.derived)
        found.leaves.update(outside.leaves)
        found.buffers |= outside.buffers
    for tensor in graph.initializer:
        _leaf(found, tensor.name, Value(tensor.data_type, tuple(tensor.dims)))
        if tensor.doc_string == BUFFER:
            found.buffers.add(tensor.name)
    for sparse in graph.sparse_initializer:
        _leaf(found, sparse.values.name, Value(sparse.values.data_type, tuple(sparse.values.dims)))
    for node in graph.node:
        if node.op_type == "Constant":
            for name, value in _constants(node):
                _leaf(found, name, value)
        elif node.op_type not in RANDOM and _closed(node, found):
            _derive(node, found, values)
    return found


def _leaf(found: Weights, name: str, value: Value) -> None:
    found.leaves[name] = value
    found.derived[name] = frozenset((name,))


def _constants(node: onnx.NodeProto) -> Iterator[tuple[str, Value]]:
    for attribute in node.attribute:
        if attribute.name == "value":
            yield node.output[0], Value(attribute.t.data_type, tuple(attribute.t.dims))
        elif attribute.name == "value_floats":
            yield node.output[0], Value(TensorProto.FLOAT, (len(attribute.floats),))
        elif attribute.name in {"value_float", "value_int", "value_ints", "value_string", "value_strings"}:
            yield node.output[0], Value(TensorProto.INT64, ())


def _closed(node: onnx.NodeProto, found: Weights) -> bool:
    """Whether every input is constant; a node without inputs or with a body of its own is not."""
    given = [name for name in node.input if name]
    bodies = any(attribute.HasField("g") or attribute.graphs for attribute in node.attribute)
    return bool(given) and not bodies and all(name in found.derived for name in given)


def _derive(node: onnx.NodeProto, found: Weights, values: dict[str, Value]) -> None:
    if node.op_type == "ConstantOfShape":
        number = next((one.t.data_type for one in node.attribute if one.name == "value"), TensorProto.FLOAT)
        shape = values[node.output[0]].shape if node.output[0] in values else None
        _leaf(found, node.output[0], Value(number, shape))
        return
    settings = SETTINGS.get(node.op_type, ())
    inputs = (name for place, name in enumerate(node.input) if name and place not in settings)
    leaves = frozenset(leaf for name in inputs for leaf in found.derived[name])
    for name in node.output:
        found.derived[name] = leaves


def read_by(nodes: Iterable[onnx.NodeProto], outputs: Iterable[str], found: Weights) -> dict[str, str]:
    """Leaves that the work reads -> what they are: "parameter", "statistic" or "constant"."""
    roles: dict[str, str] = {}
    for node in nodes:
        statistics, settings = STATISTICS.get(node.op_type, ()), SETTINGS.get(node.op_type, ())
        for place, name in enumerate(node.input):
            if place in settings or name not in found.derived:
                continue
            for leaf in found.derived[name]:
                role = "statistic" if place in statistics else _role(leaf, found)
                if roles.get(leaf) != "parameter":
                    roles[leaf] = role
    for name in outputs:
        for leaf in found.derived.get(name, ()):
            roles.setdefault(leaf, _role(leaf, found))
    return roles


def _role(leaf: str, found: Weights) -> str:
    value = found.leaves[leaf]
    count = elements(value.shape)
    several = count is None or count > 1
    counted = value.type in FLOATS | QUANTISED and several and leaf not in found.buffers
    return "parameter" if counted else "constant"

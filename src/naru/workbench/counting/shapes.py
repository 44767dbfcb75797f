"""The shapes in a graph: input sizes set, then onnx's own inference, then read as plain tuples."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import onnx
from onnx import TensorProto, ValueInfoProto, shape_inference

Shape = tuple[int | None, ...]
BITS: dict[int, int] = {
    TensorProto.FLOAT: 32, TensorProto.UINT8: 8, TensorProto.INT8: 8, TensorProto.UINT16: 16,
    TensorProto.INT16: 16, TensorProto.INT32: 32, TensorProto.INT64: 64, TensorProto.BOOL: 8,
    TensorProto.FLOAT16: 16, TensorProto.DOUBLE: 64, TensorProto.UINT32: 32, TensorProto.UINT64: 64,
    TensorProto.COMPLEX64: 64, TensorProto.COMPLEX128: 128, TensorProto.BFLOAT16: 16,
    TensorProto.FLOAT8E4M3FN: 8, TensorProto.FLOAT8E4M3FNUZ: 8, TensorProto.FLOAT8E5M2: 8,
    TensorProto.FLOAT8E5M2FNUZ: 8, TensorProto.UINT4: 4, TensorProto.INT4: 4, TensorProto.FLOAT4E2M1: 4,
}  # fmt: skip
MOST_ELEMENTS = 1 << 62  # beyond this a product of sizes is no size


class SizeError(ValueError):
    """A size given for an input does not go with the graph; the message says which and what goes."""


@dataclass(frozen=True, slots=True)
class Value:
    """What is known of one value: element type (a number of onnx's), shape or None."""

    type: int
    shape: Shape | None

    @property
    def elements(self) -> int | None:
        """How many numbers it holds, None while a size is unknown."""
        return elements(self.shape)

    @property
    def bytes(self) -> int | None:
        """What it takes in memory."""
        count = self.elements
        return None if count is None else (count * BITS.get(self.type, 32) + 7) // 8


def elements(shape: Shape | None) -> int | None:
    """The product of the sizes; None when one is unknown or the product is no sensible number."""
    if shape is None:
        return None
    total = 1
    for size in shape:
        if size is None:
            return None
        total *= size
    return total if total <= MOST_ELEMENTS else None


def type_name(number: int) -> str:
    """The element type in onnx's words, in lower case: float, float16, int8."""
    return TensorProto.DataType.Name(number).lower() if number in BITS else "undefined"


def real_inputs(graph: onnx.GraphProto) -> list[ValueInfoProto]:
    """The inputs that are not initialisers."""
    stored = {tensor.name for tensor in graph.initializer}
    return [one for one in graph.input if one.name not in stored]


def set_sizes(graph: onnx.GraphProto, sizes: Mapping[str, tuple[int, ...]]) -> None:
    """Write the sizes into the graph's inputs; SizeError for an unknown input or another number of axes.

    Axes of other inputs that go by the same name take the same size.
    """
    inputs = {one.name: one for one in real_inputs(graph)}
    named: dict[str, int] = {}
    for name, given in sizes.items():
        if name not in inputs:
            known = ", ".join(inputs) or "none"
            raise SizeError(f"--input {name}: the model has no such input; it has: {known}")
        named |= _set(inputs[name], given)
    for one in inputs.values():
        for dim in one.type.tensor_type.shape.dim:
            if dim.dim_param in named:
                dim.dim_value = named[dim.dim_param]


def _set(one: ValueInfoProto, given: tuple[int, ...]) -> dict[str, int]:
    """Set the axes of one input; the names they went by, with their sizes."""
    shape, named = one.type.tensor_type.shape, {}
    if not one.type.tensor_type.HasField("shape"):
        for _ in given:
            shape.dim.add()
    if len(shape.dim) != len(given):
        raise SizeError(f"--input {one.name}: has {len(shape.dim)} axes, {len(given)} sizes were given")
    for place, (dim, size) in enumerate(zip(shape.dim, given, strict=True)):
        if dim.HasField("dim_value") and dim.dim_value not in (size, 0, -1):
            raise SizeError(f"--input {one.name}: axis {place} is {dim.dim_value}, {size} was given")
        if dim.dim_param:
            named[dim.dim_param] = size
        dim.dim_value = size
    return named


def inferred(model: onnx.ModelProto) -> dict[str, Value]:
    """Every value of the main graph with its inferred type and shape, initialisers included."""
    known = shape_inference.infer_shapes(model, data_prop=True)
    found = {tensor.name: Value(tensor.data_type, tuple(tensor.dims)) for tensor in known.graph.initializer}
    found.update(_typed((*known.graph.input, *known.graph.value_info, *known.graph.output)))
    return found


def _typed(infos: Iterable[ValueInfoProto]) -> dict[str, Value]:
    return {info.name: read(info) for info in infos if info.type.HasField("tensor_type")}


def read(info: ValueInfoProto) -> Value:
    """Type and shape of one declared value."""
    kind = info.type.tensor_type
    if not kind.HasField("shape"):
        return Value(kind.elem_type, None)
    sizes = tuple(
        dim.dim_value if dim.HasField("dim_value") and dim.dim_value >= 0 else None for dim in kind.shape.dim
    )
    return Value(kind.elem_type, sizes)

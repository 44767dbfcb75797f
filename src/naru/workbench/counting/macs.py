"""Multiply-adds of one node by the shapes around it; the rules of the catalogue's notes.

Only products count: biases, activations, normalisation, pooling and moving numbers are 0. Attention counts
all pairs. A function here returns None where a shape it needs is unknown.
"""

from collections.abc import Callable, Mapping, Sequence
from math import prod

import onnx

from naru.workbench.counting.shapes import Shape, Value, elements

Rule = Callable[["Node"], int | None]


class Node:
    """One node with the values around it."""

    def __init__(self, node: onnx.NodeProto, values: Mapping[str, Value]) -> None:
        self.proto = node
        self._values = values

    def shape(self, place: int) -> Shape | None:
        """The shape of an input, None when it is absent or unknown."""
        name = self.proto.input[place] if place < len(self.proto.input) else ""
        value = self._values.get(name) if name else None
        return value.shape if value is not None else None

    def out(self) -> Shape | None:
        """The shape of the first output."""
        value = self._values.get(self.proto.output[0])
        return value.shape if value is not None else None

    def attribute(self, name: str, default: int = 0) -> int:
        """A whole-number attribute."""
        return next((one.i for one in self.proto.attribute if one.name == name), default)

    def text(self, name: str) -> str:
        """A text attribute."""
        return next((one.s.decode() for one in self.proto.attribute if one.name == name), "")


def _times(*factors: int | None) -> int | None:
    return None if any(one is None for one in factors) else prod(one for one in factors if one is not None)


def _tail(shape: Shape | None, start: int) -> int | None:
    return None if shape is None or len(shape) <= start else elements(shape[start:])


def _conv(weight: int) -> Rule:
    def rule(node: Node) -> int | None:
        return _times(elements(node.out()), _tail(node.shape(weight), 1))

    return rule


def _conv_transpose(node: Node) -> int | None:
    return _times(elements(node.shape(0)), _tail(node.shape(1), 1))


def _inner(place: int) -> Rule:
    def rule(node: Node) -> int | None:
        shape = node.shape(place)
        return _times(elements(node.out()), shape[-1]) if shape else None

    return rule


def _gemm(node: Node) -> int | None:
    shape = node.shape(0)
    if shape is None or len(shape) != 2:  # noqa: PLR2004 - a matrix
        return None
    return _times(elements(node.out()), shape[0 if node.attribute("transA") else 1])


def _nbits(node: Node) -> int | None:
    return _times(elements(node.out()), node.attribute("K"))


def _einsum(node: Node) -> int | None:
    terms = node.text("equation").replace(" ", "").partition("->")[0].split(",")
    sizes: dict[str, int | None] = {}
    rest = 1
    for place, term in enumerate(terms):
        shape = node.shape(place)
        if shape is None:
            return None
        before, dots, after = term.partition("...")
        inner = shape[len(before) : len(shape) - len(after)] if dots else ()
        named = (*zip(before, shape, strict=False), *zip(after[::-1], shape[::-1], strict=False))
        if any(size is None for size in inner):
            return None
        rest = max(rest, prod(size or 1 for size in inner))
        for letter, size in named:
            sizes[letter] = size if sizes.get(letter) in (None, 1) else sizes[letter]
    return _times(*sizes.values(), rest, max(len(terms) - 1, 0))


def _recurrent(gates: int) -> Rule:
    def rule(node: Node) -> int | None:
        x, weight = node.shape(0), node.shape(1)
        if x is None or weight is None or len(x) != 3 or len(weight) != 3:  # noqa: PLR2004 - step, batch, input
            return None
        hidden = node.attribute("hidden_size") or ((weight[1] or 0) // gates)
        inputs = x[2]
        return None if inputs is None else _times(x[0], x[1], weight[0], gates * hidden, inputs + hidden)

    return rule


def _rows(shape: Sequence[int | None] | None) -> int | None:
    """Positions times heads of a query or key given as 3 or 4 axes; the width is the last one's business."""
    return None if shape is None else elements(tuple(shape[:-1]))


def _attention(query: int, key: int, value: int) -> Rule:
    """Queries x keys x width, once for the scores and once for the sum; heads share out the width."""

    def rule(node: Node) -> int | None:
        q, k = node.shape(query), node.shape(key) or node.shape(query)
        v = node.shape(value) or k
        if q is None or k is None or v is None:
            return None
        if len(q) == 4:  # noqa: PLR2004 - batch, heads, position, width
            scores = _times(q[0], q[1], q[2], k[2], q[3])
            total = _times(q[0], q[1], q[2], k[2], v[3])
        else:
            heads = node.attribute("q_num_heads") or node.attribute("num_heads") or 1
            shared = node.attribute("kv_num_heads") or heads
            width = None if v[2] is None else v[2] // shared * heads
            scores, total = _times(q[0], q[1], k[1], q[2]), _times(q[0], q[1], k[1], width)
        return None if scores is None or total is None else scores + total

    return rule


def _packed_attention(node: Node) -> int | None:
    """com.microsoft's Attention: the three projections and the attention itself."""
    x, weight = node.shape(0), node.shape(1)
    if x is None or weight is None or len(x) != 3 or len(weight) != 2:  # noqa: PLR2004 - batch, position, width
        return None
    hidden = None if weight[1] is None else weight[1] // 3
    projected, pairs = _times(elements(x), weight[1]), _times(x[0], x[1], x[1], 2, hidden)
    return None if projected is None or pairs is None else projected + pairs


RULES: dict[str, Rule] = {
    "Conv": _conv(1), "FusedConv": _conv(1), "ConvInteger": _conv(1), "QLinearConv": _conv(3),
    "NhwcConv": _conv(1), "DeformConv": _conv(1), "ConvTranspose": _conv_transpose,
    "Gemm": _gemm, "FusedGemm": _gemm,
    "MatMul": _inner(0), "MatMulInteger": _inner(0), "FusedMatMul": _inner(0), "QLinearMatMul": _inner(0),
    "DynamicQuantizeMatMul": _inner(0), "MatMulIntegerToFloat": _inner(0),
    "MatMulNBits": _nbits, "Einsum": _einsum,
    "LSTM": _recurrent(4), "GRU": _recurrent(3), "RNN": _recurrent(1), "DynamicQuantizeLSTM": _recurrent(4),
    "Attention": _attention(0, 1, 2), "MultiHeadAttention": _attention(0, 1, 2),
    "GroupQueryAttention": _attention(0, 1, 2), "com.microsoft.Attention": _packed_attention,
}  # fmt: skip
BODIES = frozenset({"Loop", "If", "Scan", "SequenceMap"})

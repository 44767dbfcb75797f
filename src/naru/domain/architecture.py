"""Counter A: parameters, MACs and cache of a transformer from its dimensions alone, by formula (M-01).

`dimensions` are those of a catalogue variant or of a configuration file: every one of `KEYS` is given, none
is a default. Conventions as in `domain.analysis`: 1 MAC is one multiply-add; biases, norms, softmax and
activations count none; causal attention over all pairs. What one pass is:

* decoder: a prefill of `tokens` with logits for every token;
* encoder: one sequence of `tokens`; a head of pooler or classifier reads the first token, "lm" every one;
* encoder-decoder: `tokens` read and `MADE` tokens made at once; Whisper reads its window of sound (the
  convolutions in front included) and makes one token.

Parameters are exact to the unit: tied matrices once, fixed sine positions none, statistics none.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from naru.domain.analysis import Decoder
from naru.domain.reference import Variant

Kind = Literal["decoder", "encoder", "encoder_decoder"]
Value = int | bool | str
Dimensions = Mapping[str, Value]

HALF = 2  # bytes of a 16-bit number
TOKENS = 512  # what a prefill, an encoder and the encoder of a pair read
MADE = 64  # tokens the decoder of a pair makes; Whisper's makes one
TEXT = "text_"  # how the dimensions of a decoder inside a larger model begin
NORM = {"rms": 1, "layer": 2}  # vectors of a norm
SHARED = ("layers", "hidden", "heads", "ffn", "vocab", "positions")
PAIR = ("style", *SHARED, "decoder_layers", "inner")

# decoder: `gated` has three matrices in the feed-forward instead of two; `positions` are learned, 0 without;
# `norms` are those of one layer, one more follows the last; `context` is the longest sequence, 0 unbounded.
# encoder: `positions` counts the rows of the table, padding rows included; `head` is "none", "pooler", "lm"
# (tied to the embedding), "classifier" (a dense layer, then `labels`) or "tagger" (`labels` of every token).
# encoder-decoder: `inner` is heads x width of a head, `heads` are those of the encoder.
KEYS: Mapping[str, tuple[str, ...]] = {
    "decoder": (
        *SHARED, "kv_heads", "head_dim", "gated", "tied", "norm", "norms",
        "qkv_bias", "out_bias", "mlp_bias", "head_bias", "context",
    ),
    "encoder": (*SHARED, "token_types", "head", "labels"),
    "t5": (*PAIR, "buckets", "gated", "tied"),
    "bart": PAIR,
    "whisper": (*PAIR, "mels", "frames", "decoder_positions"),
}  # fmt: skip
WORDS = {
    "norm": ("rms", "layer"),
    "head": ("none", "pooler", "lm", "classifier", "tagger"),
    "style": ("t5", "bart", "whisper"),
}


class DimensionError(ValueError):
    """The dimensions do not make up the architecture; the message names the dimension and what it needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchitectureCount:
    """Parameters to the unit, MACs of one pass, and what follows for a decoder.

    `kv_bytes_per_token` at 16 bits, for the token a decoder makes: what it keeps of the text it reads by
    cross attention is not in it. None for an encoder.
    """

    parameters: int
    macs: int
    kv_bytes_per_token: int | None = None
    decoder: Decoder | None = None


def count(kind: Kind, dimensions: Dimensions, tokens: int = TOKENS) -> ArchitectureCount:
    """Count an architecture over `tokens` tokens; DimensionError names what is missing or unknown."""
    given = _Given(kind, dimensions)
    return _COUNTERS[given.layout](given, tokens)


def count_variant(variant: Variant, tokens: int = TOKENS) -> ArchitectureCount | None:
    """The count of a catalogue variant; None where only its graph can be counted."""
    return count(variant.architecture, variant.dimensions, tokens) if variant.architecture else None


def decoder_of(variant: Variant) -> Decoder | None:
    """A variant's work by token when it is a decoder, or when a decoder is its text part; else None."""
    counted = count_variant(variant)
    text = text_part(variant.dimensions)
    if counted is None and text:
        counted = count("decoder", text)
    return counted.decoder if counted else None


def text_part(dimensions: Dimensions) -> Dimensions:
    """The dimensions of the decoder inside a model of several parts: those named `text_`, without that."""
    return {name.removeprefix(TEXT): value for name, value in dimensions.items() if name.startswith(TEXT)}


class _Given:
    """Dimensions checked against what the architecture needs, read as numbers or as words."""

    def __init__(self, kind: str, dimensions: Dimensions) -> None:
        style = dimensions.get("style", "")
        self.layout = str(style) if kind == "encoder_decoder" else kind
        if self.layout not in KEYS:
            raise DimensionError(f"style: {style!r} is none of {', '.join(WORDS['style'])}")
        missing = sorted(set(KEYS[self.layout]) - set(dimensions))
        strange = sorted(set(dimensions) - set(KEYS[self.layout]))
        if missing or strange:
            said = [f"{name}: is missing" for name in missing]
            raise DimensionError("; ".join([*said, *(f"{name}: is no dimension" for name in strange)]))
        for name, value in dimensions.items():
            words = WORDS.get(name)
            if words is not None and value not in words:
                raise DimensionError(f"{name}: {value!r} is none of {', '.join(words)}")
            if words is None and (isinstance(value, str) or value < 0):
                raise DimensionError(f"{name}: {value!r} is no count or yes/no")
        self._given = dimensions

    def __call__(self, name: str) -> int:
        """A number; yes is 1."""
        return int(self._given[name])

    def word(self, name: str) -> str:
        """A word of `WORDS`."""
        return str(self._given[name])


def _decoder(n: _Given, tokens: int) -> ArchitectureCount:
    layers, hidden, vocab, ffn = n("layers"), n("hidden"), n("vocab"), n("ffn")
    inner, kv = n("heads") * n("head_dim"), n("kv_heads") * n("head_dim")
    matrices = 2 * hidden * (inner + kv) + (3 if n("gated") else 2) * hidden * ffn
    biases = (
        (inner + 2 * kv) * n("qkv_bias")
        + hidden * n("out_bias")
        + ((2 if n("gated") else 1) * ffn + hidden) * n("mlp_bias")
    )
    norm = hidden * NORM[n.word("norm")]
    parameters = (
        (vocab + n("positions")) * hidden
        + layers * (matrices + biases + n("norms") * norm)
        + norm
        + (0 if n("tied") else vocab * hidden)
        + vocab * n("head_bias")
    )
    decoder = Decoder(
        linear_macs=layers * matrices + vocab * hidden,
        pair_macs=layers * 2 * inner,
        kv_bytes_per_token=layers * 2 * kv * HALF,
        context=n("context") or None,
    )
    return ArchitectureCount(
        parameters=parameters,
        macs=decoder.linear_macs * tokens + decoder.pair_macs * tokens * tokens,
        kv_bytes_per_token=decoder.kv_bytes_per_token,
        decoder=decoder,
    )


def _encoder(n: _Given, tokens: int) -> ArchitectureCount:
    layers, hidden, vocab = n("layers"), n("hidden"), n("vocab")
    attention, mlp = _biased(hidden, n("ffn"))
    norm = 2 * hidden
    embedded = (vocab + n("positions") + n("token_types")) * hidden + norm
    dense, labelled = hidden * hidden + hidden, n("labels") * (hidden + 1)
    head, head_macs = {
        "none": (0, 0),
        "pooler": (dense, hidden * hidden),
        "lm": (dense + norm + vocab, tokens * hidden * (hidden + vocab)),
        "classifier": (dense + labelled, hidden * (hidden + n("labels"))),
        "tagger": (labelled, tokens * hidden * n("labels")),
    }[n.word("head")]
    matrices = 4 * hidden * hidden + 2 * hidden * n("ffn")
    return ArchitectureCount(
        parameters=embedded + layers * (attention + mlp + 2 * norm) + head,
        macs=layers * tokens * (matrices + 2 * tokens * hidden) + head_macs,
    )


def _biased(hidden: int, ffn: int) -> tuple[int, int]:
    """Parameters of an attention of width `hidden`, and of a feed-forward of two matrices, with biases."""
    return 4 * (hidden * hidden + hidden), 2 * hidden * ffn + ffn + hidden


def _pair_macs(n: _Given, read: int, made: int, matrices: int = 2) -> int:
    """`read` tokens through the encoder, `made` through the decoder: keys of the read ones made once."""
    inner, mlp = n("inner"), matrices * n("hidden") * n("ffn")
    attention = 4 * n("hidden") * inner
    encoder = n("layers") * read * (attention + mlp + 2 * read * inner)
    made_linear = made * (attention + attention // 2 + mlp) + read * (attention // 2)
    decoder = n("decoder_layers") * (made_linear + 2 * made * (made + read) * inner)
    return encoder + decoder + made * n("hidden") * n("vocab")


def _pair_kv(n: _Given) -> int:
    return n("decoder_layers") * 2 * n("inner") * HALF


def _t5(n: _Given, tokens: int) -> ArchitectureCount:
    """No bias anywhere; one table of relative positions for the encoder, one for the decoder."""
    hidden, matrices = n("hidden"), 3 if n("gated") else 2
    attention, mlp = 4 * hidden * n("inner"), matrices * hidden * n("ffn")
    return ArchitectureCount(
        parameters=(1 if n("tied") else 2) * n("vocab") * hidden
        + 2 * n("buckets") * n("heads")
        + n("layers") * (attention + mlp + 2 * hidden)
        + n("decoder_layers") * (2 * attention + mlp + 3 * hidden)
        + 2 * hidden,
        macs=_pair_macs(n, tokens, MADE, matrices),
        kv_bytes_per_token=_pair_kv(n),
    )


def _bart(n: _Given, tokens: int) -> ArchitectureCount:
    """A norm after each embedding and none after the last layer; tied head."""
    hidden = n("hidden")
    attention, mlp = _biased(hidden, n("ffn"))
    norm = 2 * hidden
    return ArchitectureCount(
        parameters=(n("vocab") + 2 * n("positions")) * hidden
        + n("layers") * (attention + mlp + 2 * norm)
        + n("decoder_layers") * (2 * attention + mlp + 3 * norm)
        + 2 * norm,
        macs=_pair_macs(n, tokens, MADE),
        kv_bytes_per_token=_pair_kv(n),
    )


def _whisper(n: _Given, _tokens: int) -> ArchitectureCount:
    """A whole window of sound and one token made; no bias on the keys, the head tied.

    Two convolutions of width 3 stand in front, the second halves the length to `frames`.
    """
    hidden, frames = n("hidden"), n("frames")
    attention, mlp = _biased(hidden, n("ffn"))
    attention -= hidden
    norm = 2 * hidden
    convolutions = 3 * hidden * (n("mels") + hidden) + 2 * hidden
    return ArchitectureCount(
        parameters=convolutions
        + (frames + n("vocab") + n("decoder_positions")) * hidden
        + n("layers") * (attention + mlp + 2 * norm)
        + n("decoder_layers") * (2 * attention + mlp + 3 * norm)
        + 2 * norm,
        macs=3 * hidden * frames * (2 * n("mels") + hidden) + _pair_macs(n, frames, 1),
        kv_bytes_per_token=_pair_kv(n),
    )


_COUNTERS: Mapping[str, Callable[[_Given, int], ArchitectureCount]] = {
    "decoder": _decoder,
    "encoder": _encoder,
    "t5": _t5,
    "bart": _bart,
    "whisper": _whisper,
}

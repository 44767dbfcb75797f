"""A model hub's `config.json` as the dimensions of an architecture, and the listed family of that shape.

A stranger's text: every key is read as what it must be and within `MOST`, or refused by name. A default of
the library that wrote the file is taken only where it follows from the file's own keys or has never changed
(said beside each); the defaults of whole configurations are not the published models, so any other absent
key is named as missing. A model type that is not counted by formula is `UnknownArchitectureError`.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from naru.codec.catalogue import read_catalogue
from naru.codec.references import references
from naru.codec.tables import CATALOGUE
from naru.domain.analysis import FamilyMatch
from naru.domain.architecture import Kind, Value
from naru.domain.likeness import family_of_dimensions

Shape = dict[str, Value]
SHOWN = 40  # letters of a wrong value that are repeated
MOST = {  # beyond these no such model exists
    "layers": 1000,
    "hidden": 1 << 17,
    "heads": 1 << 12,
    "ffn": 1 << 20,
    "vocab": 1 << 24,
    "positions": 1 << 27,
    "small": 1 << 16,  # types of tokens, buckets, bands of sound, labels
}


class ModelConfigError(ValueError):
    """The configuration is refused: which key, what is wrong, how to mend it; Korean, then English."""

    def __init__(self, ko: str, en: str) -> None:
        super().__init__(f"{ko} / {en}")


class UnknownArchitectureError(ValueError):
    """The configuration is of an architecture that is not counted by formula; the message says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Configured:
    """What a configuration says: its model type, kind and dimensions of the architecture, nearest family."""

    type: str
    kind: Kind
    dimensions: Mapping[str, Value]
    family: FamilyMatch


def read_config(text: str | bytes) -> Configured:
    """Read the text of a `config.json`, whose size the caller has limited; as `configured`."""
    try:
        config = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ModelConfigError("config.json이 JSON이 아닙니다.", "config.json is no JSON.") from error
    if not isinstance(config, dict):
        raise ModelConfigError("config.json이 JSON 객체가 아닙니다.", "config.json is no JSON object.")
    return configured(config)


def configured(config: Mapping[str, Any]) -> Configured:
    """Read a configuration.

    Raises:
        UnknownArchitectureError: its architecture is not counted by formula.
        ModelConfigError: a key is missing, of another type than it must be, or beyond reason.
    """
    named = config.get("model_type")
    kind_of = named if isinstance(named, str) else ""
    if kind_of not in _READERS:
        known = ", ".join(sorted(_READERS))
        raise UnknownArchitectureError(
            f"model_type {kind_of[:SHOWN]!r} is not counted from its configuration (known: {known}); "
            "export the model to ONNX"
        )
    kind, like, reader = _READERS[kind_of]
    dimensions = reader(_Given(config))
    titles = {family.key: family.title for family in read_catalogue(CATALOGUE / "families.toml").families}
    return Configured(
        type=kind_of,
        kind=kind,
        dimensions=dimensions,
        family=family_of_dimensions(kind, dimensions, like, references(), titles),
    )


class _Given:
    """The keys of a configuration, each read as what it must be."""

    def __init__(self, config: Mapping[str, Any]) -> None:
        self.config = config

    def number(self, name: str, most: str, default: int | None = None) -> int:
        """A whole number from 1 to `MOST[most]`; null is as good as absent."""
        value = self.config.get(name)
        if value is None:
            value = default
        if value is None:
            raise ModelConfigError(
                f"config.json에 {name}이(가) 없습니다. 모델과 함께 공개된 파일을 그대로 주십시오.",
                f"config.json: {name} is missing; give the file as published with the model.",
            )
        if type(value) is not int or not 1 <= value <= MOST[most]:
            shown = str(value)[:SHOWN]
            raise ModelConfigError(
                f"config.json의 {name} 값({shown})이 1에서 {MOST[most]} 사이의 정수가 아닙니다.",
                f"config.json: {name} is {shown}; it needs a whole number from 1 to {MOST[most]}.",
            )
        return value

    def flag(self, name: str, *, default: bool | None = None) -> bool:
        """A yes or no."""
        value = self.config.get(name)
        if value is None:
            value = default
        if not isinstance(value, bool):
            raise ModelConfigError(
                f"config.json의 {name}은(는) true나 false여야 합니다.",
                f"config.json: {name} needs true or false (it is {str(value)[:SHOWN]}).",
            )
        return value

    def width(self, hidden: int, heads: int, name: str) -> int:
        """The width of one head where the file does not say it."""
        if hidden % heads:
            raise ModelConfigError(
                f"config.json의 {name}({heads})이(가) 폭 {hidden}을 나누지 못합니다.",
                f"config.json: {name} is {heads}, which does not divide the width of {hidden}.",
            )
        return hidden // heads

    def plain(self, name: str, *values: object) -> None:
        """Refuse to count what the formula does not know: the key is absent or one of `values`."""
        if self.config.get(name) is not None and self.config[name] not in values:
            raise UnknownArchitectureError(
                f"{name} = {str(self.config[name])[:SHOWN]} is not counted from a configuration; "
                "export the model to ONNX"
            )

    def architecture(self) -> str:
        """The first class name under `architectures`, "" without."""
        names = self.config.get("architectures")
        return str(names[0])[:80] if isinstance(names, list) and names else ""

    def labels(self) -> int:
        """How many classes a classifier tells apart: the library's own default is two."""
        names = self.config.get("id2label")
        return len(names) if isinstance(names, dict) and names else self.number("num_labels", "small", 2)


_DECODER_KEYS = {  # names in a Llama-like file
    "layers": "num_hidden_layers", "hidden": "hidden_size", "heads": "num_attention_heads",
    "kv": "num_key_value_heads", "ffn": "intermediate_size", "context": "max_position_embeddings",
}  # fmt: skip


def _decoder(given: _Given, keys: Mapping[str, str] = _DECODER_KEYS, **rest: Value) -> Shape:
    hidden = given.number(keys["hidden"], "hidden")
    heads = given.number(keys["heads"], "heads")
    kv = given.number(keys["kv"], "heads", heads)  # absent: as many as heads, as before grouped attention
    if heads % kv:
        raise ModelConfigError(
            f"config.json의 {keys['kv']}({kv})이(가) {keys['heads']}({heads})을(를) 나누지 못합니다.",
            f"config.json: {keys['kv']} is {kv}, which does not divide {keys['heads']} of {heads}.",
        )
    said = given.config.get("head_dim") is not None
    shape: Shape = {
        "layers": given.number(keys["layers"], "layers"),
        "hidden": hidden,
        "heads": heads,
        "kv_heads": kv,
        "head_dim": given.number("head_dim", "hidden") if said else given.width(hidden, heads, keys["heads"]),
        "ffn": rest.pop("ffn", 0) or given.number(keys["ffn"], "ffn"),
        "gated": True,
        "vocab": given.number("vocab_size", "vocab"),
        "positions": 0,
        "context": given.number(keys["context"], "positions"),
        "norm": "rms",
        "norms": 2,
        "qkv_bias": False,
        "out_bias": False,
        "mlp_bias": False,
        "head_bias": False,
    }
    return shape | rest


def _llama(given: _Given) -> Shape:
    """Biases came later to the format: absent is without; tied only where the file says so."""
    bias = given.flag("attention_bias", default=False)
    tied = given.flag("tie_word_embeddings", default=False)
    mlp = given.flag("mlp_bias", default=False)
    return _decoder(given, qkv_bias=bias, out_bias=bias, mlp_bias=mlp, tied=tied)


def _mistral(given: _Given) -> Shape:
    return _decoder(given, tied=given.flag("tie_word_embeddings", default=False))


def _qwen2(given: _Given) -> Shape:
    return _decoder(given, qkv_bias=True, tied=given.flag("tie_word_embeddings", default=False))


def _gemma(norms: int) -> Callable[[_Given], Shape]:
    """Heads are wider than their share of the width, so the file has to say how wide; always tied."""

    def read(given: _Given) -> Shape:
        given.number("head_dim", "hidden")
        given.plain("attention_bias", False)
        return _decoder(given, norms=norms, tied=given.flag("tie_word_embeddings", default=True))

    return read


def _phi(given: _Given) -> Shape:
    """One norm a layer, which attention and feed-forward share; a bias everywhere, the head included."""
    given.plain("qk_layernorm", False)
    tied = given.flag("tie_word_embeddings", default=False)
    return _decoder(
        given, gated=False, norm="layer", norms=1, qkv_bias=True, out_bias=True, mlp_bias=True,
        head_bias=True, tied=tied,
    )  # fmt: skip


def _gpt2(given: _Given) -> Shape:
    """`n_inner` null is four times the width, as in the published files; tied unless said otherwise."""
    given.plain("add_cross_attention", False)
    keys = {
        "layers": "n_layer", "hidden": "n_embd", "heads": "n_head", "kv": "n_head", "ffn": "n_inner",
        "context": "n_positions",
    }  # fmt: skip
    ffn = given.number("n_inner", "ffn", 4 * given.number("n_embd", "hidden"))
    return _decoder(
        given, keys, ffn=ffn, gated=False, norm="layer", qkv_bias=True, out_bias=True, mlp_bias=True,
        positions=given.number("n_positions", "positions"),
        tied=given.flag("tie_word_embeddings", default=True),
    )  # fmt: skip


def _exaone(given: _Given) -> Shape:
    """Version 3: shaped as Llama; whether it is tied differs between its sizes, so the file has to say."""
    keys = _DECODER_KEYS | {"layers": "num_layers"}
    return _decoder(given, keys, tied=given.flag("tie_word_embeddings"))


_ENCODER_KEYS = {
    "layers": "num_hidden_layers", "hidden": "hidden_size", "heads": "num_attention_heads",
    "ffn": "intermediate_size",
}  # fmt: skip
_DISTIL_KEYS = {"layers": "n_layers", "hidden": "dim", "heads": "n_heads", "ffn": "hidden_dim"}


def _encoder(given: _Given, keys: Mapping[str, str] = _ENCODER_KEYS, *, pooler: bool = True) -> Shape:
    given.plain("position_embedding_type", "absolute")
    given.plain("is_decoder", False)
    hidden, heads = given.number(keys["hidden"], "hidden"), given.number(keys["heads"], "heads")
    given.width(hidden, heads, keys["heads"])
    head, labels = _head(given, pooler=pooler)
    return {
        "layers": given.number(keys["layers"], "layers"),
        "hidden": hidden,
        "heads": heads,
        "ffn": given.number(keys["ffn"], "ffn"),
        "vocab": given.number("vocab_size", "vocab"),
        "positions": given.number("max_position_embeddings", "positions"),
        "token_types": given.number("type_vocab_size", "small") if pooler else 0,
        "head": head,
        "labels": labels,
    }


def _head(given: _Given, *, pooler: bool) -> tuple[str, int]:
    """The head by the name of the class that was saved; a bare model has its pooler, where it has one."""
    name = given.architecture()
    if name.endswith("ForSequenceClassification"):
        return "classifier", given.labels()
    if name.endswith(("ForTokenClassification", "ForQuestionAnswering")):
        return "tagger", given.labels()
    if name.endswith("ForMaskedLM"):
        return "lm", 0
    if not name or name.endswith("Model"):
        return ("pooler" if pooler else "none"), 0
    raise UnknownArchitectureError(f"the head of {name} is not counted; export the model to ONNX")


def _distilbert(given: _Given) -> Shape:
    """No types of tokens and no pooler."""
    given.plain("sinusoidal_pos_embds", False)  # fixed positions are no parameters
    return _encoder(given, _DISTIL_KEYS, pooler=False)


def _t5(given: _Given) -> Shape:
    """The first files had neither `feed_forward_proj` (relu) nor `num_decoder_layers` (as many as layers)."""
    given.plain("feed_forward_proj", "relu", "gelu", "gated-gelu", "gated-silu")
    layers, heads = given.number("num_layers", "layers"), given.number("num_heads", "heads")
    return {
        "style": "t5",
        "layers": layers,
        "decoder_layers": given.number("num_decoder_layers", "layers", layers),
        "hidden": given.number("d_model", "hidden"),
        "heads": heads,
        "inner": heads * given.number("d_kv", "hidden"),
        "ffn": given.number("d_ff", "ffn"),
        "gated": str(given.config.get("feed_forward_proj", "relu")).startswith("gated-"),
        "vocab": given.number("vocab_size", "vocab"),
        "tied": given.flag("tie_word_embeddings", default=True),
        "positions": 0,
        "buckets": given.number("relative_attention_num_buckets", "small"),
    }


def _pair(given: _Given, style: str) -> Shape:
    """Encoder and decoder of one width; halves of different widths are not counted by formula."""
    hidden, heads = given.number("d_model", "hidden"), given.number("encoder_attention_heads", "heads")
    given.width(hidden, heads, "encoder_attention_heads")
    ffn = given.number("encoder_ffn_dim", "ffn")
    given.plain("decoder_ffn_dim", ffn)
    given.plain("tie_word_embeddings", True)
    return {
        "style": style,
        "layers": given.number("encoder_layers", "layers"),
        "decoder_layers": given.number("decoder_layers", "layers"),
        "hidden": hidden,
        "heads": heads,
        "inner": hidden,
        "ffn": ffn,
        "vocab": given.number("vocab_size", "vocab"),
        "positions": 0,
    }


def _bart(given: _Given) -> Shape:
    """The table of positions begins with two rows that no position uses."""
    return _pair(given, "bart") | {"positions": given.number("max_position_embeddings", "positions") + 2}


def _whisper(given: _Given) -> Shape:
    return _pair(given, "whisper") | {
        "mels": given.number("num_mel_bins", "small"),
        "frames": given.number("max_source_positions", "positions"),
        "decoder_positions": given.number("max_target_positions", "positions"),
    }


_LLAMAS = ("llama2", "solar_10_7b", "eeve_korean_10_8b", "midm", "salamandra_7b", "exaone_3_0", "mistral")
# model type -> kind, families built that way (the nearest of kin first), how its file is read
_READERS: Mapping[str, tuple[Kind, tuple[str, ...], Callable[[_Given], Shape]]] = {
    "llama": ("decoder", _LLAMAS, _llama),
    "mistral": ("decoder", ("mistral",), _mistral),
    "qwen2": ("decoder", ("qwen",), _qwen2),
    "gemma": ("decoder", ("gemma",), _gemma(2)),
    "gemma2": ("decoder", ("gemma",), _gemma(4)),
    "phi": ("decoder", ("phi_2",), _phi),
    "gpt2": ("decoder", ("gpt2",), _gpt2),
    "exaone": ("decoder", ("exaone_3_0",), _exaone),
    "bert": ("encoder", ("e5_base_4k", "distilbert_base", "roberta"), _encoder),
    "roberta": ("encoder", ("roberta", "securebert"), _encoder),
    "xlm-roberta": ("encoder", ("bge_m3", "bge_reranker"), _encoder),
    "distilbert": ("encoder", ("distilbert_base",), _distilbert),
    "t5": ("encoder_decoder", ("t5",), _t5),
    "bart": ("encoder_decoder", ("bart", "kobart_base"), _bart),
    "whisper": ("encoder_decoder", ("whisper",), _whisper),
}

"""The formula's refusals, and what each dimension adds."""

import pytest

from naru.codec.references import references
from naru.domain.architecture import ArchitectureCount, DimensionError, count

LLAMA = dict(references()["llama2"].variant().dimensions)
ROBERTA = dict(references()["roberta"].variant().dimensions)
T5 = dict(references()["t5"].variant().dimensions)


@pytest.mark.parametrize(
    ("kind", "given", "said"),
    [
        ("decoder", {name: LLAMA[name] for name in LLAMA if name != "ffn"}, "ffn: is missing"),
        ("decoder", LLAMA | {"experts": 8}, "experts: is no dimension"),
        ("decoder", LLAMA | {"norm": "batch"}, "norm: 'batch' is none of rms, layer"),
        ("decoder", LLAMA | {"layers": -1}, "layers: -1 is no count or yes/no"),
        ("decoder", LLAMA | {"layers": "many"}, "layers: 'many' is no count or yes/no"),
        ("encoder_decoder", T5 | {"style": "rnn"}, "style: 'rnn' is none of t5, bart, whisper"),
        ("encoder_decoder", LLAMA, "style: '' is none of t5, bart, whisper"),
    ],
)
def test_dimensions_that_do_not_make_up_the_architecture_are_named(kind, given, said):
    with pytest.raises(DimensionError) as refused:
        count(kind, given)
    assert str(refused.value) == said


def more(kind, base, **changed) -> int:
    return count(kind, base | changed).parameters - count(kind, base).parameters


def test_what_a_word_or_a_yes_adds():
    width, layers, vocab = 4096, 32, 32000
    assert more("decoder", LLAMA, tied=True) == -vocab * width
    assert more("decoder", LLAMA, qkv_bias=True) == layers * 3 * width
    assert more("decoder", LLAMA, out_bias=True) == layers * width
    assert more("decoder", LLAMA, mlp_bias=True) == layers * (2 * 11008 + width)
    assert more("decoder", LLAMA, head_bias=True) == vocab
    assert more("decoder", LLAMA, norm="layer") == (layers * 2 + 1) * width
    assert more("decoder", LLAMA, positions=4096) == 4096 * width


def test_an_encoders_heads():
    dense = 768 * 768 + 768
    bare = ROBERTA | {"head": "none"}
    assert more("encoder", bare, head="pooler") == dense
    assert more("encoder", bare, head="lm") == dense + 2 * 768 + 50265
    assert more("encoder", bare, head="classifier", labels=3) == dense + 3 * 769
    assert more("encoder", bare, head="tagger", labels=9) == 9 * 769


def test_a_gated_untied_t5_is_as_published():
    """flan-t5-base, 247,577,856 parameters."""
    flan = T5 | {
        "layers": 12, "decoder_layers": 12, "hidden": 768, "heads": 12, "inner": 768, "ffn": 2048,
        "gated": True, "tied": False,
    }  # fmt: skip
    assert count("encoder_decoder", flan).parameters == 247_577_856


def test_an_encoder_keeps_no_cache():
    counted = count("encoder", ROBERTA)
    assert counted == ArchitectureCount(parameters=124_645_632, macs=counted.macs)

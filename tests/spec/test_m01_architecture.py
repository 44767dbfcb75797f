"""M-01: a transformer's parameters, MACs and cache follow from its dimensions, to the unit."""

from decimal import Decimal

import pytest

from naru.codec.references import references
from naru.domain.architecture import KEYS, count, count_variant, decoder_of, text_part

pytestmark = pytest.mark.requirement("M-01")
EXACT = {  # published to the unit, or counted by torch on the published configuration (November 2026)
    ("llama2", "llama-2-7b"): 6_738_415_616,
    ("llama2", "llama-2-13b"): 13_015_864_320,
    ("llama2", "llama-2-70b"): 68_976_648_192,
    ("salamandra_7b", "salamandra-7b"): 7_768_117_248,
    ("gpt2", "gpt2"): 124_439_808,
    ("mistral", "mistral-7b-v0.1"): 7_241_732_096,
    ("qwen", "qwen2.5-0.5b"): 494_032_768,
    ("phi_2", "phi-2"): 2_779_683_840,
    ("gemma", "gemma-2b"): 2_506_172_416,
    ("whisper", "whisper-tiny"): 37_760_640,
}
GMACS = {  # the catalogue's own measurement, to three decimals
    ("llama2", "llama-2-70b"): "35524.748",
    ("gemma", "gemma-7b"): "4431.333",
    ("gemma", "gemma-2-9b"): "4821.638",
    ("gpt2", "gpt2-xl"): "836.411",
    ("phi_2", "phi-2"): "1398.549",
    ("qwen", "qwen2-72b"): "36930.276",
    ("securebert", "securebert"): "68.385",
    ("distilbert_base", "distilbert-base-uncased"): "24.159",
    ("t5", "t5-base"): "64.167",
    ("bart", "bart-large"): "112.111",
    ("whisper", "whisper-large-v3-turbo"): "1156.720",
}
CACHE = {
    ("llama2", "llama-2-7b"): 524_288,
    ("gemma", "gemma-2b"): 18_432,
    ("qwen", "qwen2.5-0.5b"): 12_288,
    ("whisper", "whisper-large-v3-turbo"): 20_480,  # four layers make tokens, not thirty-two
}


def counted(where):
    family, name = where
    return count_variant(references()[family].variant(name))


@pytest.mark.parametrize("where", EXACT, ids=lambda where: where[1])
def test_parameters_are_those_published_to_the_unit(where):
    """Every matrix, bias and norm once; a matrix used twice counts once."""
    assert counted(where).parameters == EXACT[where]


@pytest.mark.parametrize("where", GMACS, ids=lambda where: where[1])
def test_multiply_accumulates_are_those_measured(where):
    """Prefill of 512 tokens with logits for every one; 512 read and 64 made; 30 s of sound and one step."""
    assert f"{Decimal(counted(where).macs) / 10**9:.3f}" == GMACS[where]


@pytest.mark.parametrize("where", CACHE, ids=lambda where: where[1])
def test_the_cache_grows_by_what_the_making_layers_keep(where):
    """Keys and values of the layers that make tokens, at 16 bits."""
    assert counted(where).kv_bytes_per_token == CACHE[where]


def test_a_decoders_work_by_token_adds_up_to_its_prefill():
    """Any length follows from two numbers: so much a token, so much a pair of tokens."""
    variant = references()["llama2"].variant()
    for tokens in (1, 512, 4096):
        work = decoder_of(variant)
        assert count_variant(variant, tokens).macs == work.linear_macs * tokens + work.pair_macs * tokens**2
    assert work.context == 4096


def test_a_model_with_a_decoder_inside_is_sized_by_that():
    """A model of image and text is decoded token by token as its text part is."""
    variant = references()["llava_v1_6_mistral_7b"].variant()
    assert count_variant(variant) is None
    assert decoder_of(variant) == count("decoder", text_part(variant.dimensions)).decoder
    assert decoder_of(references()["roberta"].variant()) is None


def test_every_dimension_of_every_variant_is_given():
    """None is a library's default: the tables say each one."""
    for reference in references().values():
        for variant in reference.variants:
            layout = variant.dimensions.get("style") or variant.architecture
            assert not layout or set(variant.dimensions) == set(KEYS[layout])

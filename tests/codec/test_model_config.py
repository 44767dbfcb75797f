"""A `config.json` as dimensions: published files are the catalogue's variants, wrong ones named by key."""

import json

import pytest

from naru.codec.model_config import ModelConfigError, UnknownArchitectureError, configured, read_config
from naru.codec.references import references
from naru.domain.architecture import count

pytestmark = pytest.mark.requirement("A-05")


def llama(**changed):
    return {
        "architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": 4096,
        "intermediate_size": 11008, "max_position_embeddings": 4096, "num_attention_heads": 32,
        "num_hidden_layers": 32, "num_key_value_heads": 32, "tie_word_embeddings": False, "vocab_size": 32000,
    } | changed  # fmt: skip


def encoder(model_type, **changed):
    return {
        "architectures": ["BertForMaskedLM"], "model_type": model_type, "hidden_size": 768,
        "intermediate_size": 3072, "max_position_embeddings": 514, "num_attention_heads": 12,
        "num_hidden_layers": 12, "type_vocab_size": 1, "vocab_size": 50265,
    } | changed  # fmt: skip


def without(config, key):
    return {name: value for name, value in config.items() if name != key}


LLAMA_3 = llama(
    intermediate_size=14336, num_key_value_heads=8, vocab_size=128256, max_position_embeddings=8192
)
MISTRAL = llama(model_type="mistral", intermediate_size=14336, num_key_value_heads=8)
MISTRAL |= {"max_position_embeddings": 32768}
QWEN = llama(
    model_type="qwen2", hidden_size=896, intermediate_size=4864, num_attention_heads=14, num_hidden_layers=24,
    num_key_value_heads=2, tie_word_embeddings=True, vocab_size=151936, max_position_embeddings=32768,
)  # fmt: skip
GEMMA = {
    "model_type": "gemma", "head_dim": 256, "hidden_size": 2048, "intermediate_size": 16384,
    "max_position_embeddings": 8192, "num_attention_heads": 8, "num_hidden_layers": 18,
    "num_key_value_heads": 1, "vocab_size": 256000,
}  # fmt: skip
GEMMA_2 = GEMMA | {
    "model_type": "gemma2", "hidden_size": 2304, "intermediate_size": 9216, "num_hidden_layers": 26,
    "num_key_value_heads": 4,
}  # fmt: skip
PHI = llama(
    model_type="phi", hidden_size=2560, intermediate_size=10240, max_position_embeddings=2048,
    num_key_value_heads=None, vocab_size=51200, qk_layernorm=False,
)  # fmt: skip
GPT2 = {
    "model_type": "gpt2", "n_embd": 768, "n_head": 12, "n_inner": None, "n_layer": 12, "n_positions": 1024,
    "vocab_size": 50257,
}  # fmt: skip
EXAONE = llama(
    model_type="exaone", intermediate_size=14336, num_key_value_heads=8, num_layers=32, vocab_size=102400
)
DISTIL = {
    "architectures": ["DistilBertForMaskedLM"], "model_type": "distilbert", "dim": 768, "hidden_dim": 3072,
    "n_heads": 12, "n_layers": 6, "max_position_embeddings": 512, "vocab_size": 30522,
    "sinusoidal_pos_embds": False,
}  # fmt: skip
T5 = {
    "model_type": "t5", "d_ff": 2048, "d_kv": 64, "d_model": 512, "num_heads": 8, "num_layers": 6,
    "relative_attention_num_buckets": 32, "vocab_size": 32128,
}  # fmt: skip
BART = {
    "model_type": "bart", "d_model": 768, "encoder_attention_heads": 12, "encoder_ffn_dim": 3072,
    "decoder_ffn_dim": 3072, "encoder_layers": 6, "decoder_layers": 6, "max_position_embeddings": 1024,
    "vocab_size": 50265,
}  # fmt: skip
WHISPER = {
    "model_type": "whisper", "d_model": 1280, "encoder_attention_heads": 20, "encoder_ffn_dim": 5120,
    "decoder_ffn_dim": 5120, "encoder_layers": 32, "decoder_layers": 4, "max_source_positions": 1500,
    "max_target_positions": 448, "num_mel_bins": 128, "vocab_size": 51866,
}  # fmt: skip
RERANKER = encoder(
    "xlm-roberta", architectures=["XLMRobertaForSequenceClassification"], hidden_size=1024,
    intermediate_size=4096, num_attention_heads=16, num_hidden_layers=24, vocab_size=250002,
    max_position_embeddings=8194, id2label={"0": "LABEL_0"},
)  # fmt: skip
E5 = encoder(
    "bert", architectures=["BertModel"], vocab_size=30522, type_vocab_size=2, max_position_embeddings=4096
)
BERT = E5 | {"max_position_embeddings": 512}
SALAMANDRA = llama(num_key_value_heads=8, vocab_size=256000, max_position_embeddings=8192)
SOLAR = llama(intermediate_size=14336, num_key_value_heads=8, num_hidden_layers=48)
PUBLISHED = {  # family, variant -> its file's own keys
    ("llama2", "llama-2-7b"): llama(),
    ("salamandra_7b", "salamandra-7b"): SALAMANDRA,
    ("solar_10_7b", "solar-10.7b"): SOLAR,
    ("eeve_korean_10_8b", "eeve-korean-10.8b"): SOLAR | {"vocab_size": 40960},
    ("mistral", "mistral-7b-v0.1"): MISTRAL,
    ("qwen", "qwen2.5-0.5b"): QWEN,
    ("gemma", "gemma-2b"): GEMMA,
    ("gemma", "gemma-2-2b"): GEMMA_2,
    ("phi_2", "phi-2"): PHI,
    ("gpt2", "gpt2"): GPT2,
    ("exaone_3_0", "exaone-3.0-7.8b"): EXAONE,
    ("bge_reranker", "bge-reranker-v2-m3"): RERANKER,
    ("e5_base_4k", "e5-base-4k"): E5,
    ("t5", "t5-small"): T5,
    ("bart", "bart-base"): BART,
    ("whisper", "whisper-large-v3-turbo"): WHISPER,
}


@pytest.mark.parametrize(("where", "config"), PUBLISHED.items(), ids=[where[1] for where in PUBLISHED])
def test_a_published_file_is_the_recorded_variant(where, config):
    """Dimension by dimension, so parameters and MACs are the catalogue's; and it is listed as that."""
    found, variant = configured(config), references()[where[0]].variant(where[1])
    assert dict(found.dimensions) == dict(variant.dimensions)
    assert found.kind == variant.architecture
    assert (found.family.match, found.family.key, found.family.variant) == ("listed", *where)
    assert found.family.distance == 0


@pytest.mark.parametrize(
    ("config", "family", "also"),
    [
        (LLAMA_3, "llama2", "solar_10_7b"),
        (QWEN | {"num_hidden_layers": 25}, "qwen", None),
        (BERT, "e5_base_4k", "roberta"),
        (EXAONE | {"num_layers": 30, "hidden_size": 2560, "head_dim": 80}, "exaone_3_0", None),
    ],
    ids=["Llama 3", "Qwen of another depth", "BERT base", "EXAONE 3.5"],
)  # fmt: skip
def test_other_dimensions_are_near_and_never_listed(config, family, also):
    """Llama 3 is near Llama 2: a vendor must say."""
    found = configured(config).family
    assert (found.match, found.key) == ("near", family)
    assert 0 < found.distance < 1
    assert also is None or also in found.also


def test_what_a_model_is_trained_for_makes_no_other_architecture():
    """RoBERTa with its language head is RoBERTa; SecureBERT is built the same and told beside."""
    lm = encoder("roberta", architectures=["RobertaForMaskedLM"])
    found = configured(lm)
    assert (found.family.key, found.family.also) == ("roberta", ("securebert",))
    assert count(found.kind, found.dimensions).parameters == 124_697_433
    bare = configured(RERANKER | {"architectures": ["XLMRobertaModel"]})
    assert (bare.family.key, bare.family.also) == ("bge_m3", ("bge_reranker",))
    distil = configured(DISTIL)
    assert (distil.family.key, distil.dimensions["head"]) == ("distilbert_base", "lm")
    tagger = configured(
        lm | {"architectures": ["RobertaForTokenClassification"], "id2label": {"0": "O", "1": "B"}}
    )
    assert (tagger.dimensions["head"], tagger.dimensions["labels"]) == ("tagger", 2)


def test_a_longer_context_is_the_same_architecture():
    assert configured(llama(max_position_embeddings=32768)).family.match == "listed"


@pytest.mark.parametrize(
    "config",
    [
        {"model_type": "mamba"},
        {"model_type": ["llama"]},
        {},
        PHI | {"qk_layernorm": True},
        GPT2 | {"add_cross_attention": True},
        E5 | {"position_embedding_type": "relative_key"},
        DISTIL | {"architectures": ["DistilBertForMultipleChoice"]},
        BART | {"decoder_ffn_dim": 100},
    ],
)
def test_an_architecture_the_formula_does_not_know_is_said_to_be_uncounted(config):
    with pytest.raises(UnknownArchitectureError, match="export the model to ONNX"):
        configured(config)


@pytest.mark.parametrize(
    ("config", "key"),
    [
        (llama(num_hidden_layers=1001), "num_hidden_layers is 1001"),
        (llama(hidden_size=2**17 + 1), "hidden_size is 131073"),
        (llama(vocab_size=-5), "vocab_size is -5"),
        (llama(vocab_size=0), "vocab_size is 0"),
        (llama(vocab_size=32000.0), "vocab_size is 32000.0"),
        (llama(vocab_size=True), "vocab_size is True"),
        (llama(vocab_size="9" * 10_000), "vocab_size is 9999"),
        (llama(intermediate_size=10**30), "intermediate_size is 1000"),
        (llama(num_attention_heads=30, num_key_value_heads=30), "num_attention_heads is 30, which"),
        (llama(num_key_value_heads=5), "num_key_value_heads is 5, which"),
        (llama(tie_word_embeddings="no"), "tie_word_embeddings needs true or false"),
        (without(llama(), "vocab_size"), "vocab_size is missing"),
        (without(GEMMA, "head_dim"), "head_dim is missing"),
        (without(EXAONE, "tie_word_embeddings"), "tie_word_embeddings needs true or false"),
        (encoder("bert", type_vocab_size=None), "type_vocab_size is missing"),
        (BART | {"encoder_attention_heads": 7}, "encoder_attention_heads is 7"),
    ],
)  # fmt: skip
def test_a_missing_or_absurd_value_is_refused_by_its_key(config, key):
    with pytest.raises(ModelConfigError) as refused:
        configured(config)
    assert key in str(refused.value)
    assert len(str(refused.value)) < 400


@pytest.mark.parametrize("text", ["", "[]", "{", "null", "[" * 100_000, '{"vocab_size": ' + "9" * 5000 + "}"])
def test_what_is_no_json_object_is_refused(text):
    with pytest.raises(ModelConfigError, match="JSON"):
        read_config(text)


def test_text_is_read_as_the_keys_are():
    assert read_config(json.dumps(GPT2)) == configured(GPT2)

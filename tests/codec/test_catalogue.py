"""The model catalogue: the printed table entry by entry, how names are looked up, what a bad file gets."""

from collections import Counter
from pathlib import Path

import pytest

from naru.codec.capability import capability
from naru.codec.catalogue import CatalogueFileError, read_catalogue

FILE = Path(__file__).parents[2] / "catalogue" / "families.toml"
PRINTED = {
    "vision": "ConvNeXt Series|ConvTasNet|DeepLabV3 Series|DeiT Series|DenseNet, Series|DPT-large|"
    "FCN_ResNet Series|GoogLeNet|Inception_V3|MC3_18|MNASNet Series|MobileNet_Series|R(2+1)D_18|R3D_18|"
    "RetinaFace|RegNet Series|ResNeXt Series|S3D|SAM2.1_hiera_large|UNet|VGG Series|ViT-large|YOLO Series",
    "language": "Audio-Spectrogram-Transformer|BART Series|BGE-M3|BGE-Reranker Series|DistilBERT-base|"
    "E5-base-4K|EEVE-Korean-10.8b|EfficientNet Series|EXAONE-3.0 Series|Gemma Series|GPT2 Series|"
    "KoBART-base|Llama2 Series|Mi:dm Series|Mistral Series|Phi-2|Qwen Series|RoBERTa|Salamandra-7b|"
    "SecureBERT|SOLAR-10.7b|T5 Series|Wav2Vec2|Whisper Series|Wide_ResNet Series",
    "generation": "BLIP2-2.7b|Llava-v1.6-mistral-7b|SDXL-turbo|Stable Diffusion Series",
    "analysis": "EfficientNet Series|MotionBERT|Time-Series-Transformer",
    "other": "ShuffleNet_V2 Series|SqueezeNet1 Series",
}


@pytest.fixture(scope="module")
def table():
    return read_catalogue(FILE)


@pytest.mark.requirement("M-01")
def test_the_table_is_the_printed_one(table):
    found = {}
    for entry, _family in table.entries():
        found.setdefault(entry.field, []).append(entry.printed)
    assert found == {field: names.split("|") for field, names in PRINTED.items()}


@pytest.mark.requirement("M-01")
def test_57_entries_are_56_families_by_field(table):
    fields = Counter(entry.field for entry, _family in table.entries())
    assert (len(table.entries()), len(table.families)) == (57, 56)
    assert fields == {"vision": 23, "language": 25, "generation": 4, "analysis": 3, "other": 2}
    twice = [family.key for family in table.families if len(family.entries) > 1]
    assert twice == ["efficientnet"]


def test_vendors_claim_only_families_of_the_table(table):
    assert capability().families() <= set(table.by_key())


@pytest.mark.requirement("A-05")
@pytest.mark.parametrize(
    ("name", "verdict", "families", "by"),
    [
        ("YOLO Series", "listed", ["yolo"], "printed"),
        ("yolo", "listed", ["yolo"], "printed"),
        ("DenseNet", "listed", ["densenet"], "printed"),
        ("r(2+1)d-18", "listed", ["r2plus1d_18"], "printed"),
        ("YOLOv8n", "listed", ["yolo"], "member"),
        ("llama 2 7B", "listed", ["llama2"], "member"),
        ("YOLOv13-nano", "near", ["yolo"], "beginning"),
        ("EfficientNet-lite0", "near", ["efficientnet"], "beginning"),
        ("ResNet-50", "near", ["resnext", "wide_resnet"], "neighbour"),
        ("Llama-3-8B", "near", ["llama2"], "neighbour"),
        ("bert-base", "near", ["distilbert_base", "roberta", "e5_base_4k"], "neighbour"),
        ("CLIP", "near", ["vit_large"], "neighbour"),
        ("Faster R-CNN", "none", [], "neighbour"),
        ("t5-xxl", "none", [], "nothing"),
        ("our own net", "none", [], "nothing"),
        (" ", "none", [], "nothing"),
    ],
)
def test_a_name_is_listed_near_or_not_and_says_why(table, name, verdict, families, by):
    match = table.find(name)
    assert (match.verdict, [family.key for family in match.families], match.by) == (verdict, families, by)


def test_no_neighbour_is_listed_under_another_name(table):
    names = [name for one in table.neighbours for name in (one.name, *one.aliases)]
    assert [name for name in names if table.find(name).verdict == "listed"] == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('key = "deit"', 'key = "convnext"', "convnext stands more than once"),
        (
            'field = "analysis", printed = "MotionBERT"',
            'field = "motion", printed = "MotionBERT"',
            "no field",
        ),
        ('near = ["resnext"', 'near = ["resnexxt"', "resnexxt is no family"),
        ('aliases = ["deit_tiny"', 'aliases = ["vgg16"', "vgg16 stands more than once"),
        ("schema = 1", "schema = 1\nflavour = 2", "flavour"),
        ("schema = 1", "schema = ", "save it as TOML"),
    ],
)
def test_a_wrong_file_says_what_and_where(tmp_path, old, new, message):
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "families.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CatalogueFileError, match=message) as caught:
        read_catalogue(path)
    assert str(caught.value).startswith("families.toml: ")

"""The catalogue's file: whole, true to the annex's counts, and one clear error per fault."""

from collections import Counter

import pytest

from naru.codec.catalogue import CatalogueError, capability, parse_capability

HEAD = 'schema = 1\n[[families]]\nid = "yolo"\ntitle = "YOLO"\nfields = ["vision"]\n'
VENDOR = """[[vendors]]
code = "v"
name = { ko = "가", en = "a" }
sdk = "1"
claimed_on = 2025-03-03
source = { ko = "가", en = "a" }
simulated = true
supported = ["%s"]
"""


@pytest.mark.requirement("M-01")
def test_the_annex_has_57_entries_of_56_families_in_five_fields():
    families = capability().families
    assert len(families) == 56
    assert Counter(field for family in families for field in family.fields) == {
        "vision": 23,
        "language": 25,
        "generation": 4,
        "analysis": 3,
        "other": 2,
    }
    assert [family.id for family in families if len(family.fields) > 1] == ["efficientnet"]


@pytest.mark.requirement("M-03")
def test_every_vendor_of_the_matrix_says_it_is_simulated_and_where_its_claims_come_from():
    vendors = capability().vendors
    assert [vendor.code for vendor in vendors] == ["vendor-a", "vendor-b", "vendor-c"]
    assert all(vendor.simulated and vendor.source.ko and vendor.sdk for vendor in vendors)


def test_one_family_is_claimed_by_nobody():
    matrix = capability()
    unclaimed = [
        family.id
        for family in matrix.families
        if all(vendor.claim(family.id) == "unsupported" for vendor in matrix.vendors)
    ]
    assert unclaimed == ["motionbert"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEAD + VENDOR % "yolo9", "x.toml: vendors: v claims yolo9, which is no family"),
        ("schema = 1\nfamilies = []\nvendors = []\nvendor = []", 'is not a key of .*did you mean "vendors"'),
        (HEAD, "x.toml: vendors: is missing; add it"),
        ("schema =", "x.toml: is not valid TOML"),
    ],
)
def test_a_faulty_file_is_one_clear_error(text, message):
    with pytest.raises(CatalogueError, match=message):
        parse_capability(text, "x.toml")


def test_claims_of_several_models_come_to_the_weakest():
    vendor = parse_capability(HEAD + VENDOR % "yolo", "x.toml").vendors[0]
    assert vendor.claim_all(["yolo"]) == "supported"
    assert vendor.claim_all(["yolo", ""]) == "unsupported"
    assert vendor.claim_all([]) == "unsupported"


def test_a_conditional_claim_weakens_a_supported_one():
    vendor = capability().vendor("vendor-a")
    assert vendor.claim_all(["vgg", "roberta"]) == "conditional"
    assert capability().vendor("vendor-z") is None
    assert capability().family("vgg").title == "VGG Series"
    assert capability().family("none") is None

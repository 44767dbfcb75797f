"""The capability matrix: every claim with its source, and one clear error per fault."""

import pytest

from naru.codec.capability import CapabilityFileError, capability, parse_capability

HEAD = "schema = 1\n"
VENDOR = """[[vendors]]
code = "v"
name = { ko = "가", en = "a" }
sdk = "1"
claimed_on = 2025-03-03
source = { ko = "가", en = "a" }
simulated = true
supported = ["%s"]
"""


@pytest.mark.requirement("M-03")
def test_every_vendor_of_the_matrix_says_it_is_simulated_and_where_its_claims_come_from():
    vendors = capability().vendors
    assert [vendor.code for vendor in vendors] == ["vendor-a", "vendor-b", "vendor-c"]
    assert all(vendor.simulated and vendor.source.ko and vendor.sdk for vendor in vendors)


def test_no_vendor_claims_motionbert_so_that_an_unsupported_model_can_be_shown():
    assert "motionbert" not in capability().families()
    assert len(capability().families()) == 55


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEAD + VENDOR % "yolo" + VENDOR % "yolo", "x.toml: vendors: v stands more than once"),
        (HEAD + VENDOR % 'yolo", "yolo', "supported, conditional: yolo stands more than once"),
        ("schema = 1\nvendors = []\nvendor = []", 'is not a key of .*did you mean "vendors"'),
        (HEAD, "x.toml: vendors: is missing; add it"),
        ("schema =", "x.toml: is not valid TOML"),
    ],
)
def test_a_faulty_file_is_one_clear_error(text, message):
    with pytest.raises(CapabilityFileError, match=message):
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

"""M-03: what each vendor supports, by family and version of its tools, is data with a source and a date."""

from datetime import date
from pathlib import Path

import pytest

from naru.codec.capability import capability
from naru.codec.catalogue import read_catalogue

pytestmark = pytest.mark.requirement("M-03")
TABLE = read_catalogue(Path(__file__).parents[2] / "catalogue" / "families.toml")
VENDORS = [vendor.code for vendor in capability().vendors]


@pytest.mark.parametrize("code", VENDORS)
def test_each_claim_has_a_version_a_source_and_a_date(code):
    """Every vendor's claims name their source, their date and the version of its tools."""
    vendor = capability().vendor(code)
    assert (bool(vendor.sdk), bool(vendor.source.ko), bool(vendor.source.en)) == (True, True, True)
    assert (vendor.claimed_on, vendor.simulated) == (date(2025, 3, 3), True)


@pytest.mark.parametrize("code", VENDORS)
def test_each_family_of_the_table_has_one_claim_per_vendor(code):
    """A vendor says supported, conditional or unsupported of every family of the table, and of no other."""
    vendor, families = capability().vendor(code), {family.key for family in TABLE.families}
    claims = {family: vendor.claim(family) for family in families}
    assert {family for family, claim in claims.items() if claim == "supported"} == set(vendor.supported)
    assert {family for family, claim in claims.items() if claim == "conditional"} == set(vendor.conditional)
    assert set(vendor.supported) | set(vendor.conditional) < families


def test_a_claim_of_several_models_is_the_weakest():
    """Who uses several models is promised no more than the least supported of them."""
    vendor = capability().vendor("vendor-a")
    assert [vendor.claim_all(names) for names in (["yolo"], ["yolo", "roberta"], ["yolo", "motionbert"])] == [
        "supported",
        "conditional",
        "unsupported",
    ]

"""Every figure of the catalogue's references is computed again, or held against what was published (M-01)."""

import re
from fractions import Fraction

import pytest
from references import figures

from naru.codec.catalogue import read_catalogue
from naru.codec.references import references
from naru.codec.tables import CATALOGUE

TABLE = read_catalogue(CATALOGUE / "families.toml")
KEYS = [family.key for family in TABLE.families]
UNITS = {"": 1, "k": 10**3, "M": 10**6, "G": 10**9, "B": 10**9, "T": 10**12}
ASSUMED = {  # families with a figure that rests on an assumption: said in their notes
    "blip2_2_7b", "eeve_korean_10_8b", "kobart_base", "midm", "solar_10_7b", "time_series_transformer",
}  # fmt: skip


def every_figure():
    for family, reference in references().items():
        for variant in reference.variants:
            for key in figures.ORDER:
                figure = getattr(variant, key)
                if figure is not None:
                    yield family, variant, key, figure


def within(figure) -> bool:
    """Whether the value rounds to the published wording: "124 M" holds 123.5 to 124.5 million."""
    number, unit = re.fullmatch(r"([\d,.]+) ?([kMGBT]?)", figure.printed).groups()
    digits = number.replace(",", "")
    places = len(digits.partition(".")[2])
    step = Fraction(UNITS[unit], 10**places)
    return abs(figure.value - Fraction(digits) * UNITS[unit]) <= step / 2


@pytest.mark.requirement("M-01")
def test_all_56_families_of_the_57_entries_have_a_reference():
    """Every family of the printed table has a reference architecture, and no other has."""
    assert (len(TABLE.entries()), len(KEYS)) == (57, 56)
    assert set(references()) == set(KEYS)


@pytest.mark.requirement("M-01")
@pytest.mark.parametrize("family", KEYS)
def test_every_computed_figure_comes_out_again(family):
    """Formula or walk over the graph, to the unit; nothing that can be computed is only cited."""
    assert list(figures.differences(references()[family])) == []


def test_what_claims_to_be_computed_can_be():
    for family, variant, key, figure in every_figure():
        if figure.origin == "computed":
            assert key in figures.computed(variant) or key == "int8_bytes", (family, variant.name, key)


@pytest.mark.requirement("M-01")
def test_every_figure_with_a_published_wording_rounds_to_it():
    """Cited ones and computed ones alike, within the precision that was published."""
    wrong = [
        (family, variant.name, key, figure.value, figure.printed)
        for family, variant, key, figure in every_figure()
        if figure.printed and not within(figure)
    ]
    assert wrong == []


@pytest.mark.requirement("M-01")
def test_assumptions_are_marked_and_told():
    """Who reads a family with an assumed figure finds a note saying what was assumed."""
    assumed = [(family, one) for family, one, _key, figure in every_figure() if figure.origin == "assumed"]
    assert {family for family, _variant in assumed} == ASSUMED
    assert [variant.name for _family, variant in assumed if variant.note is None] == []


def test_a_weight_takes_one_byte():
    for _family, variant, _key, _figure in every_figure():
        assert variant.int8_bytes.value == variant.parameters.value


def test_skeletons_and_variants_name_each_other():
    variants = [variant for reference in references().values() for variant in reference.variants]
    named = [variant.skeleton for variant in variants if variant.skeleton]
    assert len(named) == len(set(named))
    assert set(named) == figures.skeleton_files()


def test_no_licence_claims_commercial_use_unread():
    for reference in references().values():
        if reference.licence.name.startswith("not verified"):
            assert reference.licence.commercial is None
            assert reference.licence.note is not None


def test_what_differs_is_put_in_and_keeps_its_wording(tmp_path):
    text = (CATALOGUE / "references" / "convnext.toml").read_text(encoding="utf-8")
    now = figures.Computed(28_589_129, figures.GRAPH)
    peak = figures.Computed(12, figures.GRAPH)
    changed = figures.rewritten(
        text, {("convnext_tiny", "parameters"): now, ("convnext_tiny", "peak_live_bytes"): peak}
    )
    (tmp_path / "convnext.toml").write_text(changed, encoding="utf-8")
    made, was = references(tmp_path)["convnext"], references()["convnext"]
    held = made.variant("convnext_tiny")
    assert (held.parameters.value, held.parameters.origin) == (28_589_129, "computed")
    assert held.parameters.printed == "28,589,128"
    assert held.peak_live_bytes.value == 12
    assert made.variant("convnext_large") == was.variant("convnext_large")

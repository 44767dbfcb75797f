"""E-08: the types of venture."""

import pytest
from programme import applicant, call_2025, findings_of, venture, verdict_of

pytestmark = pytest.mark.requirement("E-08")


@pytest.mark.parametrize("variant", ["investment", "research", "innovation_growth", "preliminary"])
def test_all_four_types_are_accepted(variant):
    """An investment, research, innovation-growth or preliminary venture is accepted, its type recorded."""
    (finding,) = findings_of("E-08", venture(variant=variant))
    assert (finding.code, finding.outcome) == ("venture_type_accepted", "passed")
    assert finding.facts == (("type", variant),)


@pytest.mark.parametrize("variant", ["", "unicorn"])
def test_a_venture_says_its_type(variant):
    """A venture that names no type, or an unknown one, is shown the four to choose from."""
    (finding,) = findings_of("E-08", venture(variant=variant))
    assert (finding.code, finding.outcome) == ("venture_type_missing", "missing")
    kinds = [kind for party in call_2025().parties for kind in party.kinds if kind.id == "venture"]
    assert all(entry.title.en in finding.mend.en for entry in kinds[0].variants)


def test_other_kinds_have_no_type():
    """The rule does not apply to a company that is no venture."""
    assert verdict_of("E-08", applicant()) == ("kind_has_no_types", "not_applicable")

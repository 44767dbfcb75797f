"""P-04: results against the KPIs of the application."""

from decimal import Decimal
from fractions import Fraction

import pytest

from naru.domain.decision import Outcome
from naru.domain.outcome import Kpi, achievement, final_check

pytestmark = pytest.mark.requirement("P-04")


def kpi(measured, baseline="10", target="20", direction="higher", name="images per second"):
    return Kpi(
        name=name,
        unit="1/s",
        direction=direction,
        baseline=Decimal(baseline),
        target=Decimal(target),
        measured=None if measured is None else Decimal(measured),
    )


@pytest.mark.parametrize(
    ("measured", "part"),
    [
        ("20", 1),
        ("25", Fraction(3, 2)),
        ("15", Fraction(1, 2)),
        ("10", 0),
        ("8", Fraction(-1, 5)),
        (None, None),
    ],
)
def test_achievement_is_the_part_of_the_way_covered(measured, part):
    """What counts is the part of the way from the baseline to the target that was covered."""
    assert achievement(kpi(measured)) == part


def test_lower_can_be_better():
    """Where lower is better the way is measured downwards."""
    assert achievement(kpi("60", baseline="100", target="50", direction="lower")) == Fraction(4, 5)


@pytest.mark.parametrize(
    ("direction", "measured", "part"),
    [("higher", "10", 1), ("higher", "9.9", 0), ("lower", "10", 1), ("lower", "10.1", 0), ("lower", "3", 1)],
)
def test_a_target_equal_to_the_baseline_is_to_be_kept(direction, measured, part):
    """A target equal to the baseline is reached when the value was kept or bettered."""
    assert achievement(kpi(measured, target="10", direction=direction)) == part


def test_values_are_exact():
    """Values are compared exactly, a tenth is a tenth."""
    assert achievement(kpi("0.3", baseline="0.1", target="0.4")) == Fraction(2, 3)


@pytest.mark.parametrize(
    ("measured", "verdict", "outcome"),
    [
        (["20", "21"], "achieved", Outcome.PASSED),
        (["20", "19.99"], "partly", Outcome.PERSON),
        (["20", "10"], "partly", Outcome.PERSON),
        (["19.99", "10"], "insufficient", Outcome.PERSON),
        (["1000", "9"], "partly", Outcome.PERSON),
        (["20", None], "not_measured", Outcome.MISSING),
    ],
)
def test_the_verdict_is_proposed_from_the_mean(measured, verdict, outcome):
    """Achieved needs every target; otherwise the mean, each KPI within 0 and 1, decides at one half."""
    check = final_check([kpi(value, name=f"kpi {place}") for place, value in enumerate(measured)])
    assert check.verdict == verdict
    assert (check.findings[-1].code, check.findings[-1].outcome) == (f"final_{verdict}", outcome)
    assert len(check.findings) == len(measured) + 1


def test_insufficient_is_for_a_person_to_decide():
    """A proposal of "insufficient" is put to a person and never decides by itself."""
    assert final_check([kpi("10")]).findings[-1].outcome is Outcome.PERSON


def test_a_missing_value_counts_nothing_once_the_time_is_over():
    """A value still missing when the time to hand in is over counts as nothing covered."""
    kpis = [kpi("20", name="a"), kpi(None, name="b"), kpi(None, name="c")]
    assert final_check(kpis).verdict == "not_measured"
    closed = final_check(kpis, closed=True)
    assert (closed.verdict, closed.mean) == ("insufficient", Fraction(1, 3))
    assert final_check(kpis[:2], closed=True).verdict == "partly"


def test_the_threshold_is_an_argument():
    """The threshold between partly and insufficient can be set by the programme."""
    assert final_check([kpi("15")], partly_from=Fraction(7, 10)).verdict == "insufficient"
    assert final_check([kpi("17")], partly_from=Fraction(7, 10)).verdict == "partly"


def test_every_value_stands_in_the_findings():
    """The finding of a KPI shows baseline, target, measured value and the exact part covered."""
    facts = dict(final_check([kpi("15")]).findings[0].facts)
    assert (facts["baseline"], facts["target"], facts["measured"], facts["achievement"]) == (
        "10",
        "20",
        "15",
        "1/2",
    )


def test_a_missed_target_is_never_shown_as_full():
    """A target missed by a hair is shown below 100 percent."""
    assert "(99 %)" in final_check([kpi("19.9999")]).findings[0].reason.en


@pytest.mark.parametrize(("direction", "target"), [("higher", "9"), ("lower", "11")])
def test_a_target_worse_than_the_baseline_is_refused(direction, target):
    """A target cannot be worse than where the applicant stands."""
    with pytest.raises(ValueError, match="target"):
        kpi("1", target=target, direction=direction)


def test_nothing_to_compare_is_an_error():
    """Without KPIs, or with a name that stands twice, nothing can be compared."""
    with pytest.raises(ValueError, match="no KPI"):
        final_check([])
    with pytest.raises(ValueError, match="more than once"):
        final_check([kpi("1"), kpi("2")])
    with pytest.raises(ValueError, match="partly_from"):
        final_check([kpi("1")], partly_from=Fraction(0))

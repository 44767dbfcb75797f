"""R-02: every vendor says supported, conditional or no, with a coded reason; one yes is enough."""

from datetime import date

import pytest

from naru.domain.capability import Capability, VendorClaims
from naru.domain.decision import Refused
from naru.domain.support import (
    BY_CODE,
    SILENT,
    Answer,
    Verdict,
    checked,
    effort,
    reasons_for,
    standing,
    supporting,
)
from naru.domain.terms import Text

pytestmark = pytest.mark.requirement("R-02")


def answers(*verdicts):
    return [Answer(vendor=f"vendor-{place}", verdict=verdict) for place, verdict in enumerate(verdicts)]


@pytest.mark.parametrize("verdict", list(Verdict))
def test_each_answer_is_explained_by_a_reason_of_its_own_list(verdict):
    for reason in reasons_for(verdict):
        assert checked(verdict, reason.code, "3D 합성곱이 없음") == (verdict, reason)
    for other in set(Verdict) - {verdict}:
        for reason in reasons_for(other):
            with pytest.raises(Refused, match="R-02 reason_not_of_verdict"):
                checked(verdict, reason.code, "설명")


@pytest.mark.parametrize("verdict", [Verdict.CONDITIONAL, Verdict.UNSUPPORTED])
def test_a_condition_or_a_no_is_put_in_words(verdict):
    with pytest.raises(Refused, match="R-02 note_missing"):
        checked(verdict, reasons_for(verdict)[0].code, " ")


def test_a_condition_counts_as_support():
    given = answers(Verdict.CONDITIONAL, Verdict.UNSUPPORTED, None)
    assert supporting(given) == frozenset({"vendor-0"})
    assert standing(given) == "supported"


def test_only_when_every_vendor_said_no_is_a_person_asked_to_decide():
    assert standing(answers(Verdict.UNSUPPORTED, None)) == "waiting"
    assert standing(answers(Verdict.UNSUPPORTED, Verdict.UNSUPPORTED)) == "unsupported"
    assert standing([]) == "unrouted"


MATRIX = Capability(
    schema=1,
    vendors=tuple(
        VendorClaims(
            code=code, name=Text(ko=code, en=code), sdk="1", claimed_on=date(2025, 3, 3),
            source=Text(ko="-", en="-"), simulated=True, supported=families,
        )
        for code, families in (("yes", ("yolo",)), ("no", ("gpt2",)))
    ),
)  # fmt: skip
EVERY = ("yes", "no", "unknown")


def test_every_vendor_is_asked_where_the_call_says_so_also_who_publishes_a_no():
    assert MATRIX.asked(EVERY, ["yolo"], "ask") == EVERY


@pytest.mark.parametrize(
    ("families", "asked"),
    [
        (["yolo"], ("yes", "unknown")),  # a vendor without claims is asked
        (["yolo", ""], ("yes", "unknown")),  # a model outside the table leaves it open
        ([""], EVERY),
        (["motionbert"], ("unknown",)),
    ],
)
def test_a_call_may_spare_a_vendor_what_it_publishes_it_cannot_do(families, asked):
    assert MATRIX.asked(EVERY, families, "skip") == asked


def test_a_matrix_alone_never_leaves_an_application_without_anybody_asked():
    assert MATRIX.asked(("yes", "no"), ["motionbert"], "skip") == ("yes", "no")


def test_silence_is_no_reason_a_vendor_can_choose():
    with pytest.raises(Refused, match="R-02 reason_not_of_verdict"):
        checked(Verdict.UNSUPPORTED, SILENT.code, "설명")
    assert BY_CODE["no_answer"].verdict is Verdict.UNSUPPORTED


def test_the_effort_is_whole_person_weeks_within_a_year_and_only_of_support():
    assert [effort(Verdict.CONDITIONAL, weeks) for weeks in (None, 0, 52)] == [None, 0, 52]
    assert effort(Verdict.UNSUPPORTED, 4) is None
    for weeks in (-1, 53):
        with pytest.raises(Refused, match="R-02 effort_unlikely"):
            effort(Verdict.SUPPORTED, weeks)

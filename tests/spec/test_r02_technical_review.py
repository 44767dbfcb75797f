"""R-02: every vendor says supported, conditional or no, with a coded reason; one yes is enough."""

import pytest

from naru.domain.decision import Refused
from naru.domain.support import Answer, Verdict, checked, reasons_for, standing, supporting

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

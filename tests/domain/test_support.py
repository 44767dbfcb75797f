"""Technical review: the closed list of reasons, and what several vendors' answers come to."""

import pytest

from naru.domain.decision import Refused
from naru.domain.support import (
    BY_CODE,
    REASONS,
    SILENT,
    Answer,
    Verdict,
    checked,
    reasons_for,
    standing,
    supporting,
)


def answers(**verdicts):
    return [Answer(vendor=vendor, verdict=verdict) for vendor, verdict in verdicts.items()]


def test_every_verdict_has_its_own_reasons_and_no_code_stands_twice():
    assert list(BY_CODE) == [reason.code for reason in (*REASONS, SILENT)]
    for verdict in Verdict:
        assert len(reasons_for(verdict)) >= 2


def test_a_whole_answer_passes():
    verdict, reason = checked("unsupported", "operator_missing", "3D 합성곱이 없습니다.")
    assert (verdict, reason.code) == (Verdict.UNSUPPORTED, "operator_missing")
    assert checked("supported", "runs_today", "")[0] is Verdict.SUPPORTED


@pytest.mark.parametrize(
    ("verdict", "code", "note", "found"),
    [
        ("supported", "operator_missing", "", "reason_not_of_verdict"),
        ("supported", "made_up", "", "reason_not_of_verdict"),
        ("maybe", "runs_today", "", "reason_not_of_verdict"),
        ("conditional", "fixed_input_shape", "  ", "note_missing"),
        ("unsupported", "memory_exceeded", "", "note_missing"),
    ],
)
def test_an_answer_that_is_not_whole_is_refused(verdict, code, note, found):
    with pytest.raises(Refused) as refused:
        checked(verdict, code, note)
    assert (refused.value.finding.clause, refused.value.finding.code) == ("R-02", found)
    assert refused.value.finding.mend is not None


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, "unrouted"),
        ({"a": None, "b": Verdict.UNSUPPORTED}, "waiting"),
        ({"a": None, "b": Verdict.CONDITIONAL}, "supported"),
        ({"a": Verdict.UNSUPPORTED, "b": Verdict.SUPPORTED}, "supported"),
        ({"a": Verdict.UNSUPPORTED, "b": Verdict.UNSUPPORTED}, "unsupported"),
    ],
)
def test_one_supporting_vendor_is_enough_and_all_must_refuse(given, expected):
    assert standing(answers(**given)) == expected


def test_a_condition_counts_as_support():
    found = supporting(answers(a=Verdict.CONDITIONAL, b=Verdict.UNSUPPORTED, c=Verdict.SUPPORTED, d=None))
    assert found == frozenset({"a", "c"})

"""Appeals (이의신청): one rejected after an extension, one withdrawn, one upheld by two."""

from datetime import timedelta
from typing import Any

from naru.portal.appeals import actions as appeals
from naru.portal.applications.models import Application
from naru.portal.demo import calendar
from naru.portal.demo.year import Year
from naru.portal.selection.models import SelectionOutcome

FILED = calendar.on(4, 14, 14)
ANSWERED = calendar.on(4, 25, 10)
HOUR = timedelta(hours=1)
ENDS = ("rejected", "withdrawn", "upheld")


def object_to(year: Year) -> None:
    """Three who wait object; where nobody waits, who was left out by screening is rejected alone."""
    waiting = SelectionOutcome.objects.filter(run=year.selected, status="waiting", product="npu-60")
    rows = [one.application for one in waiting.select_related("application__applicant").order_by("rank")[:3]]
    if len(rows) < len(ENDS):
        out = Application.objects.filter(call=year.call, screening__decision="ineligible", state="submitted")
        row = out.select_related("applicant").order_by("number").first()
        if row is not None:
            _reject(year, _file(year, row, "screening", "eligibility_fact"))
        return
    rejected = _file(year, rows[0], "outcome", "evidence_overlooked")
    withdrawn = _file(year, rows[1], "score", "other")
    upheld = _file(year, rows[2], "score", "score_entry")
    year.player.play(appeals.withdraw, by=rows[1].applicant, at=FILED + HOUR, appeal=withdrawn)
    _uphold(year, upheld)
    _reject(year, rejected)


def _file(year: Year, row: Application, against: str, ground: str) -> Any:
    return year.player.play(
        appeals.file,
        by=row.applicant,
        at=FILED,
        application=row,
        against=against,
        grounds=[ground],
        text="계획서 3쪽의 시험 결과가 반영되지 않은 것으로 보입니다. (가상의 이의)",
        key=f"demo-{row.number}",
    )


def _reject(year: Year, appeal: Any) -> None:
    play, (first, _second) = year.player.play, year.operators[:2]
    reason = "평가위원에게 사실을 확인하고 있습니다. (가상의 사유)"
    play(appeals.extend, by=first, at=ANSWERED + 3 * HOUR, appeal=appeal, reason=reason)
    given = appeals.Answer(
        verdict="rejected", reason="낸 서류를 모두 살펴보았고 판단이 바뀔 사실이 없습니다. (가상의 답)"
    )
    play(appeals.answer, by=first, at=ANSWERED + timedelta(days=3), appeal=appeal, given=given)


def _uphold(year: Year, appeal: Any) -> None:
    """Points entered wrongly on every sheet are put right; two stand by it, and it is recomputed."""
    play, (first, second) = year.player.play, year.operators[:2]
    seats = appeal.application.assignments.filter(removed_at=None)
    given = appeals.Answer(
        verdict="upheld",
        reason="제출된 점수가 종이 평가표와 달라 바로잡습니다. (가상의 답)",
        remedy="correct",
        points={seat.pk: {"contents": 50} for seat in seats},
    )
    play(appeals.answer, by=first, at=ANSWERED, appeal=appeal, given=given)
    year.player.try_in_vain(appeals.confirm, by=first, at=ANSWERED, appeal=appeal)
    play(appeals.confirm, by=second, at=ANSWERED + HOUR, appeal=appeal)
    play(appeals.settle, by=first, at=ANSWERED + 2 * HOUR, appeal=appeal)

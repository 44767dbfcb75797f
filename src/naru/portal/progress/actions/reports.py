"""The progress check (진도체크): one report a month, and why a stage lasts (P-01, P-02)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from naru.domain.periods import day_in, month_of
from naru.portal.accounts.models import User
from naru.portal.allocation.models import Award
from naru.portal.audit.actions import fingerprint, record
from naru.portal.progress import queries, refusals
from naru.portal.progress.models import MonthlyReport, ReasonStatement


@transaction.atomic
def report_month(
    *,
    by: User,
    at: datetime,
    award: Award,
    month: date,
    stage: str,
    note: str,
    evidence: Sequence[str] = (),
) -> MonthlyReport:
    """Report the stage reached in a month of use (any day of it), with what shows it, one line each.

    Refused for a month outside the use or still to come, a stage the call lacks, and a second time.
    """
    award = queries.award_for_act(award)
    terms = queries.terms_of(award.call)
    month = month_of(month)
    first, last = queries.months_of_use(award, day_in(terms.zone, at), terms.zone)
    if not first <= month <= last:
        raise refusals.month_outside_use(month, first, last)
    stages = tuple(entry.id for entry in terms.stages)
    if stage not in stages:
        raise refusals.unknown_stage(stage, stages)
    if not note.strip():
        raise refusals.text_missing("P-01", "진행 내용", "note")
    if MonthlyReport.objects.filter(award=award, month=month).exists():
        raise refusals.reported_already(month)
    report = MonthlyReport.objects.create(
        award=award,
        month=month,
        stage=stage,
        note=note.strip(),
        evidence=[line.strip() for line in evidence if line.strip()],
        reported_by=by,
        reported_at=at,
    )
    facts = {"month": month.isoformat(), "stage": stage, "note": fingerprint(report.note)}
    record(by=by, at=at, action="progress.report_month", subject=award, facts=facts, call_id=award.call.slug)
    return report


@transaction.atomic
def state_reason(*, by: User, at: datetime, award: Award, month: date, text: str) -> ReasonStatement:
    """Say why the award stays in the stage it reported for a month (유지사유서)."""
    award = queries.award_for_act(award)
    month = month_of(month)
    if not text.strip():
        raise refusals.text_missing("P-02", "유지 사유", "reason")
    report = MonthlyReport.objects.filter(award=award, month=month).first()
    if report is None:
        raise refusals.no_report(month)
    if ReasonStatement.objects.filter(award=award, month=month).exists():
        raise refusals.stated_already(month)
    statement = ReasonStatement.objects.create(
        award=award, stage=report.stage, month=month, text=text.strip(), stated_by=by, stated_at=at
    )
    facts = {"month": month.isoformat(), "stage": report.stage, "text": fingerprint(statement.text)}
    record(by=by, at=at, action="progress.state_reason", subject=award, facts=facts, call_id=award.call.slug)
    return statement

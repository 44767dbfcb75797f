"""The midpoint check (중간점검) and the final check (결과점검) against the KPIs (P-03, P-04)."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from naru.portal.accounts.models import User
from naru.portal.allocation.models import Award
from naru.portal.applications.models import Kpi
from naru.portal.audit.actions import fingerprint, record
from naru.portal.progress import queries, refusals
from naru.portal.progress.models import Check, KpiResult


@transaction.atomic
def submit_check(
    *,
    by: User,
    at: datetime,
    award: Award,
    kind: str,
    summary: str,
    results: Mapping[int, Decimal | None] | None = None,
    notes: Mapping[int, str] | None = None,
) -> Check:
    """Submit a check's material; the final check gives every KPI (by id) a measured value or None.

    The rules' proposal is stored with its findings. A second submission replaces the first until the check
    is decided. Refused before the check's month and without a summary.
    """
    award = queries.award_for_act(award)
    opens = queries.check_opens(award, kind, at)
    if not summary.strip():
        raise refusals.text_missing("P-03", "제출 내용", "summary")
    kpis = _measured(award, kind, results or {})
    check, _made = Check.objects.select_for_update().get_or_create(
        award=award, kind=Check.Kind(kind), defaults={"submitted_by": by, "submitted_at": at}
    )
    if check.verdict:
        raise refusals.check_decided()
    proposal = queries.proposal(kpis, results or {}) if kind == Check.Kind.FINAL else None
    check.summary, check.submitted_by, check.submitted_at = summary.strip(), by, at
    check.proposed = proposal.verdict if proposal else ""
    check.findings = [asdict(one) for one in proposal.findings] if proposal else []
    check.save()
    if not _made:
        check.results.all().delete()
    KpiResult.objects.bulk_create(
        KpiResult(
            check_row=check, kpi=kpi, measured=(results or {})[kpi.pk], note=(notes or {}).get(kpi.pk, "")
        )
        for kpi in kpis
        if kpi.pk in (results or {})
    )
    facts = {
        "kind": kind,
        "opens": opens.isoformat(),
        "proposed": check.proposed,
        "summary": fingerprint(check.summary),
    }
    record(by=by, at=at, action="progress.submit_check", subject=check, facts=facts, call_id=award.call.slug)
    return check


def _measured(award: Award, kind: str, results: Mapping[int, Decimal | None]) -> list[Kpi]:
    """The application's KPIs. Raises Refused for foreign results and, at the final check, missing ones."""
    kpis = queries.kpis_of(award)
    if results.keys() - {kpi.pk for kpi in kpis}:
        raise refusals.foreign_results()
    missing = [kpi.name for kpi in kpis if kpi.pk not in results]
    if kind == Check.Kind.FINAL and missing:
        raise refusals.results_missing(missing)
    return kpis


@transaction.atomic
def decide_check(*, by: User, at: datetime, check: Check, verdict: str, reason: str) -> Check:
    """A person's verdict on a submitted check, with its reason; not by whoever submitted it.

    An "insufficient" final check is the ground of a restriction case; the case itself is `notice_case`.
    """
    check = queries.check_for_act(check)
    if check.verdict:
        raise refusals.check_decided()
    if check.submitted_by_id == by.pk:
        raise refusals.own_check()
    if not reason.strip():
        raise refusals.text_missing("P-04", "판정 사유", "reason")
    check.verdict, check.reason = Check.Verdict(verdict), reason.strip()
    check.decided_by, check.decided_at = by, at
    check.save(update_fields=["verdict", "reason", "decided_by", "decided_at"])
    facts = {
        "kind": check.kind,
        "proposed": check.proposed,
        "verdict": check.verdict,
        "reason": fingerprint(check.reason),
    }
    call_id = check.award.call.slug
    record(by=by, at=at, action="progress.decide_check", subject=check, facts=facts, call_id=call_id)
    return check

"""Technical review (사전 기술검토): ask vendors, take coded answers, decide where none can (R-02)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from naru.domain.support import checked
from naru.portal.accounts.models import User
from naru.portal.applications.models import Application
from naru.portal.audit.actions import fingerprint, record
from naru.portal.calls.models import Call
from naru.portal.organisations.models import Supplier
from naru.portal.screening import queries, refusals
from naru.portal.screening.models import TechnicalDecision, TechnicalReview


@transaction.atomic
def route(
    *, by: User, at: datetime, application: Application, vendors: Iterable[Supplier]
) -> list[TechnicalReview]:
    """Ask vendors about an application's models; those asked before are left as they are.

    Refused for one that is not submitted and when no vendor is left to ask.
    """
    kept = Application.objects.select_related("call").get(pk=application.pk)
    if kept.state != Application.State.SUBMITTED:
        raise refusals.not_submitted(kept.state)
    asked = set(TechnicalReview.objects.filter(application=kept).values_list("vendor", flat=True))
    wanted = [vendor for vendor in vendors if vendor.pk not in asked]
    if not wanted:
        raise refusals.no_vendor()
    reviews = TechnicalReview.objects.bulk_create(
        TechnicalReview(application=kept, vendor=vendor, routed_at=at) for vendor in wanted
    )
    facts = {"vendors": sorted(vendor.code for vendor in wanted)}
    record(by=by, at=at, action="screening.route", subject=kept, facts=facts, call_id=kept.call.slug)
    return reviews


@transaction.atomic
def route_round(*, by: User, at: datetime, call: Call, round_id: str) -> list[TechnicalReview]:
    """Ask every vendor about every submitted application of a round not asked about yet, as one act."""
    vendors = list(Supplier.objects.filter(kind=Supplier.Kind.VENDOR))
    rows = Application.objects.filter(call=call, round_id=round_id, state=Application.State.SUBMITTED)
    ids = list(rows.order_by("number").values_list("pk", flat=True))
    asked = set(TechnicalReview.objects.filter(application__in=ids).values_list("application", "vendor"))
    wanted = [(pk, vendor) for pk in ids for vendor in vendors if (pk, vendor.pk) not in asked]
    if not wanted:
        raise refusals.no_vendor()
    reviews = TechnicalReview.objects.bulk_create(
        TechnicalReview(application_id=pk, vendor=vendor, routed_at=at) for pk, vendor in wanted
    )
    facts = {
        "round": round_id,
        "vendors": sorted(vendor.code for vendor in vendors),
        "applications": sorted({pk for pk, _vendor in wanted}),
    }
    record(by=by, at=at, action="screening.route_round", subject=call, facts=facts, call_id=call.slug)
    return reviews


@transaction.atomic
def answer_review(
    *, by: User, at: datetime, review: TechnicalReview, verdict: str, reason_code: str, note: str = ""
) -> TechnicalReview:
    """A vendor's answer with its coded reason, once; a condition or a no is put in words.

    Refused when answered already, and where reason and verdict do not belong together.
    """
    kept = _locked(review)
    if kept.verdict:
        raise refusals.answered_already(kept.verdict)
    answer, reason = checked(verdict, reason_code, note)
    kept.verdict, kept.reason_code, kept.note = answer.value, reason.code, note.strip()
    kept.answered_by, kept.answered_at = by, at
    kept.save(update_fields=["verdict", "reason_code", "note", "answered_by", "answered_at"])
    facts = {
        "application": kept.application_id,
        "vendor": kept.vendor.code,
        "verdict": kept.verdict,
        "reason": kept.reason_code,
        "note": fingerprint(kept.note),
    }
    slug = kept.application.call.slug
    record(by=by, at=at, action="screening.answer_review", subject=kept, facts=facts, call_id=slug)
    return kept


@transaction.atomic
def reopen_review(*, by: User, at: datetime, review: TechnicalReview, reason: str) -> TechnicalReview:
    """Let a vendor answer again; what it had said stays in the audit record."""
    kept = _locked(review)
    if not reason.strip():
        raise refusals.technical_reason_missing()
    facts = {"before": kept.verdict, "code": kept.reason_code, "reason": fingerprint(reason.strip())}
    kept.verdict = kept.reason_code = kept.note = ""
    kept.answered_by = kept.answered_at = None
    kept.save(update_fields=["verdict", "reason_code", "note", "answered_by", "answered_at"])
    slug = kept.application.call.slug
    record(by=by, at=at, action="screening.reopen_review", subject=kept, facts=facts, call_id=slug)
    return kept


def _locked(review: TechnicalReview) -> TechnicalReview:
    rows = TechnicalReview.objects.select_for_update(of=("self",))
    return rows.select_related("vendor", "application__call").get(pk=review.pk)


@transaction.atomic
def decide_unsupported(
    *, by: User, at: datetime, application: Application, decision: str, reason: str
) -> TechnicalDecision:
    """Where every vendor asked has said no: a person excludes the application or lets it go on (A-05).

    Refused without a reason and while one vendor supports the models or has not answered.
    """
    kept = Application.objects.select_for_update(of=("self",)).select_related("call").get(pk=application.pk)
    standing = queries.technical_standing(kept)
    if standing != "unsupported":
        raise refusals.vendors_not_unanimous(standing)
    if not reason.strip():
        raise refusals.technical_reason_missing()
    made, _new = TechnicalDecision.objects.update_or_create(
        application=kept,
        defaults={
            "decision": TechnicalDecision.Decision(decision),
            "reason": reason.strip(),
            "decided_by": by,
            "decided_at": at,
        },
    )
    facts = {"decision": made.decision, "reason": fingerprint(made.reason)}
    slug = kept.call.slug
    record(by=by, at=at, action="screening.decide_unsupported", subject=made, facts=facts, call_id=slug)
    return made

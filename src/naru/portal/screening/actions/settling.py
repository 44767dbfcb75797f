"""What persons settle in technical review: an answer anew, silence, models narrowed, no support (R-02)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from naru.domain.support import SILENT
from naru.portal.accounts.models import User
from naru.portal.applications.models import Application
from naru.portal.applications.parties import must_act_for
from naru.portal.audit.actions import fingerprint, record
from naru.portal.calls import queries as calls
from naru.portal.calls.models import Call
from naru.portal.organisations.models import Supplier
from naru.portal.screening import queries, refusals, vendors
from naru.portal.screening.acting import require_operator
from naru.portal.screening.actions.technical import ANSWER
from naru.portal.screening.models import ModelNarrowing, TechnicalDecision, TechnicalReview


@transaction.atomic
def reopen_review(*, by: User, at: datetime, review: TechnicalReview, reason: str) -> TechnicalReview:
    """Let a vendor answer again, with the call's days; what it had said stays in the audit record."""
    require_operator(by, "R-02")
    kept = _locked(review)
    if not reason.strip():
        raise refusals.technical_reason_missing()
    facts = {"before": kept.verdict, "code": kept.reason_code, "reason": fingerprint(reason.strip())}
    slug = kept.application.call.slug
    _asked_again([kept], at)
    record(by=by, at=at, action="screening.reopen_review", subject=kept, facts=facts, call_id=slug)
    return kept


@transaction.atomic
def settle_silence(
    *, by: User, at: datetime, call: Call, round_id: str, vendor: Supplier
) -> list[TechnicalReview]:
    """Note that a vendor let its time pass: each answer past due counts as a no, under a code of its own.

    A review may be reopened. Refused to others than operators, and while nothing is past due.
    """
    require_operator(by, "R-02")
    rows = list(
        vendors.past_due(call, round_id, at)
        .filter(vendor=vendor)
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    if not rows:
        raise refusals.answer_not_due()
    for row in rows:
        row.verdict, row.reason_code = SILENT.verdict.value, SILENT.code
        row.answered_by, row.answered_at = by, at
    TechnicalReview.objects.bulk_update(rows, ANSWER)
    facts = {
        "vendor": vendor.code,
        "round": round_id,
        "applications": [row.application_id for row in rows],
    }
    record(by=by, at=at, action="screening.settle_silence", subject=call, facts=facts, call_id=call.slug)
    return rows


@transaction.atomic
def decide_unsupported(
    *, by: User, at: datetime, application: Application, decision: str, reason: str
) -> TechnicalDecision:
    """Where every vendor asked has said no: a person excludes the application or lets it go on (A-05).

    Refused to others than operators, without a reason, and while one vendor supports the models or has not
    answered.
    """
    require_operator(by, "R-02")
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


@transaction.atomic
def narrow_models(
    *, by: User, at: datetime, application: Application, kept: Sequence[str], reason: str
) -> ModelNarrowing:
    """The applicant keeps some of the models applied for; vendors that said no are asked again (A-05).

    What was submitted stays as it was. A decision taken because nobody supported them all falls away.
    Refused to others, for a change that is none, without a reason, before the close and once the result is
    settled.
    """
    rows = Application.objects.select_for_update(of=("self",)).select_related("call", "organisation")
    mine = rows.get(pk=application.pk)
    must_act_for(by, mine)
    _may_narrow(mine, at)
    now = [row.name for row in vendors.models_of(mine)]
    left = [name for name in now if name in set(kept)]
    if not left or len(left) == len(now) or len(left) < len(set(kept)):
        raise refusals.not_narrower(now)
    if not reason.strip():
        raise refusals.narrowing_reason_missing()
    given = {"kept": left, "reason": reason.strip(), "narrowed_by": by, "narrowed_at": at}
    made, _new = ModelNarrowing.objects.update_or_create(application=mine, defaults=given)
    decided, _of = TechnicalDecision.objects.filter(application=mine).delete()
    refused = TechnicalReview.objects.filter(application=mine, verdict="unsupported").order_by("vendor__code")
    again = list(refused.select_for_update(of=("self",)).select_related("vendor", "application__call"))
    facts = {
        "before": len(now),
        "kept": len(left),
        "models": fingerprint("\n".join(left)),
        "reason": fingerprint(made.reason),
        "asked_again": [row.vendor.code for row in again],
        "decision_dropped": bool(decided),
    }
    _asked_again(again, at)
    record(by=by, at=at, action="screening.narrow_models", subject=mine, facts=facts, call_id=mine.call.slug)
    return made


def _may_narrow(application: Application, at: datetime) -> None:
    if application.state != Application.State.SUBMITTED:
        raise refusals.not_submitted(application.state)
    one = calls.terms(calls.current(application.call)).round(application.round_id)
    if one.accepts(at):
        raise refusals.narrow_by_editing()
    if application.settled_at is not None or application.announced_at is not None:
        raise refusals.too_late_to_narrow()


def _asked_again(rows: Sequence[TechnicalReview], at: datetime) -> None:
    """Take the answers back and ask anew; the vendors are mailed."""
    for row in rows:
        row.verdict = row.reason_code = row.note = ""
        row.effort_weeks = row.answered_by = row.answered_at = None
        row.due_at = vendors.due(calls.terms(calls.current(row.application.call)), at)
        row.save(update_fields=[*ANSWER, "due_at"])
    if rows:
        vendors.tell("reviews_asked", rows, at)


def _locked(review: TechnicalReview) -> TechnicalReview:
    rows = TechnicalReview.objects.select_for_update(of=("self",))
    return rows.select_related("vendor", "application__call").get(pk=review.pk)

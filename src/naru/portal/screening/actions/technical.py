"""Technical review (사전 기술검토): ask vendors by the matrix, take coded answers, singly or together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from naru.domain.support import checked, effort
from naru.portal.accounts.models import User
from naru.portal.applications.models import Application
from naru.portal.audit.actions import fingerprint, record
from naru.portal.calls import queries as calls
from naru.portal.calls.models import Call
from naru.portal.organisations.models import Supplier
from naru.portal.screening import refusals, vendors
from naru.portal.screening.acting import require_operator, require_vendor
from naru.portal.screening.models import TechnicalReview

ANSWER = ["verdict", "reason_code", "note", "effort_weeks", "answered_by", "answered_at"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a vendor answers: verdict, coded reason, the condition or the ground, the effort expected."""

    verdict: str
    reason_code: str
    note: str = ""
    effort_weeks: int | None = None


@transaction.atomic
def route(
    *, by: User, at: datetime, application: Application, vendors: Iterable[Supplier]
) -> list[TechnicalReview]:
    """Ask vendors about an application's models; those asked before are left as they are.

    Refused to others than operators, for one that is not submitted, and when no vendor is left to ask.
    """
    require_operator(by, "R-02")
    kept = Application.objects.select_related("call", "narrowing").get(pk=application.pk)
    if kept.state != Application.State.SUBMITTED:
        raise refusals.not_submitted(kept.state)
    made = _asked([kept], list(vendors), kept.call, at)
    facts = {"vendors": sorted(one.vendor.code for one in made)}
    record(by=by, at=at, action="screening.route", subject=kept, facts=facts, call_id=kept.call.slug)
    return made


@transaction.atomic
def route_round(*, by: User, at: datetime, call: Call, round_id: str) -> list[TechnicalReview]:
    """Ask the vendors about every submitted application of a round not asked about yet, as one act."""
    require_operator(by, "R-02")
    suppliers = list(Supplier.objects.filter(kind=Supplier.Kind.VENDOR))
    rows = Application.objects.filter(call=call, round_id=round_id, state=Application.State.SUBMITTED)
    whole = list(rows.select_related("narrowing").prefetch_related("models").order_by("number"))
    made = _asked(whole, suppliers, call, at)
    facts = {
        "round": round_id,
        "vendors": sorted({one.vendor.code for one in made}),
        "applications": sorted({one.application_id for one in made}),
    }
    record(by=by, at=at, action="screening.route_round", subject=call, facts=facts, call_id=call.slug)
    return made


def _asked(
    rows: Sequence[Application], suppliers: Sequence[Supplier], call: Call, at: datetime
) -> list[TechnicalReview]:
    """The reviews made, and their vendors mailed. Refused when nobody is left to ask."""
    terms = calls.terms(calls.current(call))
    before = TechnicalReview.objects.filter(application__in=[row.pk for row in rows])
    known = set(before.values_list("application", "vendor"))
    new = [
        review
        for row in rows
        for review in vendors.wanted(terms, row, suppliers, at)
        if (row.pk, review.vendor_id) not in known
    ]
    if not new:
        raise refusals.no_vendor()
    made = TechnicalReview.objects.bulk_create(new)
    vendors.tell("reviews_asked", made, at)
    return made


@transaction.atomic
def answer_review(
    *,
    by: User,
    at: datetime,
    review: TechnicalReview,
    verdict: str,
    reason_code: str,
    note: str = "",
    effort_weeks: int | None = None,
) -> TechnicalReview:
    """A vendor's answer with its coded reason, once; a condition or a no is put in words.

    Refused to people of other vendors, when answered already, for a withdrawn application, and where reason
    and verdict do not belong together.
    """
    said = Said(verdict=verdict, reason_code=reason_code, note=note, effort_weeks=effort_weeks)
    [kept] = _answered(by, at, [review], said)
    facts = {"application": kept.application_id, **_facts(kept)}
    slug = kept.application.call.slug
    record(by=by, at=at, action="screening.answer_review", subject=kept, facts=facts, call_id=slug)
    return kept


@transaction.atomic
def answer_reviews(
    *, by: User, at: datetime, reviews: Sequence[TechnicalReview], said: Said
) -> list[TechnicalReview]:
    """The same answer to several reviews of one vendor, as one act: all of them or none.

    Refused as `answer_review` is, and for reviews of several calls or none.
    """
    kept = _answered(by, at, reviews, said)
    slugs = {row.application.call.slug for row in kept}
    if len(slugs) != 1:
        raise refusals.no_reviews_chosen()
    facts = {"applications": [row.application_id for row in kept], **_facts(kept[0])}
    subject, slug = kept[0].application.call, slugs.pop()
    record(by=by, at=at, action="screening.answer_reviews", subject=subject, facts=facts, call_id=slug)
    return kept


def _answered(
    by: User, at: datetime, reviews: Sequence[TechnicalReview], said: Said
) -> list[TechnicalReview]:
    rows = TechnicalReview.objects.select_for_update(of=("self",)).filter(pk__in=[one.pk for one in reviews])
    kept = list(rows.select_related("vendor", "application__call").order_by("pk"))
    for vendor in {row.vendor for row in kept}:
        require_vendor(by, vendor)
    for row in kept:
        if row.verdict:
            raise refusals.answered_already(row.verdict)
        if row.application.state != Application.State.SUBMITTED:
            raise refusals.review_dropped()
    answer, reason = checked(said.verdict, said.reason_code, said.note)
    weeks = effort(answer, said.effort_weeks)
    for row in kept:
        row.verdict, row.reason_code, row.note = answer.value, reason.code, said.note.strip()
        row.effort_weeks, row.answered_by, row.answered_at = weeks, by, at
    TechnicalReview.objects.bulk_update(kept, ANSWER)
    return kept


def _facts(row: TechnicalReview) -> dict[str, object]:
    return {
        "vendor": row.vendor.code,
        "verdict": row.verdict,
        "reason": row.reason_code,
        "note": fingerprint(row.note),
        "effort_weeks": row.effort_weeks,
    }

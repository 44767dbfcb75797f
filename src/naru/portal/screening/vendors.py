"""Asking the vendors (사전 기술검토): who is asked, under which reference, until when, by which mail."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.crypto import salted_hmac

from naru.codec.capability import capability
from naru.domain import call as domain
from naru.domain.capability import Capability
from naru.domain.periods import day_in
from naru.portal.applications.models import Application, ModelUse
from naru.portal.calls.models import Call
from naru.portal.mail import outbox
from naru.portal.mail.models import Mail
from naru.portal.organisations.models import Supplier, SupplierMember
from naru.portal.screening.models import TechnicalReview

CLOSE_OF_BUSINESS = time(18)


def matrix() -> Capability:
    """The vendors' capability matrix."""
    return capability(settings.CATALOGUE_DIR / "capability.toml")


def models_of(application: Application) -> list[ModelUse]:
    """The models a vendor is asked about: those applied for, or what the applicant kept of them (A-05)."""
    every = list(application.models.all())
    narrowing = getattr(application, "narrowing", None)
    return [row for row in every if row.name in narrowing.kept] if narrowing else every


def families_of(application: Application, terms: domain.Call) -> list[str]:
    """The families a vendor must support, as the call's `models_policy` says; "" is outside the table."""
    rows = models_of(application)
    if terms.matching.models_policy == "primary_only":
        rows = [row for row in rows if row.primary] or rows[:1]
    return [row.family for row in rows]


def reference(application: Application, vendor: Supplier) -> str:
    """What a vendor calls an application by: no receipt number, and nothing two vendors could compare."""
    digest = salted_hmac("naru.technical-review", f"{application.pk}:{vendor.code}", algorithm="sha256")
    return f"TR-{digest.hexdigest()[:8].upper()}"


def due(terms: domain.Call, at: datetime) -> datetime | None:
    """When an answer asked for now is due: six in the evening, the call's days on; None without them."""
    if terms.technical_review is None:
        return None
    day = day_in(terms.zone, at) + timedelta(days=terms.technical_review.answer_days)
    return datetime.combine(day, CLOSE_OF_BUSINESS, tzinfo=ZoneInfo(terms.zone))


def wanted(
    terms: domain.Call, application: Application, vendors: Sequence[Supplier], at: datetime
) -> list[TechnicalReview]:
    """The reviews to ask for, unsaved, each with what the vendor publishes about the models today."""
    claims, families = matrix(), families_of(application, terms)
    policy = terms.technical_review.published_no if terms.technical_review else "ask"
    codes = claims.asked([vendor.code for vendor in vendors], families, policy)
    found = []
    for vendor in vendors:
        if vendor.code in codes:
            made = claims.vendor(vendor.code)
            found.append(
                TechnicalReview(
                    application=application,
                    vendor=vendor,
                    code=reference(application, vendor),
                    routed_at=at,
                    due_at=due(terms, at),
                    claim=(made.published(families) or "") if made else "",
                    sdk=made.sdk if made else "",
                )
            )
    return found


def tell(name: str, reviews: Iterable[TechnicalReview], at: datetime) -> int:
    """Mail the people of each vendor how many reviews wait for them, and until when; nothing else."""
    rows = list(reviews)
    counts = {vendor: [row for row in rows if row.vendor_id == vendor] for vendor in _ids(rows)}
    letters = [
        _letter(name, one, len(counts[one.supplier_id]), counts[one.supplier_id][0].due_at)
        for one in _people(counts)
    ]
    return outbox.put_many(letters, at=at)


def remind(call: Call, terms: domain.Call, at: datetime) -> list[Mail]:
    """Mail each vendor's people, once per due instant, when it comes near and again when it has passed."""
    if terms.technical_review is None:
        return []
    until = at + timedelta(days=terms.technical_review.remind_days)
    waiting = TechnicalReview.objects.filter(
        application__call=call, application__state=Application.State.SUBMITTED, verdict="", due_at__lte=until
    )
    groups = list(waiting.order_by("vendor", "due_at").values("vendor", "due_at").annotate(count=Count("pk")))
    people = list(_people({group["vendor"] for group in groups}))
    mails = []
    for group in groups:
        due_at = group["due_at"] or at  # the filter leaves none without
        name = "reviews_overdue" if due_at <= at else "reviews_due"
        for one in people:
            if one.supplier_id == group["vendor"]:
                key = f"{name}:{call.pk}:{one.supplier_id}:{one.user_id}:{due_at.isoformat()}"
                letter = _letter(name, one, group["count"], due_at)
                mails.append(
                    outbox.put(
                        to=letter.to,
                        language=letter.language,
                        name=letter.name,
                        context=letter.context,
                        about=letter.about,
                        at=at,
                        key=key,
                    )
                )
    return mails


def past_due(call: Call, round_id: str, at: datetime) -> QuerySet[TechnicalReview]:
    """The answers of a round that are past due."""
    return TechnicalReview.objects.filter(
        application__call=call,
        application__round_id=round_id,
        application__state=Application.State.SUBMITTED,
        verdict="",
        due_at__lte=at,
    )


def _letter(name: str, one: SupplierMember, count: int, due_at: datetime | None) -> outbox.Letter:
    return outbox.Letter(
        to=one.user.email,
        language=one.user.language,
        name=f"screening/{name}",
        context={"count": count, "due_at": due_at, "path": reverse("screening:reviews")},
        about=one.supplier,
    )


def _ids(rows: Iterable[TechnicalReview]) -> list[int]:
    return list(dict.fromkeys(row.vendor_id for row in rows))


def _people(vendors: Iterable[int]) -> Iterable[SupplierMember]:
    rows = SupplierMember.objects.filter(supplier__in=list(vendors), user__is_active=True)
    return rows.select_related("user", "supplier").order_by("supplier", "pk")

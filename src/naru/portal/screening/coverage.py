"""How far technical review is: per vendor and product, and how many vendors support what (R-02)."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from naru.portal.applications.models import Application
from naru.portal.calls.models import Call
from naru.portal.screening import queries
from naru.portal.screening.models import TechnicalReview

MANY = 3  # supported by so many vendors or more is one column


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """One product: applications nobody was asked about, those waiting without a yes, and how many support.

    `supported[n]` counts those whose models n vendors support, the last of them n or more; `supported[0]`
    those every vendor refused.
    """

    product: str
    applications: int
    unasked: int
    waiting: int
    supported: tuple[int, ...]


def vendors(call: Call, round_id: str, at: datetime) -> list[dict[str, Any]]:
    """Per vendor and product: asked, answered, each verdict, past due and the first due, in one query."""
    verdicts = {verdict: Count("pk", filter=Q(verdict=verdict)) for verdict in TechnicalReview.Verdict.values}
    rows = (
        TechnicalReview.objects.filter(
            application__call=call, application__round_id=round_id, application__state=queries.SUBMITTED
        )
        .order_by()
        .values("vendor__code", "vendor__name", "vendor__simulated", "application__product")
        .annotate(
            asked=Count("pk"),
            waiting=Count("pk", filter=Q(verdict="")),
            late=Count("pk", filter=Q(verdict="", due_at__lte=at)),
            next_due=Min("due_at", filter=Q(verdict="")),
            **verdicts,
        )
        .order_by("vendor__code", "application__product")
    )
    return [dict(row) for row in rows]


def reach(call: Call, round_id: str, products: list[str]) -> list[Reach]:
    """Per product, how many applications are supported by no vendor, one, two, more; one query."""
    counted = queries.answered_by_application(call, round_id)
    found = []
    for product in products:
        mine = [row for row in counted if row["product"] == product]
        settled = Counter(
            min(row["supporting"], MANY)
            for row in mine
            if row["asked"] and (row["supporting"] or not row["waiting"])
        )
        found.append(
            Reach(
                product=product,
                applications=len(mine),
                unasked=sum(not row["asked"] for row in mine),
                waiting=sum(bool(row["waiting"]) and not row["supporting"] for row in mine),
                supported=tuple(settled[count] for count in range(MANY + 1)),
            )
        )
    return found


def refused(call: Call, round_id: str) -> QuerySet[Application]:
    """Those no vendor supports, the undecided first, with the person's decision."""
    return (
        queries.unsupported(call, round_id)
        .select_related("screening", "technical_decision__decided_by", "narrowing")
        .prefetch_related("models")
        .order_by("technical_decision__decided_at", "number")
    )

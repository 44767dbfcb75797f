"""Reading objections to reviewers (기피): what is shown until when, what was filed, what waits."""

from datetime import datetime

from django.db.models import QuerySet

from naru.portal.accounts.models import User
from naru.portal.applications.models import Application
from naru.portal.calls.models import Call
from naru.portal.evaluation import queries
from naru.portal.evaluation.models import Objection, PoolShowing


def showings(call: Call, round_id: str) -> QuerySet[PoolShowing]:
    """When the pool of a round was shown, the latest first."""
    return PoolShowing.objects.filter(call=call, round_id=round_id)


def last_until(call: Call, round_id: str) -> datetime | None:
    """Until when applicants of a round may object; None before the pool was ever shown."""
    return showings(call, round_id).order_by("-until").values_list("until", flat=True).first()


def shown(call: Call, round_id: str, at: datetime | None = None) -> QuerySet[User]:
    """The reviewers whose names were shown; with `at` those one may still object to then."""
    found = showings(call, round_id)
    if at is not None:
        found = found.filter(until__gt=at)
    people = User.objects.filter(pool_showings__in=found).distinct()
    return people.select_related("reviewer_profile").order_by("name", "pk")


def unshown(call: Call, round_id: str) -> QuerySet[User]:
    """Reviewers who may be asked and whose names no applicant has seen."""
    away = queries.reviewers().filter(reviewer_profile__available=False)
    return (
        queries.reviewers().exclude(pk__in=shown(call, round_id).order_by()).exclude(pk__in=away.order_by())
    )


def filed(call: Call, round_id: str) -> QuerySet[Objection]:
    """Every objection of a round, the undecided first."""
    rows = Objection.objects.filter(application__call=call, application__round_id=round_id)
    return rows.select_related("application__organisation", "reviewer", "decided_by").order_by(
        "decided_at", "filed_at", "pk"
    )


def of(application: Application) -> QuerySet[Objection]:
    """What one applicant objected to."""
    return Objection.objects.filter(application=application).select_related("reviewer")

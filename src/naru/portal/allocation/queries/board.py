"""The allocation board: awards with where they stand, counts per state, what waits to be opened."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from naru.portal.allocation.models import Award
from naru.portal.calls.models import Call
from naru.portal.calls.queries import in_force
from naru.portal.screening import owed
from naru.portal.selection.models import MatchingRun


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """What a table of awards is narrowed to; empty texts narrow nothing."""

    state: str = ""
    product: str = ""
    text: str = ""


def newest_call() -> Call | None:
    """The call the staff rooms open with: the last one announced."""
    return next((version.call for version in in_force()), None)


def awards(call: Call, narrowing: Narrowing) -> QuerySet[Award]:
    """The awards of a call with all a row shows; `lapsing` where a certificate has to be renewed (E-05)."""
    found = Award.objects.filter(call=call).select_related(
        "application__organisation", "vendor", "cloud", "agreement", "server"
    )
    found = found.annotate(lapsing=Exists(owed.outstanding_of(OuterRef("application"))))
    if narrowing.state:
        found = found.filter(state=narrowing.state)
    if narrowing.product:
        found = found.filter(product=narrowing.product)
    if narrowing.text:
        found = found.filter(
            Q(application__number__icontains=narrowing.text)
            | Q(application__organisation__name__icontains=narrowing.text)
            | Q(application__title__icontains=narrowing.text)
        )
    return found


def counts(call: Call) -> dict[str, int]:
    """How many awards stand in each state; states nobody is in are 0."""
    rows = Award.objects.filter(call=call).order_by().values_list("state").annotate(Count("pk"))
    return dict.fromkeys(Award.State.values, 0) | dict(rows)


def matchings_to_open(call: Call) -> QuerySet[MatchingRun]:
    """Confirmed matchings with a served application that has no award yet; `waiting` counts them."""
    served = Q(matches__vendor__isnull=False, matches__application__award=None)
    found = MatchingRun.objects.filter(selection__call=call, confirmed_at__isnull=False)
    return found.annotate(waiting=Count("matches", filter=served)).filter(waiting__gt=0)


def award_with_story(pk: int) -> Award | None:
    """One award with every row its page tells of."""
    found = Award.objects.select_related(
        "call", "application__organisation", "application__applicant", "vendor", "cloud", "server",
        "agreement__signed_by", "agreement__countersigned_by", "withdrawal__withdrawn_by",
    )  # fmt: skip
    return found.filter(pk=pk).first()

"""The waiting lists (예비): who waits for each product, best first; nothing is decided here."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from naru.portal.allocation.models import RefillDecision
from naru.portal.appeals import queries as appeals
from naru.portal.applications.models import Application
from naru.portal.calls.models import Call
from naru.portal.selection.models import SelectionOutcome, SelectionRun


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiter:
    """Who waits for a product; `appealed`: by an upheld appeal, with the rank it would have had."""

    application: Application
    product: str
    rank: int | None
    round_id: str
    appealed: bool = False
    heads: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one applicant stands: its place from the top of `waiting` in all, and the last word on it.

    `place` is None for who does not wait (any more).
    """

    place: int | None
    waiting: int
    waiter: Waiter | None
    last: RefillDecision | None


def waiting_lists(call: Call) -> dict[str, list[Waiter]]:
    """By product who waits, best first: by round and rank, everyone placed without an award or an offer.

    Who would have been selected but for what an upheld appeal put right stands before all others; other
    upheld appeals wait by the rank they came to (R-06). An offer answered or lapsed ends the waiting.
    """
    appealed = appeals.places(call).filter(
        application__award=None, application__offer=None, application__state=Application.State.SUBMITTED
    )
    upheld = {
        one.application_id: Waiter(
            application=one.application, product=one.product, rank=one.rank, round_id=one.round_id,
            appealed=True, heads=one.heads,
        )
        for one in appealed
    }  # fmt: skip
    others = [
        Waiter(application=one.application, product=one.product, rank=one.rank, round_id=one.run.round_id)
        for one in _placed(call)
        if one.application_id not in upheld
    ]
    first = [one for one in upheld.values() if one.heads]
    rest = [*(one for one in upheld.values() if not one.heads), *others]
    found: dict[str, list[Waiter]] = {}
    for one in [*first, *sorted(rest, key=lambda one: (one.round_id, one.rank or 0, not one.appealed))]:
        found.setdefault(one.product, []).append(one)
    return found


def waiting_list(call: Call, product: str) -> list[Waiter]:
    """Who waits for one product."""
    return waiting_lists(call).get(product, [])


def listed(applications: Iterable[Application]) -> set[int]:
    """Those of some applications who wait or waited for a server.

    By a published result, by an upheld appeal, selected while no server was left, or offered a place.
    """
    waiting = Q(
        outcomes__run__state=SelectionRun.State.PUBLISHED,
        outcomes__status=SelectionOutcome.Status.WAITING,
    )
    unserved = Q(matches__run__confirmed_at__isnull=False, matches__vendor=None)
    keys = [one.pk for one in applications]
    rows = Application.objects.filter(
        waiting | unserved | Q(appeal__place__isnull=False) | Q(offer__isnull=False), pk__in=keys
    )
    return set(rows.values_list("pk", flat=True))


def standing_of(application: Application) -> Standing:
    """Where an application stands on its product's list, and what the last refill said of it."""
    line = waiting_list(application.call, application.product)
    place = next((n for n, one in enumerate(line, 1) if one.application.pk == application.pk), None)
    last = RefillDecision.objects.filter(application=application).first()
    waiter = None if place is None else line[place - 1]
    return Standing(place=place, waiting=len(line), waiter=waiter, last=last)


def _placed(call: Call) -> list[SelectionOutcome]:
    """The outcomes that wait."""
    found = SelectionOutcome.objects.filter(
        run__call=call,
        run__state__in=[SelectionRun.State.CONFIRMED, SelectionRun.State.PUBLISHED],
        status__in=[SelectionOutcome.Status.SELECTED, SelectionOutcome.Status.WAITING],
        application__award=None,
        application__offer=None,
        application__state=Application.State.SUBMITTED,
    )
    return list(
        found.select_related("application__organisation", "application__applicant", "run")
        .defer("run__record")  # it is megabytes
        .order_by("run__round_id", "rank")
    )

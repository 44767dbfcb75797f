"""Reading the record: is a chain whole, and what was done to a subject."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models

from naru.domain.chain import GENESIS
from naru.portal.audit.models import Chain, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """The first place where a chain does not hold: the event's number and what is wrong there."""

    number: int
    reason: str


def verify(chain: Chain, *, seen: Callable[[int], object] | None = None) -> Break | None:
    """None when every event follows from the one before and the chain ends where its row says.

    `seen` is told the number of events read, every thousand.
    """
    previous, number = GENESIS, 0
    for event in chain.events.order_by("number").iterator(chunk_size=2000):
        number += 1
        if event.number != number:
            return Break(number=number, reason="missing")
        if event.previous_hash != previous:
            return Break(number=number, reason="does not follow the event before it")
        if event.hash != event.entry(chain.key).hash():
            return Break(number=number, reason="content was changed")
        previous = event.hash
        if seen and number % 1000 == 0:
            seen(number)
    if (number, previous) != (chain.length, chain.head):
        return Break(number=number + 1, reason="the chain's end does not agree with its last event")
    return None


def chains() -> models.QuerySet[Chain]:
    """Every chain, by key."""
    return Chain.objects.order_by("key")


def events(*, subject_type: str = "", subject_id: str = "", action: str = "") -> models.QuerySet[Event]:
    """Events, newest first, narrowed by subject and by the beginning of the action's name."""
    found = Event.objects.select_related("actor", "chain").order_by("-at", "-pk")
    if subject_type:
        found = found.filter(subject_type=subject_type)
    if subject_id:
        found = found.filter(subject_id=subject_id)
    if action:
        found = found.filter(action__startswith=action)
    return found

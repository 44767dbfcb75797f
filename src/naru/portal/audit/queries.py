"""Reading the record: is a chain whole, and what was done to a subject."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from django.db import models
from django.utils.translation import gettext_lazy as _

from naru.domain.chain import GENESIS
from naru.portal.audit.models import Chain, Event

REASONS = {  # by Break.code, for the page
    "missing": _("이 번호의 기록이 없습니다."),
    "order": _("앞 기록의 해시와 이어지지 않습니다."),
    "content": _("기록의 내용이 바뀌었습니다."),
    "end": _("마지막 기록과 기록줄의 끝이 서로 다릅니다."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """The first place where a chain does not hold: the event's number and what is wrong there."""

    number: int
    code: Literal["missing", "order", "content", "end"]

    @property
    def reason(self) -> str:
        """What is wrong, in plain English for the terminal."""
        return {
            "missing": "missing",
            "order": "does not follow the event before it",
            "content": "content was changed",
            "end": "the chain's end does not agree with its last event",
        }[self.code]


def verify(chain: Chain, *, seen: Callable[[int], object] | None = None) -> Break | None:
    """None when every event follows from the one before and the chain ends where its row says.

    `seen` is told the number of events read, every thousand.
    """
    previous, number = GENESIS, 0
    for event in chain.events.order_by("number").iterator(chunk_size=2000):
        number += 1
        if event.number != number:
            return Break(number=number, code="missing")
        if event.previous_hash != previous:
            return Break(number=number, code="order")
        if event.hash != event.entry(chain.key).hash():
            return Break(number=number, code="content")
        previous = event.hash
        if seen and number % 1000 == 0:
            seen(number)
    if (number, previous) != (chain.length, chain.head):
        return Break(number=number + 1, code="end")
    return None


def chains() -> models.QuerySet[Chain]:
    """Every chain, by key."""
    return Chain.objects.order_by("key")


def events(
    *, chain: str = "", subject_type: str = "", subject_id: str = "", action: str = ""
) -> models.QuerySet[Event]:
    """Events, newest first, narrowed by chain, subject and the beginning of the action's name."""
    found = Event.objects.select_related("actor", "chain").order_by("-at", "-pk")
    if chain:
        found = found.filter(chain__key=chain)
    if subject_type:
        found = found.filter(subject_type=subject_type)
    if subject_id:
        found = found.filter(subject_id=subject_id)
    if action:
        found = found.filter(action__startswith=action)
    return found

"""The player: the one door through which the demo acts, and the count of every act and refusal."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from heapq import heappop, heappush
from itertools import count
from random import Random
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction

from naru.domain.decision import Refused

T = TypeVar("T")
Step = Callable[[datetime], object]


@dataclass
class Player:
    """Plays actions and counts them; `tell` hears after each one, `rng` decides what people do.

    `latest` is the last instant anything was done.
    """

    rng: Random
    tell: Callable[[], object] = lambda: None
    taken: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    latest: datetime | None = None
    _agenda: list[tuple[datetime, int, Step]] = field(default_factory=list)
    _tickets: Iterator[int] = field(default_factory=count)

    def play(self, action: Callable[..., T], *, at: datetime, **arguments: Any) -> T:
        """Take one action; whatever it refuses is a mistake in the demo and is raised.

        Raises AssertionError for an instant before the last one: the year goes forward only.
        """
        if self.latest is not None and at < self.latest:
            raise AssertionError(f"{_name(action)} at {at} comes after an act at {self.latest}")
        result = action(at=at, **arguments)
        self.taken[_name(action)] += 1
        self.latest = at
        self.tell()
        return result

    def try_in_vain(self, action: Callable[..., object], **arguments: Any) -> str:
        """An attempt the rules must refuse; returns the finding's code. A success is a mistake and raises."""
        try:
            with transaction.atomic():
                action(**arguments)
        except Refused as error:
            code = f"{error.finding.clause} {error.finding.code}"
        except ValidationError as error:
            code = str(getattr(error, "code", "") or "form")
        else:
            raise AssertionError(f"{_name(action)} was meant to be refused: {arguments}")
        self.refused[code] += 1
        return code

    def later(self, at: datetime, step: Step) -> None:
        """Put a step on the agenda; steps of one instant are played in the order they were put there."""
        heappush(self._agenda, (at, next(self._tickets), step))

    def run(self) -> None:
        """Play the agenda by its instants until nothing is left; a step may put others on it."""
        while self._agenda:
            at, _ticket, step = heappop(self._agenda)
            step(at)


@contextmanager
def one_transaction() -> Iterator[None]:
    """Many acts written to the disk at once: the demo builds its database from nothing or not at all."""
    with transaction.atomic():
        yield


def _name(action: Callable[..., object]) -> str:
    """The name under which the audit record has it: step and function."""
    return f"{action.__module__.split('.')[2]}.{action.__name__}"  # naru.portal.<step>.actions

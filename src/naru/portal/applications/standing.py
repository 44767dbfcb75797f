"""What stands about applications: each step tells its tasks and its events here, once, in `AppConfig.ready`.

The corridor lets applications know no later step; so the steps bring what the applicant's pages show of
them. A step is asked about many applications at once, so that a list costs what one page costs.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from naru.domain import call as domain
from naru.portal.applications.models import Application
from naru.portal.ui.components import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the status page: what, how it stands, the page to open, and when something is owed.

    `step` is the code of the year's step it belongs to (`ui.components.YEAR`); `asked` what the applicant
    has to do, empty when nothing; `due` until when; `tone` that of a badge. A `way_out` (giving up) says
    nothing of where it stands: it is a link beside the others.
    """

    step: str
    label: Any
    state: Any
    tone: str = "neutral"
    note: Any = ""
    asked: Any = ""
    due: datetime | None = None
    url: str = ""
    way_out: bool = False


@dataclass(slots=True)
class Standing:
    """Everything the steps say of one application; `lines` in their order, `events` by time."""

    lines: list[Line] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    ways_out: list[Line] = field(default_factory=list)

    @property
    def tasks(self) -> list[Line]:
        """What is asked of the applicant: the earliest due first, those without a date last."""
        asked = [line for line in self.lines if line.asked]
        dated = sorted((line for line in asked if line.due), key=lambda line: line.due)  # type: ignore[arg-type, return-value]  # just filtered
        return dated + [line for line in asked if not line.due]

    @property
    def asked(self) -> Line | None:
        """What the applicant has to do first."""
        return next(iter(self.tasks), None)

    @property
    def step(self) -> str:
        """The step of the year the last line belongs to; empty without one."""
        return self.lines[-1].step if self.lines else ""


Told = Iterable[tuple[Application, Line | Event]]
Terms = Mapping[int, domain.Call]  # by the call's key, what it says now
Provider = Callable[[Sequence[Application], datetime, Terms], Told]
_providers: dict[int, tuple[Provider, tuple[str, ...]]] = {}


def register(order: int, provider: Provider, *related: str) -> None:
    """Add a step at its place in the corridor; `related` one-to-one rows are read in the same query.

    Raises ValueError when another provider has that place.
    """
    if _providers.setdefault(order, (provider, related))[0] is not provider:
        raise ValueError(f"standing: place {order} is taken")


def related() -> list[str]:
    """The rows of later steps to read in the same query as the application."""
    return [path for _order, (_provider, paths) in sorted(_providers.items()) for path in paths]


def standings(applications: Sequence[Application], at: datetime, terms: Terms) -> dict[int, Standing]:
    """What stands of each application, by key; a step is asked once about all of them."""
    found = {application.pk: Standing() for application in applications}
    for _order, (provide, _paths) in sorted(_providers.items()):
        for application, told in provide(applications, at, terms):
            one = found[application.pk]
            if isinstance(told, Event):
                one.events.append(told)
            else:
                (one.ways_out if told.way_out else one.lines).append(told)
    for one in found.values():
        one.events.sort(key=lambda event: event.at)
    return found

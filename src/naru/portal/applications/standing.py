"""What stands now about an application: each later step adds its lines here, once, in `AppConfig.ready`.

The corridor lets applications know no later step; so the steps bring what the applicant's page shows of them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from naru.portal.applications.models import Application


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


Provider = Callable[[Application, datetime], Iterable[Line]]
_providers: dict[int, tuple[Provider, tuple[str, ...]]] = {}


def register(order: int, provider: Provider, *related: str) -> None:
    """Add a step's lines at its place in the corridor; `related` one-to-one rows are read in the same query.

    Raises ValueError when another provider has that place.
    """
    if _providers.setdefault(order, (provider, related))[0] is not provider:
        raise ValueError(f"standing: place {order} is taken")


def related() -> list[str]:
    """The rows of later steps to read in the same query as the application."""
    return [path for _order, (_provider, paths) in sorted(_providers.items()) for path in paths]


def lines(application: Application, at: datetime) -> list[Line]:
    """Every line of an application that was handed in, in the order of the steps; none for a draft."""
    if application.state != Application.State.SUBMITTED:
        return []
    return [
        line for _order, (provide, _paths) in sorted(_providers.items()) for line in provide(application, at)
    ]


def next_asked(found: Iterable[Line]) -> Line | None:
    """What the applicant has to do first: the earliest due, those without a date last."""
    asked = [line for line in found if line.asked]
    dated = [line for line in asked if line.due is not None]
    return min(dated, key=lambda line: line.due, default=next(iter(asked), None))

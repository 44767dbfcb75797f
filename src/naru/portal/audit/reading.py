"""`@reads("application")` beside a view: showing somebody else's personal data leaves a row (ADR 0105).

Who looks at their own data leaves none: applicants' pages show applicants their own, so only people with
another role are written down, unless the view says `everybody=True`. The row names the record class, the
ids of the address (and those given to `shown`), and the address's name: why the page was opened. It costs
one insert and no lock.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from naru.portal.audit import actions
from naru.portal.audit.wording import CLASSES
from naru.portal.ui import clock
from naru.portal.ui.navigation import APPLICANT

View = Callable[..., HttpResponseBase]
SHOWN, OK = "_naru_shown", 200


def reads(record_class: str, *, everybody: bool = False) -> Callable[[View], View]:
    """Write down who was shown records of this class (a key of `wording.CLASSES`)."""
    if record_class not in CLASSES:
        raise ValueError(f"reads: {record_class!r} is no record class; choose from {', '.join(CLASSES)}")

    def decorate(view: View) -> View:
        @wraps(view)
        def noted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            answer = view(request, *args, **kwargs)
            person: Any = request.user
            if (
                answer.status_code == OK
                and person.is_authenticated
                and (everybody or set(person.roles) - {APPLICANT})
            ):
                found = request.resolver_match
                actions.note_read(
                    by=person,
                    at=clock.now(),
                    record_class=record_class,
                    ids=[*(str(value) for value in kwargs.values()), *getattr(request, SHOWN, ())],
                    route=found.view_name if found else "",
                )
            return answer

        noted.reads = record_class  # type: ignore[attr-defined]
        return noted

    return decorate


def shown(request: HttpRequest, rows: Iterable[Any]) -> None:
    """Name the rows a list shows, for the row its view leaves."""
    setattr(request, SHOWN, [str(row.pk) for row in rows])

"""What happened to an application, and what comes next and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from naru.domain import call as domain
from naru.domain.periods import day_in
from naru.portal.applications.models import Application
from naru.portal.audit.models import Event as Recorded
from naru.portal.ui.components import YEAR, Event, Tone

WORDS: Mapping[str, tuple[Any, Tone]] = {
    "applications.start": (gettext_lazy("신청서 작성을 시작함"), "neutral"),
    "applications.submit": (gettext_lazy("제출함"), "ok"),
    "applications.withdraw": (gettext_lazy("철회함"), "warn"),
    "applications.ask_professor": (gettext_lazy("지도교수에게 확인을 요청함"), "active"),
    "applications.confirm_student": (gettext_lazy("지도교수가 확인함"), "ok"),
    "applications.decline_student": (gettext_lazy("지도교수가 확인하지 않음"), "bad"),
    "applications.change_professor": (gettext_lazy("지도교수를 바꿈"), "neutral"),
}
STEPS = {
    "screening": "screening",
    "evaluation": "evaluation",
    "results": "selection",
    "matching": "matching",
    "use": "allocation",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A step ahead: its name, and when: an instant or days where known, else as the call prints it."""

    label: Any
    at: datetime | None = None
    starts: date | None = None
    ends: date | None = None
    printed: str = ""


def events(application: Application) -> list[Event]:
    """The applicant's and the professor's own acts, as the audit record has them, by time: one query."""
    rows = Recorded.objects.filter(
        subject_type=application._meta.label_lower,  # noqa: SLF001 - Django's documented API
        subject_id=str(application.pk),
        action__in=list(WORDS),
    )
    return [_event(row.action, row.at, row.facts) for row in rows.order_by("at", "pk")]


def _event(action: str, at: datetime, facts: Mapping[str, Any]) -> Event:
    title, tone = WORDS[action]
    if action == "applications.submit":
        title = _("제출함: %(revision)s회차, 접수번호 %(number)s") % facts
    elif action == "applications.decline_student" and facts.get("taken_back"):
        title = _("지도교수가 확인을 거둠")
    return Event(at=at, title=title, tone=tone)


def coming(terms: domain.Call, one: domain.Round, step: str, at: datetime) -> list[Coming]:
    """The call's steps after `step` (a code of the year), the close of intake before them while it is ahead.

    The schedule says "in March" where it says no day; that is passed on as printed, not guessed at.
    """
    codes = [code for code, _label in YEAR]
    here, today = codes.index(step), day_in(terms.zone, at)
    found = []
    if one.last_closing is not None and at < one.last_closing:
        found.append(Coming(label=_("접수 마감"), at=one.last_closing))
    for row in terms.schedule:
        ahead = row.step in STEPS and codes.index(STEPS[row.step]) > here
        if ahead and not (row.ends and row.ends < today):
            printed = "" if row.starts else row.printed
            found.append(Coming(label=row.label, starts=row.starts, ends=row.ends, printed=printed))
    return found

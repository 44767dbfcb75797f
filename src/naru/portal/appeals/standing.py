"""What the applicant's pages show of an appeal: that it may be filed and until when, how it stands."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from naru.domain.appeal import object_until
from naru.portal.appeals import words
from naru.portal.appeals.models import Appeal
from naru.portal.applications.models import Application
from naru.portal.applications.standing import Line, Terms, Told
from naru.portal.ui.components import Event


def told(applications: Sequence[Application], at: datetime, terms: Terms) -> Told:
    """For each announced application its appeal, or until when one may be filed."""
    for application in applications:
        if application.announced_at is None or application.state != Application.State.SUBMITTED:
            continue
        appeal = getattr(application, "appeal", None)
        if appeal is None:
            until = object_until(terms[application.call_id], application.announced_at)
            if at < until:
                yield application, _offer(application, until - timedelta(minutes=1))
            continue
        yield application, _standing(appeal)
        for event in story(appeal):
            yield application, event


def _offer(application: Application, until: datetime) -> Line:
    return Line(
        step="selection",
        label=_("이의신청"),
        state=_("낼 수 있음"),
        note=_("결과가 잘못되었다고 생각하면 기한 안에 낼 수 있습니다 (R-06)."),
        due=until,
        url=reverse("appeals:own", args=[application.pk]),
    )


def _standing(appeal: Appeal) -> Line:
    waits = appeal.state in ("filed", "proposed")
    return Line(
        step="selection",
        label=_("이의신청"),
        state=words.OWN[appeal.state],
        tone="wait" if waits else words.TONES[appeal.state],
        note=_("답을 받는 기한") if waits else "",
        due=appeal.due if waits else None,
        url=reverse("appeals:own", args=[appeal.application_id]),
    )


def story(appeal: Appeal) -> Iterator[Event]:
    """What happened to an appeal, as who filed it may know."""
    yield Event(at=appeal.filed_at, title=_("이의신청을 냄"), tone="active")
    if appeal.extended_at:
        yield Event(
            at=appeal.extended_at, title=_("답할 기한을 늘림"), detail=appeal.extension_reason, tone="warn"
        )
    if appeal.withdrawn_at:
        yield Event(at=appeal.withdrawn_at, title=_("이의신청을 철회함"), tone="neutral")
    if appeal.decided_at:
        upheld = appeal.state in ("upheld", "settled")
        title = _("이의신청을 받아들임") if upheld else words.OWN[appeal.state]
        yield Event(at=appeal.decided_at, title=title, tone="ok" if upheld else "bad")
    if appeal.settled_at:
        yield Event(at=appeal.settled_at, title=_("다시 심사한 결과가 나옴"), tone="ok")

"""What the applicant's page shows of the selection: the published result and its letter."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from naru.portal.applications.models import Application
from naru.portal.applications.standing import Line
from naru.portal.selection import queries, words


def lines(application: Application, at: datetime) -> Iterator[Line]:  # noqa: ARG001 - a published result is not a matter of time
    """The result once it is published; nothing before, whatever was confirmed."""
    if application.settled_at is None:
        return
    outcome = queries.published_outcome(application)
    if outcome is None:
        return
    tone, word = words.OUTCOMES[outcome.status]
    yield Line(
        step="selection",
        label=_("선정 결과"),
        state=word,
        tone=tone,
        url=reverse("selection:letter", args=[application.pk]),
    )

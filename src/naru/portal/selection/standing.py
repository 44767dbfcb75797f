"""What the applicant's pages show of the selection: the published result and its letter."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from naru.portal.applications.models import Application
from naru.portal.applications.standing import Line, Terms, Told
from naru.portal.selection import queries, words
from naru.portal.ui.components import Event


def told(applications: Sequence[Application], at: datetime, terms: Terms) -> Told:  # noqa: ARG001 - a published result is not a matter of time
    """The result once it is published; nothing before, whatever was confirmed."""
    settled = {one.pk: one for one in applications if one.settled_at is not None}
    if not settled:
        return
    for outcome in queries.published_outcomes(settled.values()):
        one = settled[outcome.application_id]
        tone, word = words.OUTCOMES[outcome.status]
        yield (
            one,
            Line(
                step="selection",
                label=_("선정 결과"),
                state=word,
                tone=tone,
                url=reverse("selection:letter", args=[one.pk]),
            ),
        )
        if outcome.run.published_at:
            title = _("선정 결과 공지: %(result)s") % {"result": word}
            yield one, Event(at=outcome.run.published_at, title=title, tone=tone)  # type: ignore[arg-type]  # the table's are tones

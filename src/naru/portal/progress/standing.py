"""What the applicant's page shows of progress: everything due or overdue, and the next thing to come."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from naru.portal.allocation.models import Award
from naru.portal.applications.models import Application
from naru.portal.applications.standing import Line, Terms, Told
from naru.portal.progress import queries, words
from naru.portal.ui.components import Event
from naru.portal.ui.gathering import gather

RELATED = ("award__survey",)
# who left early still owes the months of use and the survey (P-01, P-05)
SHOWN = (Award.State.IN_USE, Award.State.ENDED, Award.State.WITHDRAWN, Award.State.EXCLUDED)
PAGES = {
    "midpoint_check": "progress:midpoint",
    "final_check": "progress:final",
    "survey": "progress:survey",
}


def told(applications: Sequence[Application], at: datetime, terms: Terms) -> Told:
    """A line per task that presses, else the next one; in use, and after it for the survey."""
    shown = [one for one in applications if getattr(one, "award", None) and one.award.state in SHOWN]
    awards = [one.award for one in shown]
    gather(awards, queries.HANDED_IN)
    for application, award in zip(shown, awards, strict=True):
        award.application = application  # the same row: not to be read again
        said = terms[application.call_id]
        one = queries.standing(award, at, said)
        for row in words.task_rows(said, one.pressing or one.tasks[:1]):
            yield application, _line(application, row, pressing=bool(one.pressing))
        for report in award.reports.all():
            title = _("%(month)s 월간 보고") % {"month": f"{report.month:%Y-%m}"}
            yield application, Event(at=report.reported_at, title=title)
        for check in award.checks.all():
            yield application, Event(at=check.submitted_at, title=check.get_kind_display(), tone="active")


def _line(application: Application, row: dict[str, Any], *, pressing: bool) -> Line:
    page = PAGES.get(row["obligation"], "progress:report")
    return Line(
        step="checks" if row["obligation"] in PAGES else "progress",
        label=row["title"],
        state=row["state"],
        tone=row["tone"],
        asked=_("%(task)s 제출") % {"task": row["title"]} if pressing else "",
        due=row["due"],
        url=reverse(page, args=[application.pk]),
    )

"""What the applicant's page shows of progress: everything due or overdue, and the next thing to come."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from naru.portal.allocation.models import Award
from naru.portal.applications.models import Application
from naru.portal.applications.standing import Line
from naru.portal.progress import queries, words

RELATED = ("award__survey",)
SHOWN = (Award.State.IN_USE, Award.State.ENDED)
PAGES = {
    "midpoint_check": "progress:midpoint",
    "final_check": "progress:final",
    "survey": "progress:survey",
}


def lines(application: Application, at: datetime) -> Iterator[Line]:
    """A line per task that presses, else the next one; in use, and after it for the survey."""
    award = getattr(application, "award", None)
    if award is None or award.state not in SHOWN:
        return
    award.application = application  # the same row: not to be read again
    terms = queries.terms_of(application.call)
    one = queries.standing(award, at, terms)
    for row in words.task_rows(terms, one.pressing or one.tasks[:1]):
        page = PAGES.get(row["obligation"], "progress:report")
        yield Line(
            step="checks" if row["obligation"] in PAGES else "progress",
            label=row["title"],
            state=row["state"],
            tone=row["tone"],
            asked=_("%(task)s 제출") % {"task": row["title"]} if one.pressing else "",
            due=row["due"],
            url=reverse(page, args=[application.pk]),
        )

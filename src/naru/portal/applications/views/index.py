"""/applications/: every application of a person and the companies, each with its next task."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from naru.portal.accounts.access import actor
from naru.portal.applications import parts, queries, standing
from naru.portal.applications.models import Application
from naru.portal.applications.standing import Line
from naru.portal.calls import queries as calls
from naru.portal.calls.queries import OpenRound
from naru.portal.ui import clock

PAGE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One application of the list: how it stands in a word, and what is asked first."""

    application: Application
    line: Line | None
    task: Line | None
    tasks: int


@require_safe
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """One's applications, the latest first; the most pressing task of all above them."""
    now = clock.now()
    found = queries.own(actor(request)).select_related(*standing.related())
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    every = calls.rounds()
    rounds = calls.open_of(every, now)
    rows = rows_of(list(page.object_list), every, now)
    asked = [row for row in rows if row.task is not None]
    dated = [row for row in asked if row.task and row.task.due]
    first = min(dated, key=lambda row: row.task.due, default=next(iter(asked), None))
    context = {"rows": rows, "page_obj": page, "open": rounds, "first": first}
    return render(request, "applications/index.html", context)


def rows_of(applications: Sequence[Application], rounds: Sequence[OpenRound], at: datetime) -> list[Row]:
    """Each application with what stands of it; the steps are asked once about all of them."""
    terms = {one.call.pk: one.terms for one in rounds}
    stands = standing.standings(applications, at, terms)
    parts.load(*(one for one in applications if one.state == Application.State.DRAFT))
    rows = []
    for application in applications:
        one = stands[application.pk]
        draft = _draft_task(application, rounds, at)
        rows.append(
            Row(
                application=application,
                line=one.lines[-1] if one.lines else None,
                task=one.asked or draft,
                tasks=len(one.tasks) + (draft is not None),
            )
        )
    return rows


def _draft_task(application: Application, rounds: Sequence[OpenRound], at: datetime) -> Line | None:
    """A draft is to be submitted before its round closes."""
    if application.state != Application.State.DRAFT:
        return None
    key: tuple[Any, str] = (application.call_id, application.round_id)
    open_round = next((one for one in rounds if (one.call.pk, one.round.id) == key), None)
    if open_round is None or not open_round.round.accepts(at):
        return None
    whole = not queries.missing(application)
    return Line(
        step="applications",
        label=_("신청서 제출"),
        state=_("작성 중"),
        asked=_("다 적었습니다. 확인하고 제출하십시오.") if whole else _("빠진 것을 채우고 제출하십시오."),
        due=open_round.round.last_closing,
        url=reverse("applications:submit" if whole else "applications:edit", args=[application.pk]),
    )

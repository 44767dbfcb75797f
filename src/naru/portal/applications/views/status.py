"""The application's own page: where it stands, what is asked and by when; the answers on a second page."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from naru.portal.accounts.access import actor
from naru.portal.applications import queries, standing
from naru.portal.applications.models import Application
from naru.portal.applications.views.access import readable
from naru.portal.calls import queries as calls
from naru.portal.organisations.models import Supplier
from naru.portal.ui import clock
from naru.portal.ui.components import Tab, year


def context_of(application: Application, page: str = "detail") -> dict[str, Any]:
    """What every page of one application shows: the terms in force, the close, how far it is."""
    terms = calls.terms(calls.current(application.call))
    one = terms.round(application.round_id)
    handed_in = application.state == Application.State.SUBMITTED
    return {
        "application": application,
        "call": application.call,
        "terms": terms,
        "round": one,
        "closes_at": one.last_closing,
        "open": one.accepts(clock.now()),
        "done": None if handed_in else queries.completeness(application),
        "clauses": {clause.code: clause for clause in terms.clauses},
        "product": next((row.title for row in terms.resources if row.id == application.product), None),
        "clouds": cloud_names(application),
        "tabs": tabs_of(application, page),
    }


def tabs_of(application: Application, current: str) -> list[Tab]:
    """The pages of one application its people open now: the form only while it may be changed."""
    pages = {"detail": _("상태"), "edit": _("신청서"), "documents": _("서류"), "submit": _("제출")}
    if application.state == Application.State.SUBMITTED:
        pages = {"detail": _("상태"), "content": _("신청 내용"), "receipt": _("접수증")}
    return [
        Tab(label=label, url=reverse(f"applications:{name}", args=[application.pk]), current=name == current)
        for name, label in pages.items()
    ]


def cloud_names(application: Application) -> list[str]:
    """The clouds asked for, by name, the most wanted first; a code nobody has any more stays."""
    if not application.clouds:
        return []
    names = dict(Supplier.objects.filter(code__in=application.clouds).values_list("code", "name"))
    return [names.get(code, code) for code in application.clouds]


@require_safe
@login_required
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Where it stands, what is owed."""
    now = clock.now()
    application = readable(request, pk, queries.outlines().select_related(*standing.related()))
    if application.state != Application.State.SUBMITTED:
        prefetch_related_objects([application], *queries.PARTS)
    context = context_of(application)
    every = standing.lines(application, now)
    found = [line for line in every if not line.way_out]
    step = found[-1].step if found else "applications" if context["open"] else "screening"
    live = application.settled_at is None
    context |= {
        "owner": queries.acts_for(actor(request), application),
        "lines": found,
        "ways_out": [line for line in every if line.way_out],
        "asked": standing.next_asked(found),
        "year": year(step),
        "same_unit": queries.same_unit(application) if live else (),
    }
    return render(request, "applications/detail.html", context)


@require_safe
@login_required
def content(request: HttpRequest, pk: int) -> HttpResponse:
    """What was answered and attached."""
    application = readable(request, pk)
    context = context_of(application, "content") | {"owner": queries.acts_for(actor(request), application)}
    return render(request, "applications/answers.html", context)

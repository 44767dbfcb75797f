"""The application's own page: where it stands, what is asked and by when; the answers on a second page."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from naru.portal.accounts.access import actor
from naru.portal.applications import history, parts, queries, standing
from naru.portal.applications.editing import exception_in_force
from naru.portal.applications.models import Application
from naru.portal.applications.views.access import READERS, readable
from naru.portal.audit.reading import reads
from naru.portal.calls import queries as calls
from naru.portal.mail import queries as mail
from naru.portal.organisations.models import Supplier
from naru.portal.ui import clock
from naru.portal.ui.components import Tab, year


def context_of(application: Application, page: str = "detail") -> dict[str, Any]:
    """What every page of one application shows: the terms in force, the close, how far it is."""
    context = frame_of(application, page)
    terms = context["terms"]
    handed_in = application.state == Application.State.SUBMITTED
    return context | {
        "done": None if handed_in else queries.completeness(application),
        "clauses": {clause.code: clause for clause in terms.clauses},
        "product": next((row.title for row in terms.resources if row.id == application.product), None),
        "clouds": cloud_names(application),
    }


def frame_of(application: Application, page: str) -> dict[str, Any]:
    """What needs no part of the application: its call, whether intake runs, the tabs."""
    terms = calls.terms(calls.current(application.call))
    one, now = terms.round(application.round_id), clock.now()
    submitted = application.state == Application.State.SUBMITTED
    late = None if submitted else exception_in_force(application, one, now)
    return {
        "application": application,
        "call": application.call,
        "terms": terms,
        "round": one,
        "closes_at": late.until if late else one.last_closing,
        "open": late is not None or one.accepts(now),
        "late": late,
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
@reads("application")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Where it stands, what is owed and by when, what comes next and when, what happened so far."""
    now = clock.now()
    application = readable(request, pk, queries.outlines().select_related(*standing.related()))
    if application.state != Application.State.SUBMITTED:
        parts.load(application)
    context = context_of(application)
    terms = {application.call_id: context["terms"]}
    stands = standing.standings([application], now, terms)[application.pk]
    waiting = context["open"] or application.state != Application.State.SUBMITTED
    step = stands.step or ("applications" if waiting else "screening")
    told = [*history.events(application), *stands.events]
    told = sorted(told, key=lambda event: event.at)[::-1]  # of one instant, the later first
    context |= {
        "owner": application.mine,  # type: ignore[attr-defined]  # readable() annotates it
        "lines": stands.lines,
        "tasks": stands.tasks,
        "ways_out": stands.ways_out,
        "asked": stands.asked,
        "step": step,
        "out": not context["open"] and application.state != Application.State.SUBMITTED,
        "year": year(step),
        "coming": history.coming(context["terms"], context["round"], step, now),
        "events": told,
        "mails": list(mail.about(application)),
        "reads_all": actor(request).has_role(*READERS),
        "same_unit": queries.same_unit(application) if application.settled_at is None else (),
    }
    return render(request, "applications/detail.html", context)


@require_safe
@login_required
@reads("application")
def content(request: HttpRequest, pk: int) -> HttpResponse:
    """What was answered and attached."""
    application = readable(request, pk)
    context = context_of(application, "content") | {
        "owner": application.mine,  # type: ignore[attr-defined]  # readable() annotates it
    }
    return render(request, "applications/answers.html", context)

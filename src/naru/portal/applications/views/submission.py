"""Handing an application in, and taking it back."""

from typing import Any
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from naru.domain import receipt as domain
from naru.domain.decision import Refused
from naru.portal.accounts.access import actor
from naru.portal.applications import actions, places, queries, refusals
from naru.portal.applications.forms.check import SubmitForm, WithdrawForm
from naru.portal.applications.models import Application
from naru.portal.applications.views.access import own
from naru.portal.applications.views.status import context_of, frame_of
from naru.portal.ui.arrival import received_at
from naru.portal.ui.refusals import attempt
from naru.portal.ui.wording import moment


@require_http_methods(["GET", "POST"])
@login_required
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand it in: a page of its own, so that nothing is submitted by accident.

    The press carries a key and what the page showed, nothing else, and is judged by when it arrived.
    """
    if request.method != "POST":
        return _submit_page(request, own(request, pk))
    form = SubmitForm(request.POST)
    if not form.is_valid():  # an old or hand-made page: show the present one
        return _submit_page(request, own(request, pk))
    key, shown = form.cleaned_data["key"], form.cleaned_data["version"]
    try:
        actions.submit(
            by=actor(request),
            at=received_at(request),
            application=Application(pk=pk),  # the action reads it, under its lock
            key=key,
            shown=shown,
            opened=form.cleaned_data["opened"],
        )
    except Application.DoesNotExist as error:
        raise Http404 from error
    except Refused as refusal:  # also to a stranger, for whom there is no such page
        return _submit_page(request, own(request, pk), refusal, shown)
    return redirect("applications:receipt", pk)


def _submit_page(
    request: HttpRequest, application: Application, refusal: Refused | None = None, shown: str = ""
) -> HttpResponse:
    """What will be handed in, what is missing, what changed, and the button."""
    context: dict[str, Any] = context_of(application, "submit")
    content = queries.content(application)
    if refusal is not None:
        context["refusal"] = refusal.finding
        if refusal.finding.code == "draft_changed":
            context["changed"] = places.titles(domain.changed(shown, content), context["terms"])
    if context["done"] is not None:
        items = context["done"].items
        context["needed"] = places.missing(application, items, needed=True)
        context["later"] = places.missing(application, items, needed=False)
    said = {"key": uuid4().hex, "version": domain.marks(content), "opened": received_at(request).isoformat()}
    context["form"] = SubmitForm(initial=said)
    return render(request, "applications/submit.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back, knowing what follows; once the selection is confirmed, where to give up instead."""
    application = own(request, pk, queries.outlines())
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        done = _("신청을 철회했습니다.")
        attempt(request, actions.withdraw, done, application=application, **form.cleaned_data)
        return redirect(application)
    if application.state != Application.State.SUBMITTED or application.settled_at is not None:
        return _not_here(request, application)
    context = {
        "base_template": "base.html",
        "title": _("신청 철회"),
        "question": _("%(number)s 신청을 거두어들일까요?") % {"number": application.number},
        "consequences": _consequences(frame_of(application, "detail")),
        "form": form,
        "confirm_label": _("철회하기"),
        "cancel_url": reverse("applications:detail", args=[pk]),
        "danger": True,
    }
    return render(request, "ui/confirm.html", context)


def _not_here(request: HttpRequest, application: Application) -> HttpResponse:
    """Why there is nothing to take back on this page, in the action's own words."""
    refused = (
        refusals.settled(application.settled_at)
        if application.settled_at
        else refusals.nothing_to_withdraw(application.state)
    )
    context = {"application": application, "refusal": refused.finding}
    return render(request, "applications/withdraw_refused.html", context)


def _consequences(frame: dict[str, Any]) -> list[str]:
    """What follows from withdrawing: before the close a way back, after it none; a restriction never."""
    if frame["open"]:
        closes_at = frame["closes_at"]
        until = moment(closes_at) if closes_at else _("접수가 끝나는 때")
        back = [
            _("마감(%(until)s) 전까지 고쳐서 다시 제출할 수 있고 접수번호는 그대로입니다 (A-03).")
            % {"until": until},
            _("다시 제출하지 않으면 접수되지 않은 신청이 됩니다. 심사도 평가도 받지 않습니다."),
        ]
    else:
        back = [
            _("접수가 마감되어 다시 제출할 수 없습니다 (A-03)."),
            _("이번 심사와 평가에서 빠지며 되돌릴 수 없습니다."),
        ]
    return [
        *back,
        _("선정이 확정되기 전이므로 철회했다고 참여제한을 받지는 않습니다 (L-03)."),
        _("제출했던 내용과 접수증은 기록으로 남습니다."),
    ]

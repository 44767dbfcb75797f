"""Objections to reviewers (기피): the applicant's page of names, the operator's list and answers."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from naru.domain.decision import Refused
from naru.portal.accounts.access import actor, must_send_as, role_required
from naru.portal.applications.queries import own as own_applications
from naru.portal.audit.reading import reads
from naru.portal.calls import queries as calls
from naru.portal.evaluation import actions, objections
from naru.portal.evaluation.forms_people import AnswerForm, ObjectionForm
from naru.portal.evaluation.models import Objection
from naru.portal.evaluation.views.pool import rooms
from naru.portal.screening.pages import clauses, desk
from naru.portal.ui import clock

ROWS = 50


@require_http_methods(["GET", "POST"])
@login_required
@reads("evaluation", everybody=True)
def reviewers(request: HttpRequest, pk: int) -> HttpResponse:
    """The names shown to the applicant, and the objections made."""
    row = get_object_or_404(own_applications(actor(request)), pk=pk)
    people = objections.shown(row.call, row.round_id, clock.now())
    form = ObjectionForm(request.POST if request.method == "POST" else None, people)
    refusal = None
    if form.is_valid():
        try:
            actions.file_objection(by=actor(request), at=clock.now(), application=row, **form.cleaned_data)
        except Refused as refused:
            refusal = refused.finding
        else:
            messages.success(request, _("기피 신청을 접수했습니다. 결정하면 메일로 알려 드립니다."))
            return redirect("evaluation:objection", pk)
    terms = calls.terms(row.version)
    context = {
        "application": row,
        "people": list(people),
        "until": objections.last_until(row.call, row.round_id),
        "mine": objections.of(row),
        "form": form,
        "refusal": refusal,
        "clauses": clauses(terms),
    }
    return render(request, "evaluation/reviewers.html", context)


@require_http_methods(["GET", "POST"])
@role_required("operator", "auditor")
@reads("evaluation")
def index(request: HttpRequest) -> HttpResponse:
    """Every objection of the round; an operator's POST shows the pool's names to the applicants."""
    must_send_as(request, "operator")
    here = desk(request.GET.get("call", ""), request.GET.get("round", ""))
    refusal = None
    if request.method == "POST":
        try:
            actions.show_pool(by=actor(request), at=clock.now(), call=here.call, round_id=here.round.id)
        except Refused as refused:
            refusal = refused.finding
        else:
            messages.success(request, _("평가위원단을 신청자에게 공개하고 메일로 알렸습니다."))
            return redirect("evaluation:objections")
    context: dict[str, Any] = {
        "desk": here,
        "days": here.terms.objections.days,
        "until": objections.last_until(here.call, here.round.id),
        "now": clock.now(),
        "unshown": objections.unshown(here.call, here.round.id).count(),
        "page": Paginator(objections.filed(here.call, here.round.id), ROWS).get_page(request.GET.get("page")),
        "tabs": rooms("objections"),
        "refusal": refusal,
        "clauses": clauses(here.terms),
    }
    return render(request, "evaluation/objections.html", context)


@require_http_methods(["GET", "POST"])
@role_required("operator")
@reads("evaluation")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Uphold or decline one objection."""
    rows = Objection.objects.select_related("application__organisation", "application__call", "reviewer")
    row = get_object_or_404(rows, pk=pk)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    refusal = None
    if form.is_valid():
        try:
            actions.decide_objection(
                by=actor(request),
                at=clock.now(),
                objection=row,
                upheld=form.cleaned_data["upheld"] == "yes",
                answer=form.cleaned_data["answer"],
            )
        except Refused as refused:
            refusal = refused.finding
        else:
            messages.success(request, _("결정하고 신청자에게 알렸습니다."))
            return redirect("evaluation:objections")
    return render(request, "evaluation/objection.html", {"row": row, "form": form, "refusal": refusal})

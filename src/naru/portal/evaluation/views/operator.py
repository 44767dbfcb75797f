"""/evaluation/: how far the evaluation is, the panels, the closing."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from naru.domain.decision import Refused
from naru.portal.accounts.access import actor, role_required
from naru.portal.applications.models import Application
from naru.portal.evaluation import actions, queries
from naru.portal.evaluation.forms import PanelsForm, ReasonForm
from naru.portal.evaluation.models import ReviewAssignment
from naru.portal.screening.pages import Desk, desk, sentence
from naru.portal.ui import clock

ROWS = 50
WIDE = 20  # points between the highest and the lowest total that deserve a look; shown, never judged by


@require_safe
@role_required("operator", "auditor")
def coverage(request: HttpRequest) -> HttpResponse:
    """Progress per reviewer and application, missing reviews, disagreement."""
    here = desk(request.GET.get("call", ""), request.GET.get("round", ""))
    progress = queries.coverage(here.call, here.round.id)
    wanted = here.terms.scoring.min_reviews
    missing = [one for one in progress if one.final < wanted]
    apart = [one for one in progress if one.spread is not None and one.spread >= WIDE]
    shown = {"missing": missing, "apart": apart}.get(request.GET.get("show", ""), progress)
    context = {
        "desk": here,
        "page": Paginator(shown, ROWS).get_page(request.GET.get("page")),
        "all": len(progress),
        "missing": len(missing),
        "apart": len(apart),
        "wide": WIDE,
        "wanted": wanted,
        "sheets": sum(one.final for one in progress),
        "asked": sum(one.panel for one in progress),
        "workloads": queries.workloads(here.call, here.round.id),
        "closing": queries.closing(here.call, here.round.id),
        "show": request.GET.get("show", ""),
    }
    return render(request, "evaluation/coverage.html", context)


@require_http_methods(["GET", "POST"])
@role_required("operator")
def panels(request: HttpRequest) -> HttpResponse:
    """Assign balanced panels, free of conflicts."""
    here = desk()
    form = PanelsForm(request.POST or None, queries.reviewers(), here.terms.scoring.min_reviews)
    context: dict[str, Any] = {"desk": here, "form": form}
    if form.is_valid():
        try:
            made = actions.assign_panels(
                by=actor(request),
                at=clock.now(),
                call=here.call,
                round_id=here.round.id,
                reviewers=form.cleaned_data["reviewers"],
                per_application=form.cleaned_data["per_application"],
            )
        except Refused as refusal:
            context["refusal"] = refusal.finding
        else:
            messages.success(request, _("평가 %(count)s건을 배정했습니다.") % {"count": len(made)})
            return redirect("evaluation:coverage")
    return render(request, "evaluation/panels.html", context)


@require_safe
@role_required("operator", "auditor")
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """One application's panel: sheets, chains, conflicts."""
    row = get_object_or_404(Application.objects.select_related("organisation", "call", "version"), pk=pk)
    assignments = (
        row.assignments.select_related("reviewer").prefetch_related("sheets").order_by("assigned_at", "pk")
    )
    context = {
        "application": row,
        "panel": [(one, queries.latest(one), queries.chain_holds(one)) for one in assignments],
        "conflicts": row.conflicts.select_related("reviewer", "declared_by"),
    }
    return render(request, "evaluation/application.html", context)


@require_http_methods(["GET", "POST"])
@role_required("operator")
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a reviewer off an application."""
    row = get_object_or_404(ReviewAssignment.objects.select_related("application", "reviewer"), pk=pk)
    back = reverse("evaluation:application", args=[row.application_id])
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            actions.remove_assignment(by=actor(request), at=clock.now(), assignment=row, reason=reason)
        except Refused as refusal:
            form.add_error(None, refusal.finding.reason.ko)
        else:
            messages.success(request, _("평가위원을 뺐습니다."))
            return redirect(back)
    context = {
        "title": _("평가위원 빼기"),
        "question": _("%(reviewer)s 님을 %(number)s 평가에서 뺍니까?")
        % {"reviewer": row.reviewer, "number": row.application.number},
        "consequences": [
            _("이미 낸 평가표는 기록에 남지만 점수에 들지 않습니다."),
            _("다시 이 신청에 배정할 수 없습니다."),
        ],
        "form": form,
        "confirm_label": _("빼기"),
        "cancel_url": back,
        "danger": True,
    }
    return render(request, "ui/confirm.html", context)


@require_http_methods(["GET", "POST"])
@role_required("operator")
def close(request: HttpRequest) -> HttpResponse:
    """End the round's evaluation, after looking at what that means."""
    here = desk()
    if request.method == "POST" and _closed(request, here):
        return redirect("evaluation:coverage")
    context = {
        "title": _("평가 마감"),
        "question": _("%(call)s %(round)s차의 평가를 마감합니까?")
        % {"call": here.call, "round": here.round.id},
        "consequences": [
            _("평가표를 더 쓰거나 고칠 수 없습니다."),
            _("마감해야 선정을 실행할 수 있습니다."),
            _("뒤늦게 드러난 이해충돌은 마감 뒤에도 등록할 수 있고, 그 평가표는 빠집니다."),
        ],
        "confirm_label": _("마감하기"),
        "cancel_url": reverse("evaluation:coverage"),
        "danger": True,
    }
    return render(request, "ui/confirm.html", context)


def _closed(request: HttpRequest, here: Desk) -> bool:
    try:
        actions.close(by=actor(request), at=clock.now(), call=here.call, round_id=here.round.id)
    except Refused as refusal:
        messages.error(request, sentence(refusal.finding))
        return False
    messages.success(request, _("평가를 마감했습니다."))
    return True

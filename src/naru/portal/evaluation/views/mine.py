"""/evaluation/mine/: a reviewer's pledge, sheets and conflicts."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from naru.domain.decision import Refused
from naru.portal.accounts.access import actor, role_required
from naru.portal.calls import queries as calls
from naru.portal.calls.models import Call
from naru.portal.evaluation import actions, queries
from naru.portal.evaluation.forms import ConflictForm, PledgeForm, SheetForm
from naru.portal.evaluation.models import ReviewAssignment, ScoreSheet
from naru.portal.evaluation.pledge import LINES
from naru.portal.ui import clock

DRAFT, FINAL = ScoreSheet.State.DRAFT, ScoreSheet.State.FINAL


@require_safe
@role_required("reviewer")
def mine(request: HttpRequest) -> HttpResponse:
    """My sheets: to do, draft, final; the pledge first."""
    reviewer = actor(request)
    sheets = queries.my_sheets(reviewer)
    rounds = list(calls.published()[:1])
    call = sheets[0][0].application.call if sheets else rounds[0] if rounds else None
    context = {
        "call": call,
        "pledged": queries.pledged(call, reviewer) if call else None,
        "todo": [row for row, sheet in sheets if sheet is None],
        "drafts": [(row, sheet) for row, sheet in sheets if sheet and sheet.state == DRAFT],
        "finals": [(row, sheet) for row, sheet in sheets if sheet and sheet.state == FINAL],
        "total": len(sheets),
    }
    return render(request, "evaluation/mine.html", context)


@require_http_methods(["GET", "POST"])
@role_required("reviewer")
def pledge(request: HttpRequest, slug: str) -> HttpResponse:
    """The pledge of a call, read and given."""
    call = get_object_or_404(Call, slug=slug)
    reviewer = actor(request)
    form = PledgeForm(request.POST or None)
    refusal = None
    if form.is_valid():
        try:
            actions.pledge(by=reviewer, at=clock.now(), call=call)
        except Refused as refused:
            refusal = refused.finding
        else:
            messages.success(request, _("서약했습니다. 이제 평가를 시작할 수 있습니다."))
            return redirect("evaluation:mine")
    context = {
        "call": call,
        "form": form,
        "lines": LINES,
        "given": queries.pledged(call, reviewer),
        "refusal": refusal,
    }
    return render(request, "evaluation/pledge.html", context)


@require_http_methods(["GET", "POST"])
@role_required("reviewer")
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The application beside its score sheet; a POST with `act` saves, finalises, revises or steps back."""
    reviewer = actor(request)
    assignment = get_object_or_404(queries.desk(reviewer), pk=pk)
    call = assignment.application.call
    if queries.pledged(call, reviewer) is None:
        return redirect("evaluation:pledge", slug=call.slug)
    last = assignment.sheets.order_by("-number").first()
    criteria = calls.terms(assignment.application.version).criteria
    act = request.POST.get("act", "")
    form = SheetForm(
        request.POST if act in ("save", "final", "revise") else None,
        criteria,
        final=last is not None and last.state == FINAL,
        initial=_initial(last),
    )
    conflict = ConflictForm(request.POST if act == "conflict" else None)
    refusal = None
    try:
        if act == "conflict" and conflict.is_valid():
            reason = conflict.cleaned_data["conflict_reason"]
            actions.declare_conflict(
                by=reviewer,
                at=clock.now(),
                application=assignment.application,
                reviewer=reviewer,
                reason=reason,
            )
            messages.success(request, _("이해충돌을 등록했고 이 신청의 평가에서 빠졌습니다."))
            return redirect("evaluation:mine")
        if form.is_bound and form.is_valid():
            _write(request, act, assignment, form)
            return redirect("evaluation:sheet", pk=pk)
    except Refused as refused:
        refusal = refused.finding
    context = _context(assignment, last, criteria) | {"form": form, "conflict": conflict, "refusal": refusal}
    return render(request, "evaluation/sheet.html", context)


def _initial(last: ScoreSheet | None) -> dict[str, Any]:
    if last is None:
        return {}
    return {f"points_{code}": value for code, value in last.points.items()} | {"comment": last.comment}


def _write(request: HttpRequest, act: str, assignment: ReviewAssignment, form: SheetForm) -> None:
    """Save, finalise or revise, and read back what was stored."""
    given: dict[str, Any] = {
        "by": actor(request),
        "at": clock.now(),
        "assignment": assignment,
        "points": form.points(),
        "comment": form.cleaned_data["comment"],
    }
    if act == "save":
        stored = actions.save_sheet(**given)
        text = _("저장된 값: %(number)s판, 작성 중, 지금까지 %(total)s점")
    elif act == "final":
        stored = actions.finalise_sheet(**given)
        text = _("저장된 값: %(number)s판, 확정, 합계 %(total)s점")
    else:
        stored = actions.revise_sheet(**given, reason=form.cleaned_data.get("reason", ""))
        text = _("저장된 값: %(number)s판, 고쳐서 확정, 합계 %(total)s점")
    stored = ScoreSheet.objects.get(pk=stored.pk)
    messages.success(request, text % {"number": stored.number, "total": stored.total})


def _context(assignment: ReviewAssignment, last: ScoreSheet | None, criteria: Any) -> dict[str, Any]:
    application = assignment.application
    terms = calls.terms(application.version)
    texts = {row.section: row.text for row in application.plan.all()}
    final = last is not None and last.state == FINAL
    return {
        "assignment": assignment,
        "application": application,
        "plan": [(section, texts.get(section.id, "")) for section in terms.plan],
        "product": terms.resource(application.product).title,
        "criteria": criteria,
        "last": last,
        "final": final,
        "closed": queries.closing(application.call, application.round_id),
        "history": list(assignment.sheets.order_by("-number")),
        "others": list(queries.others(assignment)) if final else None,
        "maximum": sum(one.points for one in criteria),
    }

"""/evaluation/mine/<id>/: the application at the left, the score sheet at the right, read-back below."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from naru.domain.decision import Finding, Refused
from naru.portal.accounts.access import actor, role_required
from naru.portal.applications.catalogue import catalogue
from naru.portal.calls import queries as calls
from naru.portal.evaluation import actions, pages, queries
from naru.portal.evaluation.forms import RevisionForm, SheetForm
from naru.portal.evaluation.models import ReviewAssignment, ScoreSheet
from naru.portal.screening.pages import clauses
from naru.portal.ui import clock

FINAL = ScoreSheet.State.FINAL


@require_http_methods(["GET", "POST"])
@role_required("reviewer")
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own sheet; a POST with `act` keeps a draft, makes it final, or revises it."""
    row: Any = get_object_or_404(queries.desk(actor(request)), pk=pk)
    if not row.pledged:
        messages.warning(request, _("신청 내용을 열기 전에 서약해 주십시오."))
        return redirect("evaluation:pledge", row.application.call.slug)
    last = queries.latest(row)
    final = last is not None and last.state == FINAL
    kind = RevisionForm if final else SheetForm
    criteria = calls.terms(row.application.version).criteria
    form = kind(request.POST if request.method == "POST" else None, criteria, last)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            stored = _stored(request, row, form)
        except Refused as refused:
            refusal = refused.finding
        else:
            words = {"number": stored.number, "total": stored.total}
            messages.success(request, _("%(number)s판으로 저장했습니다. 합계 %(total)s점") % words)
            return redirect(reverse("evaluation:sheet", args=[pk]) + "#stored")
    revising = final and (form.is_bound or "revise" in request.GET)
    writing = not row.closed and (not final or revising)
    context = _context(row, last, form if writing else None, refusal)
    return render(request, "evaluation/sheet.html", context | {"final": final, "revising": revising})


def _stored(request: HttpRequest, row: ReviewAssignment, form: SheetForm) -> ScoreSheet:
    """Do what the pressed button says; Refused by the action."""
    said: dict[str, Any] = {"points": form.points(), "comment": form.cleaned_data["comment"]}
    who: dict[str, Any] = {"by": actor(request), "at": clock.now(), "assignment": row}
    if isinstance(form, RevisionForm):
        return actions.revise_sheet(reason=form.cleaned_data["reason"], **said, **who)
    if request.POST.get("act") == "final":
        return actions.finalise_sheet(**said, **who)
    return actions.save_sheet(**said, **who)


def _context(
    row: Any, last: ScoreSheet | None, form: SheetForm | None, refusal: Finding | None
) -> dict[str, Any]:
    application = row.application
    terms = calls.terms(application.version)
    families = catalogue().by_key()
    states = sorted(row.sheets.all(), key=lambda one: one.number)
    return {
        "assignment": row,
        "application": application,
        "kind": pages.kind_title(terms, application),
        "product": terms.resource(application.product).title,
        "models": [(one, families.get(one.family)) for one in application.models.all()],
        "rows": pages.rows(application, terms, last, form),
        "most": pages.most(terms),
        "last": last,
        "stored": pages.by_criterion(terms, last.points) if last else [],
        "states": states,
        "whole": queries.chain_holds(row),
        "others": _others(row, last, terms),
        "form": form,
        "refusal": refusal,
        "clauses": clauses(terms),
        "due": pages.printed_due(terms),
    }


def _others(row: ReviewAssignment, last: ScoreSheet | None, terms: Any) -> list[dict[str, Any]] | None:
    """The other reviewers' final sheets without names, once one's own is final; None before."""
    if last is None or last.state != FINAL:
        return None
    return [
        {"sheet": one, "points": [points for _criterion, points in pages.by_criterion(terms, one.points)]}
        for one in queries.others(row)
    ]

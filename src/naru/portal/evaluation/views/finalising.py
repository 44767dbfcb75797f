"""Read-back and receipt: what the database holds is shown, then made final as it stands (R-03)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from naru.domain.decision import Refused
from naru.portal.accounts.access import actor, role_required
from naru.portal.audit import queries as audit
from naru.portal.audit.reading import reads
from naru.portal.calls import queries as calls
from naru.portal.evaluation import actions, pages, queries
from naru.portal.evaluation.models import ScoreSheet
from naru.portal.evaluation.views.documents import locked
from naru.portal.screening.pages import clauses
from naru.portal.ui import clock

FINAL = ScoreSheet.State.FINAL


@require_http_methods(["GET", "POST"])
@role_required("reviewer")
@reads("evaluation")
def finalise(request: HttpRequest, pk: int) -> HttpResponse:
    """The stored sheet, read anew; the POST carries the hash that was read."""
    refusal = None
    if request.method == "POST":
        row: Any = get_object_or_404(queries.desk(actor(request), clock.now()), pk=pk)
        sha256 = request.POST.get("sha256", "")
        try:
            actions.finalise_sheet(by=actor(request), at=clock.now(), assignment=row, sha256=sha256)
        except Refused as refused:
            refusal = refused.finding
        else:
            messages.success(request, _("읽은 그대로 확정했습니다."))
            return redirect("evaluation:sheet_receipt", pk)
    row = get_object_or_404(queries.desk(actor(request), clock.now()), pk=pk)
    last = queries.latest(row)
    if last is None or row.closed or locked(row):
        return redirect("evaluation:sheet", pk)
    if last.state == FINAL:
        return redirect("evaluation:sheet_receipt", pk)
    lacking = pages.lacking(calls.terms(row.application.version), last)
    context = _context(row, last) | {"refusal": refusal or lacking, "ready": lacking is None}
    return render(request, "evaluation/finalise.html", context)


@require_safe
@role_required("reviewer")
@reads("evaluation")
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The final sheet with its hash and time, to keep or print."""
    row = get_object_or_404(queries.desk(actor(request), clock.now()), pk=pk)
    last = queries.latest(row)
    if last is None or last.state != FINAL:
        return redirect("evaluation:sheet", pk)
    event = audit.events(subject_type="evaluation.scoresheet", subject_id=str(last.pk)).first()
    return render(request, "evaluation/sheet_receipt.html", _context(row, last) | {"event": event})


def _context(row: Any, last: ScoreSheet) -> dict[str, Any]:
    terms = calls.terms(row.application.version)
    return {
        "assignment": row,
        "application": row.application,
        "terms": terms,
        "last": last,
        "stored": pages.figures(terms, last),
        "most": pages.most(terms),
        "whole": queries.chain_holds(row),
        "clauses": clauses(terms),
    }

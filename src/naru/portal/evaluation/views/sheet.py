"""/evaluation/mine/<id>/: the application at the left, the score sheet at the right, saved by itself."""

import json
import secrets
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from naru.domain.decision import Finding, Refused
from naru.domain.sheet import GENESIS
from naru.portal.accounts.access import actor, role_required
from naru.portal.applications.catalogue import catalogue
from naru.portal.audit.reading import reads
from naru.portal.calls import queries as calls
from naru.portal.evaluation import actions, pages, queries
from naru.portal.evaluation.forms import RevisionForm, SheetForm
from naru.portal.evaluation.models import ScoreSheet
from naru.portal.evaluation.views.documents import to_unlock
from naru.portal.screening.pages import clauses
from naru.portal.ui import clock
from naru.portal.ui.wording import local, localised

FINAL = ScoreSheet.State.FINAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What a page sent: the hash it was made from, its name, and a choice made between two versions."""

    base: str
    origin: str
    resolve: str

    @classmethod
    def of(cls, request: HttpRequest) -> "Sent":
        """From the form's hidden fields; a choice counts from the version that was looked at."""
        try:
            found = json.loads(request.POST.get("base") or "{}")
        except ValueError:
            found = {}
        base = str(found.get("state", "")) if isinstance(found, dict) else ""
        resolve = request.POST.get("resolve", "")
        origin = "".join(one for one in request.POST.get("origin", "")[:16] if one.isalnum())
        return cls(
            base=request.POST.get("seen", base) if resolve == "mine" else base, origin=origin, resolve=resolve
        )


@require_http_methods(["GET", "POST"])
@role_required("reviewer")
@reads("evaluation")
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own sheet; a POST keeps a draft (by itself or by the button), reads it back, or revises."""
    row: Any = get_object_or_404(queries.desk(actor(request), clock.now()), pk=pk)
    if first := to_unlock(request, row):
        return first
    last = queries.latest(row)
    by_itself = request.headers.get("Accept") == "application/json"  # only drafts do
    revised = last is not None and last.state == FINAL and not by_itself
    kind = RevisionForm if revised else SheetForm
    terms = calls.terms(row.application.version)
    form = kind(request.POST if request.method == "POST" else None, terms.criteria, last)
    if request.method != "POST":
        return _page(request, row, form)
    if by_itself:
        return _by_itself(request, row, form)
    return _pressed(request, row, form)


def _pressed(request: HttpRequest, row: Any, form: SheetForm) -> HttpResponse:
    """What a button asks for; whatever keeps it from being done is shown with what was typed."""
    sent = Sent.of(request)
    if sent.resolve == "theirs":
        return redirect("evaluation:sheet", row.pk)
    if not form.is_valid():
        return _page(request, row, form)
    try:
        stored = _stored(request, row, form, sent)
    except Refused as refused:
        moved = refused.finding.code == "sheet_moved"
        compared = _compared(row.pk, actor(request), form) if moved else None
        return _page(request, row, form, refusal=refused.finding, compared=compared, sent=sent)
    reviewed = request.POST.get("act") == "review"
    if reviewed and (lacking := pages.lacking(calls.terms(row.application.version), stored)):
        kept = get_object_or_404(queries.desk(actor(request), clock.now()), pk=row.pk)
        return _page(request, kept, form, refusal=lacking)
    if reviewed:
        return redirect("evaluation:finalise", row.pk)
    words = {"number": stored.number, "total": stored.total}
    messages.success(request, _("%(number)s판으로 저장했습니다. 합계 %(total)s점") % words)
    return redirect(reverse("evaluation:sheet", args=[row.pk]) + "#stored")


def _stored(request: HttpRequest, row: Any, form: SheetForm, sent: Sent) -> ScoreSheet:
    """Keep what was typed; Refused by the action."""
    said: dict[str, Any] = {"points": form.points(), "base": sent.base or None}
    said["comment"] = form.cleaned_data.get("comment", form.initial["comment"])
    who: dict[str, Any] = {"by": actor(request), "at": clock.now(), "assignment": row}
    if isinstance(form, RevisionForm):
        return actions.revise_sheet(reason=form.cleaned_data["reason"], **said, **who)
    return actions.save_sheet(origin=sent.origin, **said, **who)


def _by_itself(request: HttpRequest, row: Any, form: SheetForm) -> HttpResponse:
    """Answer a page that saves itself: what is valid is kept, what is not is named, nothing is overridden."""
    sent = Sent.of(request)
    form.is_valid()
    stored, conflicts = queries.latest(row), ""
    if sent.resolve != "theirs":
        try:
            stored = _stored(request, row, form, sent)
        except Refused as refused:
            if refused.finding.code != "sheet_moved":
                return _refused(refused.finding)
            compared = _compared(row.pk, actor(request), form)
            conflicts = render_to_string("evaluation/sheet_compared.html", {"compared": compared}, request)
    head = stored.sha256 if stored else GENESIS
    told = {
        "state": "conflict" if conflicts else "saved",
        "at": f"{local(clock.now()):%H:%M:%S}",
        "base": {"state": sent.base if conflicts else head},
        "taken": _taken(form, stored) if sent.resolve == "theirs" else [],
        "errors": {form[name].id_for_label: list(lines) for name, lines in form.errors.items()},
        "conflicts": conflicts,
    }
    return JsonResponse(told)


def _refused(finding: Finding) -> JsonResponse:
    """What was typed stays on the page, to be copied."""
    mend = localised(finding.mend) if finding.mend else ""
    told = {"reason": localised(finding.reason), "mend": mend, "clause": finding.clause}
    return JsonResponse({"state": "refused", **told}, status=409)


def _taken(form: SheetForm, stored: ScoreSheet | None) -> list[dict[str, Any]]:
    """Every field with what is stored, for a page that lets its own version go."""
    parts, comment = (stored.parts, stored.comment) if stored else ({}, "")
    values = {form.name_of(part.key): str(parts.get(part.key, "")) for part in form.parts}
    return [{"name": name, "digest": "", "data": {name: value}} for name, value in values.items()] + [
        {"name": "comment", "digest": "", "data": {"comment": comment}}
    ]


def _compared(pk: int, reviewer: Any, form: SheetForm) -> dict[str, Any]:
    """What is stored by now beside what is on this page, where they differ."""
    stored = queries.latest(get_object_or_404(queries.desk(reviewer, clock.now()), pk=pk))
    here = form.points()
    parts = stored.parts if stored else {}
    rows = [(part.title, parts.get(part.key), here.get(part.key)) for part in form.parts]
    comment = form.cleaned_data.get("comment", "")
    return {
        "stored": stored,
        "rows": [one for one in rows if one[1] != one[2]],
        "comments": (stored.comment, comment) if stored and stored.comment != comment else None,
    }


def _page(
    request: HttpRequest,
    row: Any,
    form: SheetForm,
    *,
    refusal: Finding | None = None,
    compared: dict[str, Any] | None = None,
    sent: Sent | None = None,
) -> HttpResponse:
    last = queries.latest(row)
    final = last is not None and last.state == FINAL
    revising = final and (form.is_bound or "revise" in request.GET)
    writing = not row.closed and (not final or revising)
    head = sent.base if sent and compared else last.sha256 if last else GENESIS
    context = _context(row, last, form if writing else None) | {
        "final": final,
        "revising": revising,
        "refusal": refusal,
        "compared": compared,
        "base": json.dumps({"state": head}),
        "origin": sent.origin if sent else secrets.token_hex(8),
    }
    return render(request, "evaluation/sheet.html", context)


def _context(row: Any, last: ScoreSheet | None, form: SheetForm | None) -> dict[str, Any]:
    application = row.application
    terms = calls.terms(application.version)
    families = catalogue().by_key()
    return {
        "assignment": row,
        "application": application,
        "kind": pages.kind_title(terms, application),
        "product": terms.resource(application.product).title,
        "models": [(one, families.get(one.family)) for one in application.models.all()],
        "rows": pages.rows(application, terms, last, form),
        "most": pages.most(terms),
        "last": last,
        "stored": pages.figures(terms, last),
        "states": sorted(row.sheets.all(), key=lambda one: one.number),
        "whole": queries.chain_holds(row),
        "others": _others(row, last, terms),
        "form": form,
        "clauses": clauses(terms),
        "due": pages.printed_due(terms),
    }


def _others(row: Any, last: ScoreSheet | None, terms: Any) -> list[dict[str, Any]] | None:
    """The other reviewers' final sheets without names, once one's own is final; None before."""
    if last is None or last.state != FINAL:
        return None
    return [
        {"sheet": one, "points": [points for _criterion, points in pages.by_criterion(terms, one.points)]}
        for one in queries.others(row)
    ]

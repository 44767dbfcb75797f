"""The form of an application, page by page; a page is saved by a button or by itself."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_safe

from naru.domain.decision import Refused
from naru.portal.accounts.access import actor
from naru.portal.applications import actions, fields, queries, sections
from naru.portal.applications.answers import Saved, SectionEdit
from naru.portal.applications.completeness import form_items
from naru.portal.applications.forms.answers import Page, shown
from naru.portal.applications.forms.rows import verdict
from naru.portal.applications.merging import digest
from naru.portal.applications.models import Application
from naru.portal.applications.views import pages
from naru.portal.applications.views.access import own
from naru.portal.applications.views.pages import Opened
from naru.portal.calls import queries as calls
from naru.portal.ui import clock
from naru.portal.ui.wording import local, localised


@require_safe
@login_required
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form: on to the first page that lacks something, so that work is taken up where it stopped."""
    application = own(request, pk)
    if application.state == Application.State.SUBMITTED:
        return redirect(application)
    terms = calls.terms(calls.current(application.call))
    owed = [item for item in form_items(application, terms, fields.held(application)) if not item.done]
    first = owed[0].section if owed else sections.PRODUCT
    return redirect("applications:section", pk, first)


@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    """One page of the form: nothing is required of a draft, and what is not valid yet is kept as typed."""
    by_itself = request.headers.get("Accept") == "application/json"
    if not request.user.is_authenticated:
        expired = JsonResponse({"state": "expired"}, status=401)
        return expired if by_itself else redirect_to_login(request.get_full_path())
    application = own(request, pk, queries.outlines() if request.method == "POST" else None)
    terms = calls.terms(calls.current(application.call))
    page = sections.by_id(terms, application).get(section)
    if page is None:
        raise Http404
    opened = Opened(application=application, terms=terms, page=page)
    if request.method == "POST":
        return _save(request, opened, by_itself=by_itself)
    if application.state == Application.State.SUBMITTED:
        return redirect(application)
    values = fields.held(application, page.parts)
    context = pages.context_of(
        opened, _sheet(shown(page, values), opened), blank=request.GET.get("add") == "1"
    )
    return render(request, "applications/edit.html", context | {"base": json.dumps(_base(page, values))})


def _sheet(data: Mapping[str, Any], opened: Opened) -> Page:
    clouds = pages.clouds() if "clouds" in opened.page.names else []
    return Page(data, section=opened.page, terms=opened.terms, application=opened.application, clouds=clouds)


def _save(request: HttpRequest, opened: Opened, *, by_itself: bool) -> HttpResponse:
    """Keep the page, then show where that leads: the next page, the same one, or the differences."""
    data = request.POST.copy()
    gone = data.get("remove", "")
    for name in [name for name in data if gone and name.startswith(f"{gone}-")]:
        del data[name]
    sheet = _sheet(data, opened)
    edit = SectionEdit(
        section=opened.page.id,
        base=_resolved(data, sheet),
        mine=sheet.values,
        broken=sheet.broken,
        origin="".join(letter for letter in data.get("origin", "")[:16] if letter.isalnum()),
    )
    try:
        saved = actions.save_section(
            by=actor(request), at=clock.now(), application=opened.application, edit=edit
        )
    except Refused as refusal:
        return _refused(request, opened, sheet, refusal, by_itself=by_itself)
    if by_itself:
        return JsonResponse(_told(opened, sheet, edit, saved))
    if saved.conflicts:
        conflicts = pages.differences(sheet, edit, saved)
        return _again(request, opened, sheet, conflicts=conflicts, base=_next_base(opened.page, edit, saved))
    return _onward(request, opened, saved)


def _onward(request: HttpRequest, opened: Opened, saved: Saved) -> HttpResponse:
    """Where the button leads; what is not valid keeps one on the page that says so."""
    here, go = opened.url(opened.page.id), request.POST.get("go", "")
    if go == "add":
        return redirect(f"{here}?add=1#rows")
    stays = any(name in fields.raw(saved.application) for name in saved.values)
    return redirect(opened.neighbours()[1]["url"] if go == "next" and not stays else here)


def _again(
    request: HttpRequest, opened: Opened, sheet: Page, *, base: dict[str, str], **more: Any
) -> HttpResponse:
    """The page as this person left it, with what keeps it from being saved."""
    whole = replace(opened, application=own(request, opened.application.pk))
    context = pages.context_of(whole, sheet) | {"base": json.dumps(base), **more}
    return render(request, "applications/edit.html", context, status=409)


def _refused(
    request: HttpRequest, opened: Opened, sheet: Page, refusal: Refused, *, by_itself: bool
) -> HttpResponse:
    """What was typed stays on the page, to be copied."""
    found = refusal.finding
    if not by_itself:
        return _again(request, opened, sheet, base={}, refusal=found)
    mend = localised(found.mend) if found.mend else ""
    told = {"state": "refused", "reason": localised(found.reason), "mend": mend, "clause": found.clause}
    return JsonResponse(told, status=409)


def _told(opened: Opened, sheet: Page, edit: SectionEdit, saved: Saved) -> dict[str, Any]:
    """The answer to a page that saves itself."""
    page = opened.page
    items = list(form_items(saved.application, opened.terms, saved.values, page.id))
    conflicts = pages.differences(sheet, edit, saved)
    told = render_to_string("applications/edit_conflicts.html", {"conflicts": conflicts}) if conflicts else ""
    return {
        "state": "conflict" if conflicts else "saved",
        "at": f"{local(clock.now()):%H:%M:%S}",
        "base": _next_base(page, edit, saved),
        "taken": [_taken(page, name, saved.values.get(name, "")) for name in saved.taken],
        "errors": sheet.errors(),
        "done": sum(item.done for item in items),
        "of": len(items),
        "broken": any(item.broken for item in items),
        "conflicts": told,
    }


def _taken(page: sections.Section, name: str, text: str) -> dict[str, Any]:
    """A field somebody else changed: its inputs with their values."""
    data = {key: values[0] for key, values in shown(page, {name: text}).lists()}
    return {"name": name, "digest": digest(text), "data": data}


def _resolved(data: Mapping[str, Any], sheet: Page) -> dict[str, str]:
    """The digests the page was made from; a difference a person has decided counts from what was seen."""
    try:
        found = json.loads(data.get("base") or "{}")
    except ValueError:
        found = {}
    base = {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}
    for name in {*base, *sheet.values}:
        choice = data.get(f"resolve-{name}")
        if choice == "mine":
            base[name] = str(data.get(f"seen-{name}") or "")
        elif choice == "theirs":
            base[name] = digest(sheet.values.get(name, ""))
    return base


def _base(page: sections.Section, values: Mapping[str, str]) -> dict[str, str]:
    return {name: digest(values[name]) for name in page.all_names(values) if name in values}


def _next_base(page: sections.Section, edit: SectionEdit, saved: Saved) -> dict[str, str]:
    """What the page counts from now: the stored values, and as before for what others hold differently."""
    base = _base(page, saved.values)
    for name in (*saved.conflicts, *saved.taken):
        base[name] = edit.base.get(name, "")
    return base


@require_safe
def model_verdict(request: HttpRequest) -> HttpResponse:
    """What the support table says of a model, while it is being typed."""
    given = {name.partition("-")[2]: str(value) for name, value in request.GET.items()}
    typed = given.get("name", "")[:200]
    match = verdict(typed, given.get("family", ""))
    return render(request, "applications/model_verdict.html", {"match": match, "typed": typed})

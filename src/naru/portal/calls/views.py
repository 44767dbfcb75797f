"""/calls/: what the announced calls say, for everybody; publishing and amending them, for operators."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from naru.codec.call import call_hash, dump_call
from naru.domain.callwarnings import warnings
from naru.domain.decision import Refused
from naru.portal.accounts.access import actor, role_required
from naru.portal.calls import actions, pages, queries
from naru.portal.calls.forms import AmendForm, CallFileForm, SeedForm, mark_of
from naru.portal.calls.models import Call
from naru.portal.ui import clock
from naru.portal.ui.refusals import attempt, clause_url


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every announced call, newest first, with its rounds."""
    now = clock.now()
    rows = [(one, one.round.accepts(now)) for one in queries.rounds()]
    return render(request, "calls/index.html", {"rows": rows})


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What one call says, with its versions, the seed's hash and the seats."""
    call = get_object_or_404(queries.published(), slug=slug)
    version = queries.current(call)
    terms = queries.terms(version)
    one = terms.tracks[0].rounds[0]
    frozen = queries.quotas_of(call, one.id)
    context = {
        "call": call,
        "version": version,
        "terms": terms,
        "round": one,
        "open": call.state == Call.State.PUBLISHED and one.accepts(clock.now()),
        "closes_at": one.last_closing,
        "products": pages.products(terms, one, frozen),
        "frozen": frozen,
        "seed": queries.seed_of(call, one.id),
        "chapters": pages.chapters(terms),
        "versions": queries.changes(call),
    }
    return render(request, "calls/detail.html", context)


@require_safe
def clauses(request: HttpRequest, slug: str) -> HttpResponse:
    """Every clause by code, each with an anchor of that name, and the readings taken."""
    call = get_object_or_404(queries.published(), slug=slug)
    version = queries.current(call)
    terms = queries.terms(version)
    context = {"call": call, "version": version, "terms": terms, "chapters": pages.chapters(terms)}
    return render(request, "calls/clauses.html", context)


@require_safe
def clause(_request: HttpRequest, code: str) -> HttpResponse:
    """The short address of a clause leads to its place in the newest call that has it."""
    for one in queries.rounds():
        if any(held.code == code for held in one.terms.clauses):
            return redirect(clause_url(code, one.call.slug))
    raise Http404


@require_http_methods(["GET", "POST"])
@role_required("operator")
def publish(request: HttpRequest) -> HttpResponse:
    """Choose a call file, see what it says and what the checker warns of, then announce it."""
    form = CallFileForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        terms = form.terms()
        mark = mark_of(str(request.user.pk), form.cleaned_data["text"])
        confirmed = request.POST.get("act") == "confirm"
        context |= {"mark": mark, "changed": confirmed and not form.was_shown(mark)}
        if confirmed and not context["changed"]:
            try:
                version = actions.publish(by=actor(request), at=clock.now(), terms=terms)
            except Refused as refusal:
                context["refusal"] = refusal.finding
            else:
                messages.success(request, _("공고했습니다."))
                return redirect(version.call)
        one = terms.tracks[0].rounds[0]
        context |= {
            "terms": terms,
            "round": one,
            "sha256": call_hash(terms),
            "warnings": warnings(terms),
            "products": pages.products(terms, one, {}),
        }
    return render(request, "calls/publish.html", context)


@require_http_methods(["GET", "POST"])
@role_required("operator")
def amend(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose a changed file, see every difference, give the reason, put it in force."""
    call = get_object_or_404(queries.published(), slug=slug)
    version = queries.current(call)
    form = AmendForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "call": call, "version": version}
    if form.is_valid():
        terms, reason = form.terms(), form.cleaned_data["reason"]
        mark = mark_of(str(request.user.pk), version.sha256, form.cleaned_data["text"], reason)
        confirmed = request.POST.get("act") == "confirm"
        context |= {"mark": mark, "changed": confirmed and not form.was_shown(mark)}
        if confirmed and not context["changed"]:
            try:
                actions.amend(by=actor(request), at=clock.now(), call=call, terms=terms, reason=reason)
            except Refused as refusal:
                context["refusal"] = refusal.finding
            else:
                messages.success(request, _("변경 공고를 냈습니다."))
                return redirect(call)
        found = pages.differences(dump_call(queries.terms(version)), dump_call(terms))
        context |= {"terms": terms, "warnings": warnings(terms), "differences": tuple(found)}
    return render(request, "calls/amend.html", context)


@require_http_methods(["GET", "POST"])
@role_required("operator")
def seed(request: HttpRequest, slug: str, round_id: str) -> HttpResponse:
    """Commit the lottery's seed of a round."""
    call = get_object_or_404(queries.published(), slug=slug)
    form = SeedForm(request.POST or None, initial=SeedForm.proposal())
    context = {"form": form, "call": call, "round_id": round_id, "kept": queries.seed_of(call, round_id)}
    if form.is_valid():
        try:
            actions.commit_seed(
                by=actor(request), at=clock.now(), call=call, round_id=round_id, **form.cleaned_data
            )
        except Refused as refusal:
            context["refusal"] = refusal.finding
        else:
            messages.success(request, _("추첨 씨앗의 해시를 공개했습니다."))
            return redirect("calls:seed", slug, round_id)
    return render(request, "calls/seed.html", context)


@require_POST
@role_required("operator")
def quotas(request: HttpRequest, slug: str, round_id: str) -> HttpResponse:
    """Freeze the seats by product of a round."""
    call = get_object_or_404(queries.published(), slug=slug)
    attempt(request, actions.freeze_quotas, _("상품별 대수를 확정했습니다."), call=call, round_id=round_id)
    return redirect("calls:detail", slug)

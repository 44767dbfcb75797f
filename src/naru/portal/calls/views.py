"""/calls/: what the announced calls say, for everybody; publishing and amending them, for operators."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from naru.codec.call import call_hash, dump_call
from naru.domain import call as domain
from naru.domain.callwarnings import warnings
from naru.domain.decision import Refused
from naru.portal.accounts.access import actor, role_required
from naru.portal.calls import actions, audience, pages, queries, reopening
from naru.portal.calls import calendar as calendars
from naru.portal.calls.forms import AmendForm, CallFileForm, CloseForm, SeedForm, mark_of
from naru.portal.ui import clock
from naru.portal.ui.refusals import attempt, clause_url
from naru.portal.ui.wording import korean


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every announced call, newest first, with its rounds."""
    now = clock.now()
    rows = [(one, one.round.accepts(now)) for one in queries.rounds()]
    return render(request, "calls/index.html", {"rows": rows})


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """All that a company needs before an account: every round, products, schedule, selection, duties."""
    call = get_object_or_404(queries.published(), slug=slug)
    version = queries.version_of(call)
    terms = queries.terms(version)
    now = clock.now()
    rounds = queries.intakes(call, terms, now)
    context = {
        "call": call,
        "version": version,
        "terms": terms,
        "rounds": rounds,
        "moves": queries.moves(version),
        "now": pages.current(rounds),
        "schedule": pages.schedule(terms, rounds, now),
        "criteria": pages.points(terms),
        "no_pass_mark": terms.selection.min_score is None,
        "duties": pages.duties(terms),
        "chapters": pages.chapters(terms),
        "versions": queries.changes(call),
    }
    return render(request, "calls/detail.html", context)


@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The briefing and the closings as a calendar file."""
    call = get_object_or_404(queries.published(), slug=slug)
    version = queries.version_of(call)
    content = calendars.calendar(
        queries.terms(version),
        language="ko" if korean() else "en",
        url=request.build_absolute_uri(call.get_absolute_url()),
        stamped_at=version.published_at,
    )
    headers = {"Content-Disposition": f'attachment; filename="{slug}.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


@require_safe
def clauses(request: HttpRequest, slug: str) -> HttpResponse:
    """Every clause by code, each with an anchor of that name, and the readings taken."""
    call = get_object_or_404(queries.published(), slug=slug)
    version = queries.version_of(call)
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
    version = queries.version_of(call)
    form = AmendForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "call": call, "version": version}
    context["call_title"] = queries.terms(version).title
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
    context["call_title"] = queries.terms(queries.version_of(call)).title
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


@require_http_methods(["GET", "POST"])
@role_required("operator")
def close(request: HttpRequest, slug: str, round_id: str) -> HttpResponse:
    """Move a round's close: choose the instant, see the difference and how many are mailed, confirm."""
    call = get_object_or_404(queries.published(), slug=slug)
    version = queries.current(call)
    terms = queries.terms(version)
    one = _closing_round(terms, round_id)
    form = CloseForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "call": call, "round": one, "call_title": terms.title}
    if form.is_valid():
        closes_at, reason = form.cleaned_data["closes_at"], form.cleaned_data["reason"]
        later = one.last_closing is not None and closes_at > one.last_closing
        mark = mark_of(str(request.user.pk), version.sha256, round_id, closes_at.isoformat(), reason)
        given = {"call": call, "round_id": round_id, "closes_at": closes_at, "reason": reason}
        if constant_time_compare(form.cleaned_data["seen"], mark):
            act = actions.extend if later else actions.end_early
            done = _("접수 마감을 바꾸고 모두에게 알렸습니다.")
            attempt(request, act, done, **given)
            return redirect(call)
        refusal = reopening.refused(call, terms, round_id, closes_at, clock.now())
        if refusal is not None:
            context["refusal"] = refusal.finding
            return render(request, "calls/close.html", context, status=422)
        readers = len(audience.readers(call, round_id))
        context |= {"mark": mark, "closes_at": closes_at, "later": later, "readers": readers}
    return render(request, "calls/close.html", context)


def _closing_round(terms: domain.Call, round_id: str) -> domain.Round:
    try:
        one = terms.round(round_id)
    except KeyError as error:
        raise Http404 from error
    if one.last_closing is None:
        raise Http404
    return one

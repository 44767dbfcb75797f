"""/calls/<call>/results/: the public list and its record; /applications/<pk>/result/: the letter."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from naru.portal.accounts.access import actor, refusal, role_required
from naru.portal.accounts.models import Role
from naru.portal.applications import queries as applications
from naru.portal.applications.models import Application
from naru.portal.audit.reading import reads
from naru.portal.calls import queries as calls
from naru.portal.calls.models import Call
from naru.portal.screening import queries as screening
from naru.portal.selection import queries, words
from naru.portal.selection.forms import ListFilter
from naru.portal.selection.models import SelectionRun
from naru.portal.selection.tables.letter import letter as compose
from naru.portal.selection.views.runs import as_file
from naru.portal.ui import clock

ROWS = 50


@require_safe
def results(request: HttpRequest, slug: str) -> HttpResponse:
    """The published result by receipt number; before that, when it will be."""
    call = get_object_or_404(calls.published(), slug=slug)
    version = calls.version_of(call)
    terms = calls.terms(version)
    runs = list(queries.published(call))
    seeds = list(call.seeds.order_by("round_id"))
    asked = request.GET.get("round")
    run = next((one for one in runs if one.round_id == asked), runs[-1] if runs else None)
    context: dict[str, Any] = {
        "call": call,
        "terms": terms,
        "runs": runs,
        "run": run,
        "planned": next((row for row in terms.schedule if row.step == "results"), None),
        "commitments": seeds,
    }
    if run is not None:
        titles = words.product_titles(terms)
        form = ListFilter(request.GET, titles=titles)
        found = form.narrow(run.outcomes.select_related("application")).order_by("application__number")
        context |= {
            "form": form,
            "page": Paginator(found, ROWS).get_page(request.GET.get("page")),
            "titles": titles,
            "sectors": words.sector_titles(terms),
            "outcomes": words.OUTCOMES,
            "seed": next((seed for seed in seeds if seed.round_id == run.round_id), None),
            "objection_ends": queries.objection_ends(calls.terms(run.version), run.published_at),  # type: ignore[arg-type]
            "matched": any(matching.confirmed_at for matching in run.matchings.all()),
        }
    return render(request, "selection/results.html", context)


@require_safe
def record(_request: HttpRequest, slug: str, round_id: str, kind: str) -> HttpResponse:
    """The record of a published selection, or of its confirmed matching, as a file for anyone."""
    call = get_object_or_404(Call, slug=slug)
    run = get_object_or_404(SelectionRun, call=call, round_id=round_id, state=SelectionRun.State.PUBLISHED)
    name = f"{slug}-{round_id}-{kind}.json"
    if kind == "selection":
        return as_file(run.record, name)
    matching = queries.confirmed_matching(run)
    if matching is None:
        raise Http404(_("배정이 아직 확정되지 않았습니다."))
    return as_file(matching.record, name)


@require_safe
@role_required("applicant")
@reads("selection")
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One applicant's result, once published: score, rank, cut-off, reason, server or proof."""
    application = _readable(request, pk)
    terms = calls.terms(calls.current(application.call))
    context: dict[str, Any] = {
        "application": application,
        "terms": terms,
        "title": words.product_titles(terms).get(application.product),
        "sector": words.sector_titles(terms)[application.sector],
        "planned": next((row for row in terms.schedule if row.step == "results"), None),
        "now": clock.now(),
    }
    context["correction"] = queries.correction_of(application) if application.announced_at else None
    outcome = queries.published_outcome(application)
    if outcome is None:
        run = queries.published(application.call).filter(round_id=application.round_id).first()
        context |= {"run": run, "findings": _grounds(application) if run else []}
        if run and application.state == Application.State.SUBMITTED:
            announced = application.announced_at or run.published_at
            context["objection_ends"] = queries.objection_ends(terms, announced)  # type: ignore[arg-type]
        return render(request, "selection/no_result.html", context)
    said = calls.terms(outcome.run.version)
    match = queries.confirmed_match(application)
    names = {code: supplier.name for code, supplier in queries.suppliers().items()} if match else {}
    context |= {
        "terms": said,
        "run": outcome.run,
        "outcome": outcome,
        "tone": words.OUTCOMES[outcome.status],
        "match": match,
        "letter": compose(said, outcome, match, names),
        "clause": next((one for one in said.clauses if one.code == outcome.clause), None),
        "objection_ends": queries.objection_ends(said, outcome.run.published_at),  # type: ignore[arg-type]
    }
    return render(request, "selection/letter.html", context)


def _readable(request: HttpRequest, pk: int) -> Application:
    """The application, for its applicant, operators and auditors; another applicant's does not exist."""
    user = actor(request)
    found = Application.objects.select_related("call", "organisation", "professor", "applicant")
    if user.has_role(Role.OPERATOR, Role.AUDITOR):
        return get_object_or_404(found, pk=pk)
    if applications.own(user).filter(pk=pk).exists():
        return get_object_or_404(found, pk=pk)
    if user.has_role(Role.REVIEWER, Role.VENDOR, Role.CLOUD):
        raise PermissionDenied(refusal("applicant", "operator", "auditor"))
    raise Http404(_("그런 신청서가 없습니다."))


def _grounds(application: Application) -> list[Any]:
    """Why an application did not come to selection: the findings that spoke against it."""
    decided = getattr(application, "screening", None)
    return list(screening.against(decided)) if decided else []

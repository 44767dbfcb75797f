"""/evaluation/pool/: the reviewers with their fields and load; entering, importing, one's own fields."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from naru.codec.reviewers import COLUMNS, ReviewersFileError, parse_reviewers
from naru.domain.decision import Finding, Refused
from naru.portal.accounts.access import actor, role_required
from naru.portal.audit.reading import reads
from naru.portal.calls import queries as calls
from naru.portal.evaluation import actions, pool, queries
from naru.portal.evaluation.forms_people import (
    ExpertiseForm,
    ListForm,
    PoolFilter,
    RelationForm,
    ReviewerForm,
)
from naru.portal.screening.pages import desk
from naru.portal.ui import clock
from naru.portal.ui.components import Tab

ROWS = 50


def rooms(current: str) -> list[Tab]:
    """The rooms of evaluation's staff."""
    found = {
        "coverage": (_("평가 현황"), reverse("evaluation:coverage")),
        "pool": (_("평가위원단"), reverse("evaluation:pool")),
        "objections": (_("기피 신청"), reverse("evaluation:objections")),
        "shadow": (_("점수의 차이"), reverse("evaluation:shadow")),
    }
    return [Tab(label=label, url=url, current=code == current) for code, (label, url) in found.items()]


@require_safe
@role_required("operator", "auditor")
@reads("evaluation")
def index(request: HttpRequest) -> HttpResponse:
    """The pool with its filters, and each one's load in the round."""
    every = calls.rounds()
    if not every:
        return render(request, "evaluation/no_call.html")
    here = desk(request.GET.get("call", ""), request.GET.get("round", ""), every)
    form = PoolFilter(request.GET)
    everybody = pool.fellows(here.call, here.round.id)
    context = {
        "desk": here,
        "form": form,
        "page": Paginator(pool.narrowed(everybody, **form.narrowed()), ROWS).get_page(
            request.GET.get("page")
        ),
        "total": len(everybody),
        "unentered": sum(one.profile is None for one in everybody),
        "away": sum(not one.available for one in everybody),
        "tabs": rooms("pool"),
    }
    return render(request, "evaluation/pool.html", context)


@require_http_methods(["GET", "POST"])
@role_required("operator")
@reads("evaluation")
def reviewer(request: HttpRequest, pk: int) -> HttpResponse:
    """One reviewer's entry."""
    one = get_object_or_404(queries.reviewers().select_related("reviewer_profile"), pk=pk)
    fellow = pool.fellow(one)
    form = ReviewerForm(request.POST or None, fellow.profile)
    refusal = None
    if form.is_valid():
        details = actions.Details(**form.cleaned_data | {"expertise": tuple(form.cleaned_data["expertise"])})
        try:
            actions.enter_reviewer(by=actor(request), at=clock.now(), reviewer=one, details=details)
        except Refused as refused:
            refusal = refused.finding
        else:
            messages.success(request, _("평가위원 정보를 저장했습니다."))
            return redirect("evaluation:pool")
    context = {"fellow": fellow, "form": form, "refusal": refusal}
    return render(request, "evaluation/reviewer.html", context)


@require_http_methods(["GET", "POST"])
@role_required("operator")
def import_list(request: HttpRequest) -> HttpResponse:
    """A list sent in as CSV: entered whole, or every fault shown with its line."""
    form = ListForm(*(request.POST, request.FILES) if request.method == "POST" else ())
    problems: tuple[Any, ...] = ()
    refusal: Finding | None = None
    if form.is_valid():
        try:
            rows = parse_reviewers(form.cleaned_data["file"], tuple(pool.fields()))
            made = actions.import_reviewers(by=actor(request), at=clock.now(), rows=rows)
        except ReviewersFileError as error:
            problems = error.problems
        except Refused as refused:
            refusal = refused.finding
        else:
            messages.success(request, _("평가위원 %(count)s명을 저장했습니다.") % {"count": len(made)})
            return redirect("evaluation:pool")
    context = {
        "form": form,
        "problems": problems,
        "refusal": refusal,
        "columns": list(COLUMNS),
        "fields": pool.fields(),
    }
    status = 422 if problems or refusal or form.errors else 200
    return render(request, "evaluation/pool_import.html", context, status=status)


@require_http_methods(["GET", "POST"])
@role_required("reviewer")
def profile(request: HttpRequest) -> HttpResponse:
    """What the pool holds of me; my fields and my relations are mine to say."""
    fellow = pool.fellow(actor(request))
    act = request.POST.get("act", "")
    form = ExpertiseForm(request.POST if act == "expertise" else None, fellow.profile)
    relation = RelationForm(request.POST if act == "relation" else None)
    who: dict[str, Any] = {"by": actor(request), "at": clock.now()}
    refusal = None
    try:
        if form.is_valid():
            actions.correct_expertise(expertise=form.cleaned_data["expertise"], **who)
            messages.success(request, _("전문분야를 저장했습니다."))
            return redirect("evaluation:profile")
        if relation.is_valid():
            actions.declare_relation(**relation.cleaned_data, **who)
            messages.success(request, _("관계를 저장했습니다. 이제 그 신청은 맡기지 않습니다."))
            return redirect("evaluation:profile")
    except Refused as refused:
        refusal = refused.finding
    context = {
        "fellow": fellow,
        "form": form,
        "relation": relation,
        "relations": pool.relations(actor(request)),
        "refusal": refusal,
    }
    return render(request, "evaluation/profile.html", context)


@require_POST
@role_required("reviewer")
def end_relation(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a relation of mine that is over."""
    row = get_object_or_404(pool.relations(actor(request)), pk=pk)
    actions.end_relation(by=actor(request), at=clock.now(), relation=row)
    messages.success(request, _("관계를 거두었습니다. 기록에는 남습니다."))
    return redirect("evaluation:profile")

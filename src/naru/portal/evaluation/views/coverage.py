"""/evaluation/: how far the round is, who is behind, where reviewers disagree; panels and the closing."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from naru.domain.decision import Refused
from naru.portal.accounts.access import actor, role_required
from naru.portal.audit.reading import reads
from naru.portal.calls import queries as calls
from naru.portal.evaluation import actions, objections, pages, queries, recomputing
from naru.portal.evaluation.forms import PanelsForm
from naru.portal.evaluation.queries import Progress
from naru.portal.evaluation.views.pool import rooms
from naru.portal.screening.pages import Desk, clauses, desk
from naru.portal.ui import clock
from naru.portal.ui.components import Tab

ROWS = 50
WIDE = 20  # points between the highest and the lowest total that deserve a look; shown, never judged by
SORTS: dict[str, Any] = {
    "number": lambda one: one.application.number,
    "panel": lambda one: one.panel,
    "final": lambda one: one.final,
}


def _spread(one: Progress) -> int:
    return -1 if one.spread is None else one.spread


def _desk(request: HttpRequest, among: list[calls.OpenRound] | None = None) -> Desk:
    return desk(request.GET.get("call", ""), request.GET.get("round", ""), among)


def _address(name: str, here: Desk) -> str:
    return f"{reverse(f'evaluation:{name}')}?call={here.call.slug}&round={here.round.id}"


def _home(here: Desk) -> str:
    return _address("coverage", here)


@require_safe
@role_required("operator", "auditor")
@reads("evaluation")
def coverage(request: HttpRequest) -> HttpResponse:
    """The board of a round's evaluation."""
    every = calls.rounds()
    if not every:
        return render(request, "evaluation/no_call.html")
    here = _desk(request, every)
    progress = queries.coverage(here.call, here.round.id)
    wanted = here.terms.scoring.min_reviews
    frozen = bool(calls.quotas_of(here.call, here.round.id))
    short = [one for one in progress if one.final < wanted]
    views = {"": (_("모든 신청"), progress), "missing": (_("평가가 모자란 신청"), short)}
    if frozen:
        apart = [one for one in progress if one.spread is not None and one.spread >= WIDE]
        views["apart"] = (_("점수 차 %(wide)s점 이상") % {"wide": WIDE}, apart)
    show = request.GET.get("show", "") if request.GET.get("show", "") in views else ""
    sorts = SORTS | ({"spread": _spread} if frozen else {})
    listed = _sorted(views[show][1], request.GET.get("sort", ""), sorts)
    home = _home(here)
    context = {
        "desk": here,
        "rounds": every,
        "room_tabs": rooms("coverage"),
        "wanted": wanted,
        "page": Paginator(listed, ROWS).get_page(request.GET.get("page")),
        "tabs": [
            Tab(label=label, url=f"{home}&show={name}", current=name == show, count=len(found))
            for name, (label, found) in views.items()
        ],
        "figures": _figures(progress, wanted),
        "short": len(short),
        "workloads": queries.workloads(here.call, here.round.id),
        "closing": queries.closing(here.call, here.round.id),
        "frozen": frozen,
        "recalculations": recomputing.of_round(here.call, here.round.id) if frozen else [],
        "most": pages.most(here.terms),
        "due": pages.printed_due(here.terms),
        "panels_url": _address("panels", here),
        "close_url": _address("close", here),
    }
    return render(request, "evaluation/coverage.html", context)


def _sorted(progress: list[Progress], sort: str, sorts: dict[str, Any]) -> list[Progress]:
    key = sorts.get(sort.removeprefix("-"))
    return sorted(progress, key=key, reverse=sort.startswith("-")) if key else progress


def _figures(progress: list[Progress], wanted: int) -> dict[str, int]:
    return {
        "applications": len(progress),
        "paneled": sum(one.panel >= wanted for one in progress),
        "asked": sum(one.panel for one in progress),
        "begun": sum(one.begun for one in progress),
        "final": sum(one.final for one in progress),
        "complete": sum(one.final >= wanted for one in progress),
    }


@require_http_methods(["GET", "POST"])
@role_required("operator")
@reads("evaluation")
def panels(request: HttpRequest) -> HttpResponse:
    """Choose reviewers, see what would be assigned (GET with answers), then do it (POST)."""
    here = _desk(request)
    least = here.terms.scoring.min_reviews
    said = request.POST if request.method == "POST" else request.GET
    data = said if "per_application" in said else None
    form = PanelsForm(data, queries.workloads(here.call, here.round.id), least)
    plan = refusal = None
    if form.is_valid():
        people, wanted = list(form.cleaned_data["reviewers"]), form.cleaned_data["per_application"]
        if request.method == "POST":
            try:
                made = actions.assign_panels(
                    by=actor(request),
                    at=clock.now(),
                    call=here.call,
                    round_id=here.round.id,
                    reviewers=people,
                    per_application=wanted,
                )
            except Refused as refused:
                refusal = refused.finding
            else:
                messages.success(request, _("평가 %(count)s건을 배정했습니다.") % {"count": len(made)})
                return redirect(_home(here))
        plan = queries.plan_panels(here.call, here.round.id, people, wanted)
    context = {
        "desk": here,
        "form": form,
        "plan": plan,
        "load": plan.load() if plan else [],
        "titles": _circles(here, plan),
        "touched": len({row for row, _who in plan.pairs}) if plan else 0,
        "refusal": refusal,
        "clauses": clauses(here.terms),
        "closing": queries.closing(here.call, here.round.id),
        "never_shown": bool(here.terms.objections.days)
        and objections.last_until(here.call, here.round.id) is None,
        "home": _home(here),
        "address": _address("panels", here),
    }
    return render(request, "evaluation/panels.html", context)


def _circles(here: Desk, plan: queries.PanelPlan | None) -> dict[int, Any]:
    """For each reviewer the title of the product whose circle it is."""
    return {who: here.terms.resource(code).title for who, code in plan.circles.items()} if plan else {}


@require_http_methods(["GET", "POST"])
@role_required("operator")
def close(request: HttpRequest) -> HttpResponse:
    """End the round's evaluation, after a look at what that means."""
    here = _desk(request)
    refusal = None
    if request.method == "POST":
        try:
            actions.close(by=actor(request), at=clock.now(), call=here.call, round_id=here.round.id)
        except Refused as refused:
            refusal = refused.finding
        else:
            messages.success(request, _("평가를 마감했습니다. 이제 선정을 할 수 있습니다."))
            return redirect(_home(here))
    figures = _figures(queries.coverage(here.call, here.round.id), here.terms.scoring.min_reviews)
    consequences: list[Any] = [
        _("신청 %(applications)s건의 확정 평가표 %(final)s건이 그대로 굳습니다.") % figures,
        _("평가위원은 더 쓰거나 고칠 수 없고, 새로 배정할 수도 없습니다."),
        _("늦게 밝혀진 이해충돌만 사유를 남기고 결과에서 뺄 수 있습니다."),
        _("마감은 되돌릴 수 없고, 다음은 선정입니다."),
    ]
    missing = figures["applications"] - figures["complete"]
    if missing:
        consequences.insert(
            0, _("지금은 평가가 모자란 신청이 %(count)s건 있어 마감되지 않습니다.") % {"count": missing}
        )
    context = {
        "title": _("평가 마감"),
        "question": _("%(call)s %(round)s차의 평가를 마감합니까?")
        % {"call": here.call.slug, "round": here.round.id},
        "consequences": consequences,
        "form": "",
        "confirm_label": _("평가 마감"),
        "cancel_url": _home(here),
        "danger": True,
        "refusal": refusal,
        "clauses": clauses(here.terms),
    }
    return render(request, "evaluation/confirm.html", context)

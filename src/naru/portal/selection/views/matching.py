"""/matching/: supply, pre-check, the matching run and its proofs, its confirmation."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from naru.domain.decision import Finding, Refused
from naru.portal.accounts.access import actor, role_required
from naru.portal.audit.reading import reads
from naru.portal.calls import queries as calls
from naru.portal.calls.queries import OpenRound
from naru.portal.selection import actions, queries, words
from naru.portal.selection.forms import TrialForm
from naru.portal.selection.models import PERSONS, MatchingRun, SelectionRun
from naru.portal.selection.tables import places
from naru.portal.selection.views import rounds
from naru.portal.selection.views.runs import as_file
from naru.portal.ui import clock
from naru.portal.ui.wording import moment


@require_safe
@role_required("operator", "auditor")
@reads("selection")
def room(request: HttpRequest) -> HttpResponse:
    """The supply and what it comes to: a pre-check until a matching is run, then the matching."""
    one, found = rounds.choice(request)
    if one is None:
        return render(request, "selection/no_round.html")
    return _page(request, one, found)


@require_POST
@role_required("operator")
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the servers entered so far to the selected of one run."""
    selection = get_object_or_404(queries.every_run(), pk=pk)
    try:
        actions.run_matching(by=actor(request), at=clock.now(), selection=selection)
    except Refused as refusal:
        return _refused(request, selection, refusal.finding)
    messages.success(request, _("배정을 계산했습니다. 결과를 확인한 뒤 확정하십시오."))
    return redirect(address(selection))


@require_http_methods(["GET", "POST"])
@role_required("operator")
@reads("selection")
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Stand by a matching; awards are opened from it."""
    matching = get_object_or_404(_matchings(), pk=pk)
    selection = matching.selection
    if request.method == "POST":
        try:
            actions.confirm_matching(by=actor(request), at=clock.now(), matching=matching)
        except Refused as refusal:
            return _refused(request, selection, refusal.finding)
        messages.success(request, _("확정을 기록했습니다."))
        return redirect(address(selection))
    served = matching.matches.exclude(vendor=None).count()
    context = {
        "title": _("배정 확정"),
        "question": _("%(run)s에 계산한 배정을 확정하시겠습니까?") % {"run": moment(matching.run_at)},
        "consequences": [
            _("두 번째 확정이므로 이 배정이 효력을 갖습니다.")
            if matching.confirmations.exists()
            else _("확정이 한 건 기록됩니다. 다른 운영 담당자 한 명이 더 확정해야 효력이 생깁니다."),
            _("%(served)d곳에 서버가 정해지고, 서버가 없는 선정자는 증명과 함께 기다립니다.")
            % {"served": served},
            _("이 선정의 배정은 다시 실행할 수 없습니다. 빈자리는 예비 충원으로 채웁니다."),
            _("공개된 선정이면 신청자의 결과 통지서에 배정이 나타납니다."),
        ],
        "confirm_label": _("배정 확정"),
        "cancel_url": address(selection),
    }
    return render(request, "ui/confirm.html", context)


@require_safe
@role_required("operator", "auditor")
@reads("selection")
def record(_request: HttpRequest, pk: int) -> HttpResponse:
    """The matching's record as a file; it repeats the selection."""
    one = get_object_or_404(MatchingRun.objects.select_related("selection__call"), pk=pk)
    name = f"{one.selection.call.slug}-{one.selection.round_id}-matching-{one.pk}.json"
    return as_file(one.record, name)


def address(selection: SelectionRun) -> str:
    """The room showing a selection's round."""
    return f"{reverse('selection:matching')}?call={selection.call.slug}&round={selection.round_id}"


def _matchings() -> Any:
    return MatchingRun.objects.defer("record", "selection__record").select_related("selection__call")


def _refused(request: HttpRequest, selection: SelectionRun, finding: Finding) -> HttpResponse:
    found = calls.rounds()
    one = next(
        entry for entry in found if (entry.call.pk, entry.round.id) == (selection.call_id, selection.round_id)
    )
    return _page(request, one, found, finding)


def _page(
    request: HttpRequest, one: OpenRound, found: list[OpenRound], refusal: Finding | None = None
) -> HttpResponse:
    """The room of one round."""
    runs = list(queries.runs(one.call, one.round.id))
    in_force = next((run for run in runs if run.state in queries.IN_FORCE), None)
    proposed = next((run for run in runs if run.state == SelectionRun.State.PROPOSED), None)
    selection = in_force or proposed
    context: dict[str, Any] = {
        "one": one,
        "rounds": found,
        "selection": selection,
        "in_force": in_force,
        "state": words.STATES[SelectionRun.State(selection.state)] if selection else None,
        "sectors": words.sector_titles(one.terms),
        "titles": words.product_titles(one.terms),
        "groups": list(queries.server_groups(one.call)),
        "refusal": refusal,
    }
    if selection is not None:
        context |= _matched(one, selection, request.user.pk)
        if context["groups"] and not context["confirmed"]:
            context |= _trial(request, context, selection)
    return render(request, "selection/matching.html", context, status=409 if refusal else 200)


def _trial(request: HttpRequest, context: dict[str, Any], selection: SelectionRun) -> dict[str, Any]:
    """What another number of one group would move, where somebody asks."""
    data = request.GET if "servers" in request.GET else None
    form = TrialForm(data, groups=context["groups"], titles=context["titles"])
    asked = form.asked()
    if asked is None:
        return {"trial": form}
    group, servers = asked
    found = queries.moves(selection, group, servers)
    kinds: list[str] = [one.kind for one in found]
    return {
        "trial": form,
        "asked": {"group": group, "servers": servers},
        "moves": found,
        "tally": {kind: kinds.count(kind) for kind in words.MOVES},
        "kinds": words.MOVES,
        "names": context["names"],
    }


def _matched(one: OpenRound, selection: SelectionRun, user_id: int | None) -> dict[str, Any]:
    """The matching that counts, else the last one run, else the pre-check."""
    kept = list(queries.matchings(selection))
    confirmed = next((entry for entry in kept if entry.confirmed_at), None)
    shown = confirmed or next(iter(kept), None)
    record = shown.record if shown else queries.precheck(selection)
    names = {code: supplier.name for code, supplier in queries.suppliers().items()}
    stale = (
        shown is not None and confirmed is None and queries.supply(one.call) != queries.recorded_supply(shown)
    )
    confirmations = list(shown.confirmations.all()) if shown else []
    return {
        "confirmations": confirmations,
        "missing": max(0, PERSONS - len(confirmations)),
        "mine": user_id in {each.person_id for each in confirmations},
        "names": names,
        "matching": shown,
        "confirmed": confirmed,
        "stale": stale,
        "tables": places.of_record(one.terms, record, names) if record else [],
    }

"""/selection/: the selection room, what-if questions by GET, proposing by POST."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from naru.domain.decision import Finding, Refused
from naru.domain.run import SelectionRefusedError
from naru.portal.accounts.access import actor, role_required
from naru.portal.accounts.models import Role
from naru.portal.audit.reading import reads
from naru.portal.calls.models import Call
from naru.portal.calls.queries import OpenRound
from naru.portal.evaluation import recomputing
from naru.portal.evaluation.models import Recalculation
from naru.portal.selection import actions, queries, words
from naru.portal.selection.forms import ReasonForm, ReplaceForm, WhatIfForm
from naru.portal.selection.models import SelectionRun
from naru.portal.selection.tables import columns, gates
from naru.portal.selection.tables.shadow import shadows
from naru.portal.selection.views import rounds
from naru.portal.ui import clock

SHADOWS = 20
WARNINGS = 20


@require_safe
@role_required("operator", "auditor")
@reads("selection")
def room(request: HttpRequest) -> HttpResponse:
    """Conditions, what-if answers in three columns, the runs so far."""
    one, found = rounds.choice(request)
    if one is None:
        return render(request, "selection/no_round.html")
    # htmx asks for the answer alone; the page around it has not changed
    live = request.headers.get("HX-Target") == "answer"
    context = _room(request, one, found, live=live)
    answer = render(request, "selection/answer.html" if live else "selection/room.html", context)
    patch_vary_headers(answer, ["HX-Target"])
    return answer


@require_POST
@role_required("operator")
def propose(request: HttpRequest) -> HttpResponse:
    """Run the selection under the settings shown and keep it as a proposal."""
    one, found = rounds.choice(request)
    if one is None:
        return redirect("selection:room")
    form = WhatIfForm(request.POST, call=one.terms)
    reason, replacing = ReasonForm(request.POST), ReplaceForm(request.POST)
    if form.is_valid() and reason.is_valid() and replacing.is_valid():
        settings = form.settings(one.round.id, reason.cleaned_data["reason"])
        try:
            run = actions.propose(
                by=actor(request),
                at=clock.now(),
                call=one.call,
                round_id=one.round.id,
                settings=settings,
                replacing_reason=replacing.cleaned_data["replacing_reason"],
            )
        except Refused as refusal:
            context = _room(request, one, found, form=form, refusal=refusal.finding)
            return render(request, "selection/room.html", context, status=409)
        messages.success(request, _("모의 결과를 저장했습니다. 서로 다른 두 담당자의 확정이 필요합니다."))
        return redirect(run)
    context = _room(request, one, found, form=form, reason=reason)
    return render(request, "selection/room.html", context, status=400)


def asked(request: HttpRequest) -> str:
    """The question of a page as an address, to be asked again with one more word."""
    kept = request.GET.copy()
    kept.pop("full", None)
    return kept.urlencode()


def _room(
    request: HttpRequest,
    one: OpenRound,
    found: list[OpenRound],
    form: WhatIfForm | None = None,
    reason: ReasonForm | None = None,
    refusal: Finding | None = None,
    *,
    live: bool = False,
) -> dict[str, Any]:
    """Everything the room shows of one round."""
    call, round_id = one.call, one.round.id
    given = queries.inputs(call, round_id)
    conditions = queries.gates(call, round_id, given)
    form = form or WhatIfForm(request.GET, call=one.terms)
    settings = form.settings(round_id)
    kept = list(queries.runs(call, round_id))
    in_force = next((run for run in kept if run.state in queries.IN_FORCE), None)
    proposed = next((run for run in kept if run.state == SelectionRun.State.PROPOSED), None)
    context: dict[str, Any] = {
        "one": one,
        "rounds": found,
        "gates": gates.rows(conditions, call, round_id),
        "ready": all(gate.open for gate in conditions),
        "form": form,
        "reason": reason or ReasonForm(needed=queries.relaxes(settings)),
        "refusal": refusal,
        "relaxed": words.settings_words(settings),
        "needs_reason": queries.relaxes(settings),
        "sectors": words.sector_titles(one.terms),
        "runs": kept,
        "in_force": in_force,
        "late": _late(call, round_id, proposed or in_force),
        "replaceable": in_force is not None and queries.confirmed_matching(in_force) is None,
        "replacing": ReplaceForm(needed=in_force is not None),
        "proposed": proposed,
        "states": words.STATES,
        "statuses": words.STATUS,
        "count": len(given.applications),
        "ask": asked(request),
    }
    if gates.may_look(conditions):
        try:
            decision = queries.what_if(call, round_id, settings, given=given)
        except SelectionRefusedError as error:
            return context | {"problems": error.problems}
        shown = columns.opened(columns.of_decision(one.terms, decision), request.GET.get("full"))
        context |= {"columns": shown, "spill": columns.spill(shown), "warned": len(decision.warnings)}
        context["warnings"] = decision.warnings[:WARNINGS]
        if actor(request).has_role(Role.OPERATOR) and not live:
            trim_from = one.terms.scoring.trim_from
            context["shadows"] = shadows(given.applications, decision, trim_from, SHADOWS)
    return context


def _late(call: Call, round_id: str, run: SelectionRun | None) -> list[Recalculation]:
    """What left or joined the round's sheets since the run was made: it no longer rests on what is there."""
    return [one for one in recomputing.of_round(call, round_id) if one.at > run.run_at] if run else []

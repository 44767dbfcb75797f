"""/selection/: the selection room, what-if questions by GET, proposing by POST."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from naru.domain.decision import Finding, Refused
from naru.domain.run import SelectionRefusedError
from naru.portal.accounts.access import actor, role_required
from naru.portal.accounts.models import Role
from naru.portal.calls.queries import OpenRound
from naru.portal.selection import actions, queries, words
from naru.portal.selection.forms import ReasonForm, WhatIfForm
from naru.portal.selection.models import SelectionRun
from naru.portal.selection.tables import columns, gates
from naru.portal.selection.tables.shadow import shadows
from naru.portal.selection.views import rounds
from naru.portal.ui import clock

SHADOWS = 20


@require_safe
@role_required("operator", "auditor")
def room(request: HttpRequest) -> HttpResponse:
    """Conditions, what-if answers in three columns, the runs so far."""
    one, found = rounds.choice(request)
    if one is None:
        return render(request, "selection/no_round.html")
    return render(request, "selection/room.html", _room(request, one, found))


@require_POST
@role_required("operator")
def propose(request: HttpRequest) -> HttpResponse:
    """Run the selection under the settings shown and keep it as a proposal."""
    one, found = rounds.choice(request)
    if one is None:
        return redirect("selection:room")
    form = WhatIfForm(request.POST, call=one.terms)
    reason = ReasonForm(request.POST)
    if form.is_valid() and reason.is_valid():
        settings = form.settings(one.round.id, reason.cleaned_data["reason"])
        try:
            run = actions.propose(
                by=actor(request), at=clock.now(), call=one.call, round_id=one.round.id, settings=settings
            )
        except Refused as refusal:
            context = _room(request, one, found, form=form, refusal=refusal.finding)
            return render(request, "selection/room.html", context, status=409)
        messages.success(request, _("모의 결과를 저장했습니다. 서로 다른 두 담당자의 확정이 필요합니다."))
        return redirect(run)
    context = _room(request, one, found, form=form, reason=reason)
    return render(request, "selection/room.html", context, status=400)


def _room(
    request: HttpRequest,
    one: OpenRound,
    found: list[OpenRound],
    form: WhatIfForm | None = None,
    reason: ReasonForm | None = None,
    refusal: Finding | None = None,
) -> dict[str, Any]:
    """Everything the room shows of one round."""
    call, round_id = one.call, one.round.id
    given = queries.inputs(call, round_id)
    conditions = queries.gates(call, round_id, given)
    form = form or WhatIfForm(request.GET, call=one.terms)
    settings = form.settings(round_id)
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
        "runs": (kept := list(queries.runs(call, round_id))),
        "in_force": next((run for run in kept if run.state in queries.IN_FORCE), None),
        "proposed": next((run for run in kept if run.state == SelectionRun.State.PROPOSED), None),
        "states": words.STATES,
        "statuses": words.STATUS,
        "count": len(given.applications),
    }
    if gates.may_look(conditions):
        try:
            decision = queries.what_if(call, round_id, settings, given=given)
        except SelectionRefusedError as error:
            return context | {"problems": error.problems}
        shown = columns.of_decision(one.terms, decision)
        context |= {"columns": shown, "spill": columns.spill(shown), "warnings": decision.warnings}
        if actor(request).has_role(Role.OPERATOR):
            trim_from = one.terms.scoring.trim_from
            context["shadows"] = shadows(given.applications, decision, trim_from, SHADOWS)
    return context

"""The board of the year, and the page that sends each role to its first room."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from naru.portal.accounts.access import actor, role_required
from naru.portal.accounts.models import Role
from naru.portal.calls import queries as calls
from naru.portal.console import board as boards
from naru.portal.console import queries, rooms
from naru.portal.ui import clock, navigation
from naru.portal.ui.components import Tab


@require_safe
@role_required(Role.OPERATOR, Role.AUDITOR)
def board(request: HttpRequest) -> HttpResponse:
    """The steps of one round of one call; without a choice, the round that opened last."""
    at = clock.now()
    rounds = sorted(calls.rounds(), key=lambda one: one.round.opens_at, reverse=True)
    if not rounds:
        return render(request, "console/empty.html", {"publish": rooms.address("calls:publish")})
    chosen = request.GET.get("round", "")
    begun = next((one for one in rounds if one.round.opens_at <= at), rounds[-1])
    one = next((one for one in rounds if _key(one) == chosen), None) if chosen else begun
    if one is None:
        raise Http404(_("그런 모집 차수가 없습니다."))
    steps, decisions = boards.build(one, queries.counts(one, at), at)
    tabs = [
        Tab(label=f"{other.call.slug} · {other.round.id}", url=f"?round={_key(other)}", current=other is one)
        for other in rounds
    ]
    shown = {
        "one": one,
        "steps": steps,
        "decisions": decisions,
        "timeline": boards.timeline(steps),
        "tabs": tabs if len(tabs) > 1 else [],
        "now_at": boards.present(steps),
        "first": decisions[0] if decisions else None,
    }
    return render(request, "console/board.html", shown)


def _key(one: calls.OpenRound) -> str:
    """How an address names a round: call and round."""
    return f"{one.call.slug}:{one.round.id}"


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Send a person to the one first page of the role held; several roles: a page of doors."""
    navigation.remember(request, request.user)
    doors = [door for door in rooms.doors(actor(request)) if door.url]
    if len(doors) == 1:
        return redirect(doors[0].url)
    return render(request, "console/home.html", {"doors": doors})

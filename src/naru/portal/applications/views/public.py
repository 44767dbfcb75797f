"""Before an account: the home page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from naru.portal.accounts.models import User
from naru.portal.applications import queries
from naru.portal.calls import queries as calls
from naru.portal.ui import clock


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The call that is open, or what happens next; three doors; one's own applications."""
    now = clock.now()
    rounds = calls.rounds()
    own = list(queries.own(request.user)) if isinstance(request.user, User) else []
    taking = calls.open_of(rounds, now)
    context = {
        "now": now,
        "open": taking,
        "open_moves": [
            (one, [move for move in calls.moves(one.version) if move.round_id == one.round.id])
            for one in taking
        ],
        "coming": [one for one in rounds if now < one.round.opens_at],
        "latest": rounds[0] if rounds else None,
        "own": own,
    }
    return render(request, "applications/home.html", context)

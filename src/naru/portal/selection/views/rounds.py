"""Which round a room shows: the one asked for, else the last one whose intake is over."""

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from naru.portal.calls import queries as calls
from naru.portal.calls.queries import OpenRound
from naru.portal.ui import clock


def choice(request: HttpRequest) -> tuple[OpenRound | None, list[OpenRound]]:
    """The round of `?call=&round=` and every round there is; None while no call is announced."""
    found = calls.rounds()
    asked = (request.GET.get("call"), request.GET.get("round"))
    if any(asked):
        for one in found:
            if (one.call.slug, one.round.id) == asked:
                return one, found
        raise Http404(_("그런 차수가 없습니다."))
    now = clock.now()
    closed = [one for one in found if one.round.last_closing and one.round.last_closing <= now]
    latest = max(closed, key=lambda one: one.round.last_closing or now, default=None)
    return latest or next(iter(found), None), found

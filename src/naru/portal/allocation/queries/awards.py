"""Reading awards and servers: locked for an act, on loan, in use during a month."""

from datetime import datetime

from django.db.models import QuerySet

from naru.domain.call import Call as Terms
from naru.portal.allocation.models import Award, Server
from naru.portal.calls.models import Call
from naru.portal.calls.queries import current, terms

ACTIVE = (Award.State.AGREEMENT, Award.State.ORDERED, Award.State.IN_USE)


def locked(award: Award) -> Award:
    """The award as it stands now, locked until the transaction ends, with what every act reads."""
    return (
        Award.objects.select_for_update(of=("self",))
        .select_related("call", "application", "vendor", "cloud")
        .get(pk=award.pk)
    )


def locked_server(server: Server) -> Server:
    """The server as it stands now, locked until the transaction ends, with its award and call."""
    return (
        Server.objects.select_for_update(of=("self",))
        .select_related("award__call", "award__application")
        .get(pk=server.pk)
    )


def terms_of(call: Call) -> Terms:
    """What the call says in its present version."""
    return terms(current(call))


def on_loan(call: Call) -> QuerySet[Server]:
    """Servers of a call that were ordered and not yet returned."""
    found = Server.objects.filter(award__call=call).exclude(state=Server.State.RETURNED)
    return found.select_related("award__application")


def used_between(call: Call, begins: datetime, ends: datetime) -> QuerySet[Award]:
    """Awards whose server was in the awardee's hands at some moment of [begins, ends)."""
    return Award.objects.filter(call=call, server__handed_over_at__lt=ends).exclude(
        server__returned_at__lt=begins
    )

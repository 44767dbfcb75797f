"""Reading awards and servers: locked for an act, on loan, in use during a month."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from naru.domain.call import Call as Terms
from naru.portal.allocation.models import Award, Server
from naru.portal.applications.models import Application
from naru.portal.calls.models import Call
from naru.portal.calls.queries import terms, version_of
from naru.portal.selection.models import Match, SelectionRun

ACTIVE = (Award.State.AGREEMENT, Award.State.ORDERED, Award.State.IN_USE)


def promised(applications: Iterable[Application]) -> dict[int, Match]:
    """By application the server a confirmed matching gives it, the result being out and no award open."""
    found = Match.objects.filter(
        application__in=[one.pk for one in applications],
        application__award=None,
        vendor__isnull=False,
        run__confirmed_at__isnull=False,
        run__selection__state=SelectionRun.State.PUBLISHED,
    )
    rows = found.select_related("vendor", "cloud").order_by("run__confirmed_at")
    return {match.application_id: match for match in rows}


def opened(match: Match, at: datetime) -> Award:
    """The award of a match as it is opened; not saved."""
    application = match.application
    return Award(
        call_id=application.call_id,
        application=application,
        product=application.product,
        vendor=match.vendor,
        cloud=match.cloud,
        created_at=at,
    )


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
    """What the call says in its present version; no query where the version was read with the call."""
    return terms(version_of(call))


def on_loan(call: Call) -> QuerySet[Server]:
    """Servers of a call that were ordered and not yet returned."""
    found = Server.objects.filter(award__call=call).exclude(state=Server.State.RETURNED)
    return found.select_related("award__application")


def used_between(call: Call, begins: datetime, ends: datetime) -> QuerySet[Award]:
    """Awards whose server was in the awardee's hands at some moment of [begins, ends)."""
    return Award.objects.filter(call=call, server__handed_over_at__lt=ends).exclude(
        server__returned_at__lt=begins
    )

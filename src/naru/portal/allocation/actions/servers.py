"""A server ordered, delivered, checked against its product (C-03), handed over and returned (L-01)."""

from datetime import datetime

from django.db import transaction

from naru.domain.handover import Delivery
from naru.engines.manual import ManualEngine
from naru.portal.accounts.models import User
from naru.portal.allocation import queries, refusals
from naru.portal.allocation.delivery import judged, stored
from naru.portal.allocation.models import Agreement, Award, Server
from naru.portal.allocation.notebook import engine_of, spec_of
from naru.portal.audit.actions import record
from naru.portal.screening import owed, refused_renewals


@transaction.atomic
def order_server(*, by: User, at: datetime, award: Award, engine: str = "manual") -> Server:
    """Order the award's server from the engine.

    Refused until both sides signed the agreement, and while a certificate has to be renewed that no person
    has waived (E-05).
    """
    award = queries.locked(award)
    if award.state != Award.State.AGREEMENT:
        raise refusals.wrong_state(award.state, Award.State.AGREEMENT)
    if not Agreement.objects.filter(award=award, countersigned_at__isnull=False).exists():
        raise refusals.not_countersigned()
    if lapsing := list(owed.outstanding_of(award.application).values_list("document", flat=True)):
        raise refused_renewals.outstanding(lapsing)
    server = Server(award=award, engine=engine, ordered_at=at)
    product = queries.terms_of(award.call).resource(award.product)
    engine_of(server).order(spec_of(award, product), key=f"{award.call.slug}/{award.application.number}")
    server.save(force_insert=True)
    award.state = Award.State.ORDERED
    award.save(update_fields=["state"])
    record(
        by=by,
        at=at,
        action="allocation.order_server",
        subject=award,
        facts={"engine": engine, "reference": server.reference},
        call_id=award.call.slug,
    )
    return server


@transaction.atomic
def deliver_server(
    *, by: User, at: datetime, server: Server, reference: str, address: str, figures: Delivery
) -> Server:
    """The cloud company's word that the server stands; refused when any figure is below the product's.

    `reference` is the cloud company's own number of the server. A second word before the handover corrects
    the first.
    """
    server = queries.locked_server(server)
    if server.state not in {Server.State.ORDERED, Server.State.DELIVERED}:
        raise refusals.wrong_state(server.state, Server.State.ORDERED)
    award = server.award
    findings = judged(queries.terms_of(award.call).resource(award.product), figures)
    if not address.strip():
        raise refusals.address_missing()
    engine = engine_of(server)
    if isinstance(engine, ManualEngine):  # any other engine knows the address by itself
        engine.confirm_delivery(server.reference, address=address)
    server.cloud_reference = reference.strip()
    server.figures, server.findings = stored(figures), findings
    server.state, server.delivered_at = Server.State.DELIVERED, at
    server.save()
    record(
        by=by,
        at=at,
        action="allocation.deliver_server",
        subject=award,
        facts={"reference": server.reference, "figures": server.figures},
        call_id=award.call.slug,
    )
    return server


@transaction.atomic
def accept_handover(*, by: User, at: datetime, server: Server) -> Server:
    """The awardee takes the delivered server over (인수): use begins."""
    server = queries.locked_server(server)
    if server.state != Server.State.DELIVERED:
        raise refusals.wrong_state(server.state, Server.State.DELIVERED)
    server.state, server.handed_over_at = Server.State.HANDED_OVER, at
    server.save(update_fields=["state", "handed_over_at"])
    award = server.award
    award.state = Award.State.IN_USE
    award.save(update_fields=["state"])
    record(
        by=by,
        at=at,
        action="allocation.accept_handover",
        subject=award,
        facts={"reference": server.reference},
        call_id=award.call.slug,
    )
    return server


@transaction.atomic
def return_server(*, by: User, at: datetime, award: Award) -> Server:
    """Take the server back (회수) at the end of use: the engine releases it and the award ends."""
    award = queries.locked(award)
    if award.state != Award.State.IN_USE:
        raise refusals.wrong_state(award.state, Award.State.IN_USE)
    server = award.server
    engine_of(server).release(server.reference)
    server.state, server.returned_at = Server.State.RETURNED, at
    server.save()
    award.state, award.ended_at = Award.State.ENDED, at
    award.save(update_fields=["state", "ended_at"])
    record(
        by=by,
        at=at,
        action="allocation.return_server",
        subject=award,
        facts={"reference": server.reference},
        call_id=award.call.slug,
    )
    return server

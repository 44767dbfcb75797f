"""Allocation (할당): awards, agreements, servers ordered, delivered, checked and handed over."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from naru.domain.handover import Delivery
from naru.portal.allocation import actions as allocation
from naru.portal.allocation.models import Award
from naru.portal.demo import calendar
from naru.portal.demo.year import Year

DAY = timedelta(days=1)


def allocate(year: Year) -> None:
    """Every place of the matching becomes a running server."""
    opened = year.player.play(
        allocation.open_awards, by=year.operators[0], at=calendar.on(4, 2, 16), matching=year.matched
    )
    hand_over(year, opened, calendar.AGREEMENTS, short_of=opened[4].pk)
    year.player.run()


def hand_over(year: Year, awards: Iterable[Award], begins: datetime, *, short_of: int | None = None) -> None:
    """Put agreement, order, delivery and handover of awards on the agenda, about a week after `begins`.

    `short_of` is the award whose first server has too little memory and is refused (C-03).
    """
    later = year.player.later
    for award in awards:
        signs = calendar.within(year.rng, begins, 2)
        later(signs, partial(_sign, year, award))
        later(signs + timedelta(hours=3), partial(_countersign, year, award))
        later(signs + DAY, partial(_order, year, award))
        later(signs + 4 * DAY, partial(_deliver, year, award, short=award.pk == short_of))
        later(signs + 6 * DAY, partial(_accept, year, award))


def _sign(year: Year, award: Award, at: datetime) -> None:
    year.player.play(allocation.sign_agreement, by=award.application.applicant, at=at, award=award)


def _countersign(year: Year, award: Award, at: datetime) -> None:
    year.player.play(allocation.countersign, by=year.operator(), at=at, award=award)


def _order(year: Year, award: Award, at: datetime) -> None:
    year.servers[award.pk] = year.player.play(allocation.order_server, by=year.operator(), at=at, award=award)


def _deliver(year: Year, award: Award, at: datetime, *, short: bool) -> None:
    """The cloud company's word; a short server is refused and a right one delivered the next morning."""
    product = year.terms.resource(award.product)
    memory = product.memory_gb // (2 if short else 1)
    arguments: dict[str, Any] = {
        "by": year.supplier_people[award.cloud.code],
        "at": at,
        "server": year.servers[award.pk],
        "reference": f"{award.cloud.code}-{award.pk:04d}",
        "address": f"server-{award.pk:04d}.{award.cloud.code}.naru.example:22",
        "figures": _figures(product.tops_int8, product.cores, product.clock_ghz, memory),
    }
    if short:
        year.player.try_in_vain(allocation.deliver_server, **arguments)
        year.player.later(at + timedelta(hours=20), partial(_deliver, year, award, short=False))
        return
    year.servers[award.pk] = year.player.play(allocation.deliver_server, **arguments)


def _figures(tops: int, cores: int, clock: Decimal, memory: int) -> Delivery:
    return Delivery(
        tops_int8=tops,
        cores=cores,
        clock_ghz=Decimal(clock),
        memory_gb=memory,
        ssd_tb=Decimal(1),
        link_gbps=Decimal(1),
    )


def _accept(year: Year, award: Award, at: datetime) -> None:
    server = year.servers[award.pk]
    by = award.application.applicant
    year.servers[award.pk] = year.player.play(allocation.accept_handover, by=by, at=at, server=server)
    year.awards.append(award)

"""The busy world's one award, many times over: whole rows, copied cheaply."""

from naru.portal.allocation.models import Agreement, Award, LedgerEntry, Offer, Server
from naru.portal.appeals.models import Appeal
from naru.portal.applications.models import Application, EvidenceDocument, Kpi, ModelUse, Receipt
from naru.portal.audit.models import Event
from naru.portal.evaluation.models import ReviewAssignment, ScoreSheet
from naru.portal.organisations.models import Restriction
from naru.portal.progress.models import Check, MonthlyReport, RestrictionCase
from naru.portal.screening.models import CorrectionRequest, Screening, ScreeningFinding, TechnicalReview
from naru.portal.selection.models import Match, SelectionOutcome


def copied(row, count, changed):
    """`count` copies of a row, saved; `changed(n)` says in which columns copy n differs."""
    kept = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    del kept[row._meta.pk.attname]
    return type(row).objects.bulk_create(type(row)(**(kept | changed(n))) for n in range(count))


def multiply(world, count, first=0):
    """`count` more applications with everything the world's award has, numbered from `first`.

    They belong to the same people: the owner, the reviewers, the vendor and the cloud have as many rows.
    """
    source = world.award.application
    numbers = range(first, first + count)
    applications = copied(
        source, count,
        lambda n: {"number": f"2025-npu-{numbers[n] + 5000}", "unit": f"company:9{numbers[n]:09}"},
    )  # fmt: skip
    _belonging(source, applications)
    _awards(world, applications)
    copied(world.mail, count, lambda _n: {})
    restriction = Restriction.objects.first()
    copied(restriction, count, lambda n: {"unit": f"company:8{numbers[n]:09}"})
    event = Event.objects.order_by("-number").first()
    last = event.chain.events.order_by("-number").first().number
    copied(event, count, lambda n: {"number": last + 1 + n, "hash": f"{last + 1 + n:064x}"})


def _belonging(source, applications):
    """What hangs on an application, up to its outcome and its match."""
    to = [{"application_id": row.pk} for row in applications]
    for model in (
        EvidenceDocument,
        Kpi,
        ModelUse,
        TechnicalReview,
        SelectionOutcome,
        Match,
        CorrectionRequest,
    ):
        for row in model.objects.filter(application=source):
            rank = {"rank": None} if model is SelectionOutcome else {}
            copied(row, len(to), lambda n, rank=rank: to[n] | rank)
    for row in Receipt.objects.filter(application=source):
        copied(row, len(to), lambda n, row=row: to[n] | {"key": f"{row.key}-{to[n]['application_id']}"})
    for row in Appeal.objects.filter(application=source):
        names = [f"{row.number}-{one['application_id']}" for one in to]
        copied(row, len(to), lambda n, names=names: to[n] | {"number": names[n], "key": names[n]})
    screenings = copied(source.screening, len(to), lambda n: to[n])
    for row in ScreeningFinding.objects.filter(screening=source.screening):
        copied(row, len(to), lambda n: {"screening_id": screenings[n].pk})
    for seat in ReviewAssignment.objects.filter(application=source):
        seats = copied(seat, len(to), lambda n: to[n])
        for sheet in ScoreSheet.objects.filter(assignment=seat):
            copied(sheet, len(to), lambda n, seats=seats: {"assignment_id": seats[n].pk})
    assert Screening.objects.count() > len(to)


def _awards(world, applications):
    """Their awards, with agreement, server, ledger, reports, checks and cases."""
    awards = copied(world.award, len(applications), lambda n: {"application_id": applications[n].pk})
    to = [{"award_id": row.pk} for row in awards]
    for model in (Agreement, LedgerEntry, MonthlyReport, Check, RestrictionCase):
        for row in model.objects.filter(award=world.award):
            copied(row, len(to), lambda n: to[n])
    for row in Offer.objects.filter(application=world.award.application):
        copied(row, len(to), lambda n: {"application_id": applications[n].pk})
    server = Server.objects.get(award=world.award)
    copied(server, len(to), lambda n: to[n] | {"reference": f"{server.reference}-{to[n]['award_id']}"})
    assert Application.objects.count() > len(to) <= Award.objects.count()

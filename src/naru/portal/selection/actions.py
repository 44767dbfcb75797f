"""What may be done in selection and matching: propose, confirm by two persons, publish later, match."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from django.db import transaction

from naru.codec.record import record_of
from naru.domain.run import Decision, SelectionRefusedError, Settings, decide
from naru.portal.accounts.models import Role, User
from naru.portal.audit.actions import record
from naru.portal.calls import queries as calls
from naru.portal.calls.models import Call, LotterySeed
from naru.portal.evaluation import queries as evaluation
from naru.portal.organisations import queries as organisations
from naru.portal.organisations.models import Supplier
from naru.portal.selection import queries, refusals
from naru.portal.selection.models import (
    Match,
    MatchingRun,
    RunConfirmation,
    SelectionOutcome,
    SelectionRun,
    ServerGroup,
)

PERSONS = 2
_STATUS = {"selected": SelectionOutcome.Status.SELECTED, "waiting": SelectionOutcome.Status.WAITING}


@transaction.atomic
def propose(
    *, by: User, at: datetime, call: Call, round_id: str, settings: Settings | None = None
) -> SelectionRun:
    """Run the selection of a round and keep it as a proposal, with its record (R-05).

    Refused without committed seed and frozen quotas, while the evaluation is open, while a duplicate is
    unresolved or a sheet is missing, and once a run of the round is confirmed. An earlier proposal is
    superseded.
    """
    call = Call.objects.select_for_update().get(pk=call.pk)
    _ready(call, round_id)
    given = queries.inputs(call, round_id)
    settings = replace(settings or Settings(), round=round_id)
    try:
        decision = decide(given.terms, given.applications, given.seed, None, settings)
    except SelectionRefusedError as error:
        raise refusals.cannot_run(error) from error
    SelectionRun.objects.filter(call=call, round_id=round_id, state=SelectionRun.State.PROPOSED).update(
        state=SelectionRun.State.SUPERSEDED
    )
    kept = record_of(given.terms, given.applications, decision, given.seed)
    run = SelectionRun.objects.create(
        call=call,
        round_id=round_id,
        version=given.version,
        record=kept,
        record_sha256=kept["hashes"]["root"],
        run_by=by,
        run_at=at,
    )
    _store_outcomes(run, decision, given)
    facts = {"record": run.record_sha256, "selected": _count(decision, "selected")}
    record(by=by, at=at, action="selection.propose", subject=run, facts=facts, call_id=call.slug)
    return run


@transaction.atomic
def confirm(*, by: User, at: datetime, run: SelectionRun) -> RunConfirmation:
    """One operator stands by a proposed run; the second, another person, makes it confirmed (R-05).

    Refused for the same person twice, and when the inputs no longer give the recorded result.
    """
    run = SelectionRun.objects.select_for_update().select_related("call").get(pk=run.pk)
    if run.state != SelectionRun.State.PROPOSED:
        raise refusals.not_proposed(run.state)
    if run.confirmations.filter(person=by).exists():
        raise refusals.confirmed_by_same_person()
    _unchanged(run)
    confirmation = RunConfirmation.objects.create(run=run, person=by, confirmed_at=at)
    persons = run.confirmations.count()
    if persons >= PERSONS:
        run.state = SelectionRun.State.CONFIRMED
        run.save(update_fields=["state"])
    facts = {"record": run.record_sha256, "persons": persons, "state": run.state}
    record(by=by, at=at, action="selection.confirm", subject=run, facts=facts, call_id=run.call.slug)
    return confirmation


@transaction.atomic
def publish(*, by: User, at: datetime, run: SelectionRun) -> SelectionRun:
    """Make a confirmed result public and reveal the lottery's seed with it (R-06)."""
    run = SelectionRun.objects.select_for_update().select_related("call").get(pk=run.pk)
    if run.state != SelectionRun.State.CONFIRMED:
        raise refusals.not_confirmed(run.state)
    run.state = SelectionRun.State.PUBLISHED
    run.published_at = at
    run.save(update_fields=["state", "published_at"])
    LotterySeed.objects.filter(call=run.call, round_id=run.round_id, revealed_at=None).update(revealed_at=at)
    facts = {"record": run.record_sha256}
    record(by=by, at=at, action="selection.publish", subject=run, facts=facts, call_id=run.call.slug)
    return run


@transaction.atomic
def enter_capacity(
    *, by: User, at: datetime, call: Call, product: str, vendor: Supplier, cloud: Supplier, capacity: int
) -> ServerGroup:
    """Enter how many servers of a product a vendor and a cloud company can lend together (R-07).

    An operator enters any pair, a supplier's person only pairs of the own company.
    """
    if product not in {entry.id for entry in calls.terms(calls.current(call)).resources}:
        raise refusals.unknown_product(product)
    if (vendor.kind, cloud.kind) != (Supplier.Kind.VENDOR, Supplier.Kind.CLOUD):
        raise refusals.not_a_pair()
    own = {organisations.supplier_of(by, kind) for kind in Supplier.Kind.values}
    if not by.has_role(Role.OPERATOR) and own.isdisjoint({vendor, cloud}):
        raise refusals.not_your_supply()
    group, _made = ServerGroup.objects.update_or_create(
        call=call,
        product=product,
        vendor=vendor,
        cloud=cloud,
        defaults={"capacity": capacity, "entered_by": by, "entered_at": at},
    )
    facts = {"product": product, "vendor": vendor.code, "cloud": cloud.code, "capacity": capacity}
    record(by=by, at=at, action="selection.enter_capacity", subject=group, facts=facts, call_id=call.slug)
    return group


@transaction.atomic
def run_matching(*, by: User, at: datetime, selection: SelectionRun) -> MatchingRun:
    """Hand out the servers entered so far to the selected, with reasons and certificates (R-07).

    The record repeats the confirmed selection with the same inputs, so one file shows both.
    """
    selection = SelectionRun.objects.select_for_update().select_related("call").get(pk=selection.pk)
    if selection.state not in (SelectionRun.State.CONFIRMED, SelectionRun.State.PUBLISHED):
        raise refusals.matching_needs_confirmed_selection()
    if queries.confirmed_matching(selection):
        raise refusals.matching_confirmed()
    groups = queries.capacities(selection.call)
    if not groups:
        raise refusals.no_supply()
    given = queries.inputs(selection.call, selection.round_id)
    decision = decide(given.terms, given.applications, given.seed, groups, _settings(selection))
    kept = record_of(given.terms, given.applications, decision, given.seed, groups)
    if kept["hashes"]["applications"] != selection.record["hashes"]["applications"]:
        raise refusals.inputs_changed()
    run = MatchingRun.objects.create(
        selection=selection, record=kept, record_sha256=kept["hashes"]["root"], run_by=by, run_at=at
    )
    served = _store_matches(run, kept, given)
    facts = {"record": run.record_sha256, "served": served, "groups": len(groups)}
    slug = selection.call.slug
    record(by=by, at=at, action="selection.run_matching", subject=run, facts=facts, call_id=slug)
    return run


@transaction.atomic
def confirm_matching(*, by: User, at: datetime, matching: MatchingRun) -> MatchingRun:
    """Stand by a matching; awards are opened from it. One matching is confirmed per selection."""
    run = MatchingRun.objects.select_for_update().select_related("selection__call").get(pk=matching.pk)
    if queries.confirmed_matching(run.selection):
        raise refusals.matching_confirmed()
    run.confirmed_by, run.confirmed_at = by, at
    run.save(update_fields=["confirmed_by", "confirmed_at"])
    facts = {"record": run.record_sha256}
    slug = run.selection.call.slug
    record(by=by, at=at, action="selection.confirm_matching", subject=run, facts=facts, call_id=slug)
    return run


def _ready(call: Call, round_id: str) -> None:
    """The gates before a selection: seed, quotas, a closed evaluation, no run in force."""
    if calls.seed_of(call, round_id) is None:
        raise refusals.seed_not_committed()
    if not calls.quotas_of(call, round_id):
        raise refusals.quotas_not_frozen()
    if not evaluation.is_closed(call, round_id):
        raise refusals.evaluation_open()
    if (run := queries.in_force(call, round_id)) is not None:
        raise refusals.already_in_force(run.state)


def _settings(run: SelectionRun) -> Settings:
    """The settings a run was made with, read back from its record."""
    kept = run.record["settings"]
    mark = kept["min_score"]
    return Settings(**{**kept, "min_score": None if mark is None else Fraction(mark)})


def _unchanged(run: SelectionRun) -> None:
    """Refuse when the same run made now would give another record."""
    given = queries.inputs(run.call, run.round_id)
    try:
        decision = decide(given.terms, given.applications, given.seed, None, _settings(run))
    except SelectionRefusedError as error:
        raise refusals.cannot_run(error) from error
    if record_of(given.terms, given.applications, decision, given.seed)["hashes"] != run.record["hashes"]:
        raise refusals.inputs_changed()


def _store_outcomes(run: SelectionRun, decision: Decision, given: queries.Inputs) -> None:
    """One row per application, as the domain ruled."""
    SelectionOutcome.objects.bulk_create(
        SelectionOutcome(
            run=run,
            application_id=given.ids[ruling.id],
            product=ruling.product,
            sector=ruling.sector,
            rank=ruling.rank,
            waiting=ruling.waiting,
            score=Decimal(ruling.score),
            status=_STATUS.get(ruling.status, SelectionOutcome.Status.NOT_SELECTED),
            clause=ruling.finding.clause,
            code=ruling.finding.code,
            reason_ko=ruling.finding.reason.ko,
            reason_en=ruling.finding.reason.en,
        )
        for ruling in decision.rulings
    )


def _store_matches(run: MatchingRun, kept: dict[str, object], given: queries.Inputs) -> int:
    """One row per selected application; the number served."""
    suppliers = queries.suppliers()
    certificates = {entry["id"]: entry for entry in kept["certificates"]}  # type: ignore[attr-defined]
    rows = []
    for ruling in kept["rulings"]:  # type: ignore[attr-defined]
        server = ruling.get("server")
        if server is None:
            continue
        finding = server["finding"]
        rows.append(
            Match(
                run=run,
                application_id=given.ids[ruling["id"]],
                vendor=suppliers.get(server["vendor"]),
                cloud=suppliers.get(server["cloud"]),
                preference=server["choice"],
                clause=finding["clause"],
                code=finding["code"],
                reason_ko=finding["reason"]["ko"],
                reason_en=finding["reason"]["en"],
                certificate=certificates.get(server["certificate"]),
            )
        )
    Match.objects.bulk_create(rows)
    return sum(row.vendor is not None for row in rows)


def _count(decision: Decision, status: str) -> int:
    return sum(ruling.status == status for ruling in decision.rulings)

"""The selection itself: proposed, confirmed by two persons, published with its seed (R-05, R-06)."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from naru.codec.record import record_of
from naru.domain.run import Decision, SelectionRefusedError, Settings, decide
from naru.portal.accounts.models import User
from naru.portal.applications.models import Application
from naru.portal.audit.actions import record
from naru.portal.calls import queries as calls
from naru.portal.calls.models import Call, LotterySeed
from naru.portal.evaluation import queries as evaluation
from naru.portal.selection import queries, refusals
from naru.portal.selection.models import RunConfirmation, SelectionOutcome, SelectionRun

PERSONS = 2
_STATUS = {"selected": SelectionOutcome.Status.SELECTED, "waiting": SelectionOutcome.Status.WAITING}


@transaction.atomic
def propose(
    *, by: User, at: datetime, call: Call, round_id: str, settings: Settings | None = None
) -> SelectionRun:
    """Run the selection of a round and keep it as a proposal, with its record (R-05).

    Refused without committed seed and frozen quotas, while the evaluation is open, while a duplicate is
    unresolved or a sheet is missing, once a run of the round is confirmed, and for a relaxed rule without a
    reason. An earlier proposal is superseded.
    """
    call = Call.objects.select_for_update().get(pk=call.pk)
    _ready(call, round_id)
    given = queries.inputs(call, round_id)
    settings = replace(settings or Settings(), round=round_id)
    if queries.relaxes(settings) and not settings.reason.strip():
        raise refusals.reason_missing()
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
        Application.objects.filter(outcomes__run=run).update(settled_at=at)
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


def _ready(call: Call, round_id: str) -> None:
    """The gates before a selection: seed, quotas, a closed evaluation, no run in force."""
    if calls.seed_of(call, round_id) is None:
        raise refusals.seed_not_committed()
    if not calls.quotas_of(call, round_id):
        raise refusals.quotas_not_frozen()
    if evaluation.closing(call, round_id) is None:
        raise refusals.evaluation_open()
    if (run := queries.in_force(call, round_id)) is not None:
        raise refusals.already_in_force(run.state)


def _unchanged(run: SelectionRun) -> None:
    """Refuse when the same run made now would give another record."""
    given = queries.inputs(run.call, run.round_id)
    try:
        decision = decide(given.terms, given.applications, given.seed, None, queries.settings_of(run.record))
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


def _count(decision: Decision, status: str) -> int:
    return sum(ruling.status == status for ruling in decision.rulings)

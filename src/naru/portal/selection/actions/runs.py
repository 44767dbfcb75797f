"""The selection itself: proposed, confirmed by two persons, published with its seed (R-05, R-06)."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from naru.codec.record import record_of
from naru.domain.run import Decision, SelectionRefusedError, Settings, decide
from naru.portal.accounts.models import User
from naru.portal.applications.models import Application
from naru.portal.audit.actions import fingerprint, record
from naru.portal.calls import queries as calls
from naru.portal.calls.models import Call, LotterySeed
from naru.portal.evaluation import queries as evaluation
from naru.portal.evaluation import scorecards
from naru.portal.selection import announcements, queries, refusals
from naru.portal.selection.access import must_be_operator
from naru.portal.selection.models import PERSONS, Correction, RunConfirmation, SelectionOutcome, SelectionRun

_STATUS = {"selected": SelectionOutcome.Status.SELECTED, "waiting": SelectionOutcome.Status.WAITING}


@transaction.atomic
def propose(
    *,
    by: User,
    at: datetime,
    call: Call,
    round_id: str,
    settings: Settings | None = None,
    replacing_reason: str = "",
) -> SelectionRun:
    """Run the selection of a round and keep it as a proposal, with its record (R-05).

    Refused without committed seed and frozen quotas, while the evaluation is open, while a duplicate is
    unresolved or a sheet is missing, and for a relaxed rule without a reason. An earlier proposal is
    superseded. Where a run of the round counts already, the proposal needs a reason to replace it: two
    confirm that too. Refused once servers were handed out by it, for nobody loses one (R-07).
    """
    must_be_operator(by, "R-05")
    call = Call.objects.select_for_update().get(pk=call.pk)
    standing = _ready(call, round_id, replacing_reason.strip())
    given = queries.inputs(call, round_id)
    if strays := scorecards.strays(call, round_id, given.terms):
        raise refusals.scorecards_differ(strays)
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
        replaces=standing,
        replacing_reason=replacing_reason.strip() if standing else "",
    )
    _store_outcomes(run, decision, given)
    facts = {"record": run.record_sha256, "selected": _count(decision, "selected")}
    if standing:
        facts |= {"replaces": standing.record_sha256, "reason": fingerprint(run.replacing_reason)}
    record(by=by, at=at, action="selection.propose", subject=run, facts=facts, call_id=call.slug)
    return run


@transaction.atomic
def confirm(*, by: User, at: datetime, run: SelectionRun) -> RunConfirmation:
    """One operator stands by a proposed run; the second, another person, makes it count (R-05).

    Counting means: one decision mail per applicant is written and held until the publication (R-06). What
    it replaces is superseded: its held mails are taken back, or, where it was public, the result is
    corrected at once and a mail tells those concerned what changed and why. Refused for the same person
    twice, and when the inputs no longer give the recorded result.
    """
    must_be_operator(by, "R-05")
    run = SelectionRun.objects.select_for_update().select_related("call").get(pk=run.pk)
    if run.state != SelectionRun.State.PROPOSED:
        raise refusals.not_proposed(run.state)
    if run.confirmations.filter(person=by).exists():
        raise refusals.confirmed_by_same_person()
    _unchanged(run)
    confirmation = RunConfirmation.objects.create(run=run, person=by, confirmed_at=at)
    persons = run.confirmations.count()
    told = _take_effect(run, at=at) if persons >= PERSONS else {}
    facts = {"record": run.record_sha256, "persons": persons, "state": run.state, **told}
    record(by=by, at=at, action="selection.confirm", subject=run, facts=facts, call_id=run.call.slug)
    return confirmation


@transaction.atomic
def publish(*, by: User, at: datetime, run: SelectionRun) -> SelectionRun:
    """Make a confirmed result public, reveal the lottery's seed and let the held mails go (R-06)."""
    must_be_operator(by, "R-06")
    run = SelectionRun.objects.select_for_update().select_related("call").get(pk=run.pk)
    if run.state != SelectionRun.State.CONFIRMED:
        raise refusals.not_confirmed(run.state)
    run.state = SelectionRun.State.PUBLISHED
    run.published_at = at
    run.save(update_fields=["state", "published_at"])
    everyone = Application.objects.filter(call=run.call, round_id=run.round_id, submitted_at__isnull=False)
    everyone.update(announced_at=at)
    LotterySeed.objects.filter(call=run.call, round_id=run.round_id, revealed_at=None).update(revealed_at=at)
    facts = {"record": run.record_sha256, "mails": announcements.release(run, at=at)}
    record(by=by, at=at, action="selection.publish", subject=run, facts=facts, call_id=run.call.slug)
    return run


def _ready(call: Call, round_id: str, replacing_reason: str) -> SelectionRun | None:
    """The gates before a selection: seed, quotas, a closed evaluation; the run in force, to be replaced."""
    if calls.seed_of(call, round_id) is None:
        raise refusals.seed_not_committed()
    if not calls.quotas_of(call, round_id):
        raise refusals.quotas_not_frozen()
    if evaluation.closing(call, round_id) is None:
        raise refusals.evaluation_open()
    run = queries.in_force(call, round_id)
    if run is not None and queries.confirmed_matching(run):
        raise refusals.servers_given(run.state)
    if run is not None and not replacing_reason:
        raise refusals.already_in_force(run.state)
    return run


def _take_effect(run: SelectionRun, *, at: datetime) -> dict[str, object]:
    """Let a run count from now on in place of the one it replaces, and prepare or write the mails."""
    standing = queries.in_force(run.call, run.round_id)
    if (standing and standing.pk) != run.replaces_id:
        raise refusals.already_in_force(standing.state if standing else "none")
    if standing and queries.confirmed_matching(standing):
        raise refusals.servers_given(standing.state)
    public = standing is not None and standing.state == SelectionRun.State.PUBLISHED
    if standing:
        SelectionRun.objects.filter(pk=standing.pk).update(state=SelectionRun.State.SUPERSEDED)
    run.state = SelectionRun.State.PUBLISHED if public else SelectionRun.State.CONFIRMED
    run.published_at = at if public else None
    run.save(update_fields=["state", "published_at"])
    Application.objects.filter(outcomes__run=run, settled_at=None).update(settled_at=at)
    if standing is None:
        return {"mails": announcements.hold(run, at=at)}
    if not public:
        dropped = Application.objects.filter(outcomes__run=standing).exclude(outcomes__run=run)
        dropped.update(settled_at=None)
        taken_back = announcements.take_back(standing)
        return {"taken_back": taken_back, "mails": announcements.hold(run, at=at)}
    return {"corrected": _correct(run, standing, at=at)}


def _correct(run: SelectionRun, standing: SelectionRun, *, at: datetime) -> int:
    """Keep what a public result's correction changes for whom, and tell exactly those."""
    rows = Correction.objects.bulk_create(
        Correction(run=run, application_id=application, before=before, after=after)
        for application, before, after in queries.corrected(run, standing)
    )
    announcements.tell_corrected(run, at=at)
    return len(rows)


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

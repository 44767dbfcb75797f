"""What an upheld appeal leads to: a second review, the result recomputed, a place, perhaps a seat (R-06)."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from naru.domain.appeal import Change
from naru.domain.run import SelectionRefusedError
from naru.portal.accounts.models import User
from naru.portal.appeals import mails, queries, refusals
from naru.portal.appeals.access import must_be_operator
from naru.portal.appeals.models import Appeal, ExtraSeat, WaitingPlace
from naru.portal.audit.actions import fingerprint, record
from naru.portal.evaluation import actions as evaluation


@transaction.atomic
def appoint(*, by: User, at: datetime, appeal: Appeal, reviewers: Iterable[User]) -> Appeal:
    """Ask reviewers who never saw the application to review it again; refused for everybody who did."""
    must_be_operator(by)
    kept, people = _upheld(appeal), list(reviewers)
    if kept.remedy == "correct":
        raise refusals.remedy_unfit(kept.remedy)
    evaluation.assign_again(by=by, at=at, application=kept.application, reviewers=people)
    facts = {"reviewers": sorted(one.pk for one in people)}
    record(by=by, at=at, action="appeals.appoint", subject=kept, facts=facts, call_id=kept.call.slug)
    return kept


@transaction.atomic
def settle(*, by: User, at: datetime, appeal: Appeal) -> Appeal:
    """Recompute what the published run would have decided, and give the appellant the place it leads to.

    The published result stays as it is. Who would have been selected heads the waiting list of the product;
    whoever comes out better without that waits by the new rank. Refused while sheets are missing.
    """
    must_be_operator(by)
    kept = _upheld(appeal)
    _reviewed(kept)
    try:
        change, made = queries.recomputed(kept)
    except SelectionRefusedError as error:
        raise refusals.cannot_recompute("; ".join(error.problems)) from error
    before = list(change.before) if change.before else None
    kept.result = asdict(change) | {"before": before, "selected": change.selected}
    kept.record = made
    kept.record_sha256 = made["hashes"]["root"]
    kept.state, kept.settled_by, kept.settled_at = Appeal.State.SETTLED, by, at
    kept.save()
    if kept.remedy != "correct":
        evaluation.close_again(by=by, at=at, application=kept.application)
    place = _place(kept, change, at)
    mails.tell(kept, "settled", at=at, place=place)
    facts = {
        "record": kept.record_sha256,
        "status": change.status,
        "rank": change.rank,
        "score": change.score,
        "heads": place.heads if place else False,
    }
    record(by=by, at=at, action="appeals.settle", subject=kept, facts=facts, call_id=kept.call.slug)
    return kept


@transaction.atomic
def propose_seat(
    *, by: User, at: datetime, appeal: Appeal, budget_line: str, units: int, reason: str
) -> ExtraSeat:
    """Propose a seat beyond the quota for who would have been selected, with the budget that pays for it."""
    must_be_operator(by)
    kept = queries.locked(appeal)
    place = WaitingPlace.objects.filter(appeal=kept, heads=True).first()
    if place is None or ExtraSeat.objects.filter(appeal=kept).exists():
        raise refusals.seat_not_due()
    if not (reason.strip() and budget_line.strip()):
        raise refusals.reason_missing()
    seat = ExtraSeat.objects.create(
        appeal=kept,
        product=place.product,
        budget_line=budget_line.strip(),
        units=units,
        reason=reason.strip(),
        proposed_by=by,
        proposed_at=at,
    )
    facts = {"product": seat.product, "units": units, "reason": fingerprint(seat.reason)}
    record(by=by, at=at, action="appeals.propose_seat", subject=seat, facts=facts, call_id=kept.call.slug)
    return seat


@transaction.atomic
def sign_seat(*, by: User, at: datetime, appeal: Appeal) -> ExtraSeat:
    """The second person signs the seat: from then on a refill may use it for this applicant only."""
    must_be_operator(by)
    kept = queries.locked(appeal)
    seat = ExtraSeat.objects.select_for_update().filter(appeal=kept).first()
    if seat is None or seat.signed_at is not None:
        raise refusals.wrong_state(kept.state, "proposed seat")
    if seat.proposed_by_id == by.pk:
        raise refusals.same_person()
    seat.signed_by, seat.signed_at = by, at
    seat.save(update_fields=["signed_by", "signed_at"])
    facts = {"product": seat.product, "units": seat.units, "proposed_by": seat.proposed_by_id}
    record(by=by, at=at, action="appeals.sign_seat", subject=seat, facts=facts, call_id=kept.call.slug)
    return seat


def _upheld(appeal: Appeal) -> Appeal:
    kept = queries.locked(appeal)
    if kept.state != Appeal.State.UPHELD:
        raise refusals.wrong_state(kept.state, Appeal.State.UPHELD)
    return kept


def _reviewed(appeal: Appeal) -> None:
    """Refuse while the second review lacks final sheets."""
    wanted = queries.terms_of(appeal).scoring.min_reviews
    have = queries.final_again(appeal)
    if appeal.remedy != "correct" and have < wanted:
        raise refusals.sheets_missing(have, wanted)


def _place(appeal: Appeal, change: Change, at: datetime) -> WaitingPlace | None:
    """The place on the waiting list; None for who comes out no better. Who holds an award does not wait."""
    row = appeal.application
    if change.rank is None or not change.better:
        return None
    return WaitingPlace.objects.create(
        appeal=appeal,
        application=row,
        product=row.product,
        round_id=row.round_id,
        rank=change.rank,
        heads=change.selected,
        made_at=at,
    )

"""Awards opened from a confirmed matching, and the agreement (협약) both sides sign (L-01)."""

from datetime import datetime

from django.db import transaction

from naru.portal.accounts.models import User
from naru.portal.allocation import queries, refusals
from naru.portal.allocation.models import Agreement, Award
from naru.portal.audit.actions import record
from naru.portal.selection.models import Match, MatchingRun


@transaction.atomic
def open_awards(*, by: User, at: datetime, matching: MatchingRun) -> list[Award]:
    """One award for every match with a server, none for the others; refused before the confirmation."""
    run = (
        MatchingRun.objects.select_for_update(of=("self",))
        .select_related("selection__call")
        .get(pk=matching.pk)
    )
    if run.confirmed_at is None:
        raise refusals.matching_not_confirmed()
    matched = Match.objects.filter(run=run, vendor__isnull=False, application__award=None)
    call = run.selection.call
    awards = Award.objects.bulk_create(
        queries.opened(match, at)
        for match in matched.select_related("application", "vendor", "cloud").order_by("id")
    )
    if not awards:
        raise refusals.nothing_to_open()
    record(
        by=by,
        at=at,
        action="allocation.open_awards",
        subject=run,
        facts={"awards": [award.pk for award in awards]},
        call_id=call.slug,
    )
    return awards


@transaction.atomic
def sign_agreement(*, by: User, at: datetime, award: Award) -> Agreement:
    """The awardee's signature under the terms of the call in force at `at`."""
    award = queries.locked(award)
    if award.state != Award.State.AGREEMENT:
        raise refusals.wrong_state(award.state, Award.State.AGREEMENT)
    if Agreement.objects.filter(award=award).exists():
        raise refusals.signed_already()
    content = queries.agreement_terms(award)
    agreement = Agreement.objects.create(
        award=award, terms=content, terms_sha256=queries.terms_hash(content), signed_by=by, signed_at=at
    )
    record(
        by=by,
        at=at,
        action="allocation.sign_agreement",
        subject=award,
        facts={"terms": agreement.terms_sha256},
        call_id=award.call.slug,
    )
    return agreement


@transaction.atomic
def countersign(*, by: User, at: datetime, award: Award) -> Agreement:
    """The operator's signature; it must be another person's than the awardee's."""
    award = queries.locked(award)
    if award.state != Award.State.AGREEMENT:
        raise refusals.wrong_state(award.state, Award.State.AGREEMENT)
    agreement = Agreement.objects.filter(award=award).first()
    if agreement is None:
        raise refusals.not_signed()
    if agreement.countersigned_at:
        raise refusals.signed_already()
    if agreement.signed_by_id == by.pk:
        raise refusals.own_signature()
    agreement.countersigned_by, agreement.countersigned_at = by, at
    agreement.save(update_fields=["countersigned_by", "countersigned_at"])
    record(
        by=by,
        at=at,
        action="allocation.countersign",
        subject=award,
        facts={"terms": agreement.terms_sha256},
        call_id=award.call.slug,
    )
    return agreement

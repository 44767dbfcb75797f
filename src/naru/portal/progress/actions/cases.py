"""A restriction case (참여제한 심의): notice, the party's opinion, a person's decision (P-06, L-03)."""

from datetime import date, datetime

from django.db import transaction

from naru.domain import sanction
from naru.domain.decision import Outcome, Refused
from naru.portal.accounts.models import User
from naru.portal.allocation.models import Award
from naru.portal.audit.actions import fingerprint, record
from naru.portal.organisations.models import Restriction
from naru.portal.progress import queries, refusals
from naru.portal.progress.models import RestrictionCase


@transaction.atomic
def notice_case(*, by: User, at: datetime, award: Award, ground: str, facts: str) -> RestrictionCase:
    """Give prior notice of a case: what is held against the awardee, and until when it is heard.

    `ground` is one of the call's; a withdrawal, an insufficient final check or a survey that stayed
    unanswered beyond its due day must be on record first.
    """
    award = queries.award_for_act(award)
    terms = queries.terms_of(award.call)
    try:
        clause = sanction.ground_of(terms, ground).clause
    except KeyError:
        raise refusals.unknown_ground(ground) from None
    if not facts.strip():
        raise refusals.text_missing(clause, "사실관계", "statement of facts")
    if not queries.ground_on_record(award, ground, at):
        raise refusals.no_ground(ground, clause)
    if RestrictionCase.objects.filter(award=award, ground=ground).exists():
        raise refusals.case_open(ground, clause)
    case = RestrictionCase.objects.create(
        award=award,
        ground=ground,
        clause=clause,
        facts=facts.strip(),
        noticed_by=by,
        noticed_at=at,
        hearing_until=sanction.hearing_until(terms, at),
    )
    record(
        by=by,
        at=at,
        action="progress.notice_case",
        subject=case,
        facts={
            "award": award.pk,
            "ground": ground,
            "facts": fingerprint(case.facts),
            "clawback": queries.clawback(award, terms, ground),
        },
        call_id=award.call.slug,
    )
    return case


@transaction.atomic
def state_opinion(*, by: User, at: datetime, case: RestrictionCase, text: str) -> RestrictionCase:
    """The awardee's opinion; it may be replaced until the time to be heard is over."""
    case = queries.case_for_act(case)
    open_states = {RestrictionCase.State.NOTICED, RestrictionCase.State.HEARD}
    if case.state not in open_states or at >= case.hearing_until:
        raise refusals.hearing_over(case.hearing_until, case.clause)
    if not text.strip():
        raise refusals.text_missing(case.clause, "의견", "opinion")
    case.statement, case.stated_at, case.state = text.strip(), at, RestrictionCase.State.HEARD
    case.save(update_fields=["statement", "stated_at", "state"])
    record(
        by=by,
        at=at,
        action="progress.state_opinion",
        subject=case,
        facts={"text": fingerprint(case.statement)},
        call_id=case.award.call.slug,
    )
    return case


@transaction.atomic
def decide_case(
    *, by: User, at: datetime, case: RestrictionCase, restrict: bool, reason: str
) -> RestrictionCase:
    """Decide a case with reasons; a restriction is entered in the register that the next call reads.

    Refused before the time to be heard is over (or the opinion is in), and a second time.
    """
    case = queries.case_for_act(case)
    terms = queries.terms_of(case.award.call)
    facts = queries.case_value(case)
    readiness = sanction.may_decide(terms, facts, at)
    if readiness.outcome == Outcome.FAILED:
        raise Refused(readiness)
    if not reason.strip():
        raise refusals.text_missing(case.clause, "결정 사유", "reason")
    if restrict:
        entry = sanction.restriction(terms, facts, at)
        if entry is None or entry.ends is None:
            raise refusals.no_bar(case.clause)
        case.restriction = _register(case, entry, entry.ends, by=by, at=at)
    case.state = RestrictionCase.State.RESTRICTED if restrict else RestrictionCase.State.DROPPED
    case.reason, case.decided_by, case.decided_at = reason.strip(), by, at
    case.save()
    record(
        by=by,
        at=at,
        action="progress.decide_case",
        subject=case,
        facts={
            "restrict": restrict,
            "ground": case.ground,
            "restriction": case.restriction_id,
            "readiness": readiness.code,
            "clawback": queries.clawback(case.award, terms, case.ground),
            "reason": fingerprint(case.reason),
        },
        call_id=case.award.call.slug,
    )
    return case


def _register(
    case: RestrictionCase, entry: sanction.Restriction, ends: date, *, by: User, at: datetime
) -> Restriction:
    application = case.award.application
    return Restriction.objects.create(
        unit=entry.unit,
        organisation=None if application.professor_id else application.organisation,
        ground=entry.ground,
        clause=case.clause,
        starts_on=entry.starts,
        ends_on=ends,
        source=f"{entry.source} #{case.pk}",
        decided_by=by,
        decided_at=at,
    )

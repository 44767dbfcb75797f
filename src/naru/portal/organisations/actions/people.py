"""Who acts for an organisation: remove a member, leave, hand ownership over; never without an owner."""

from datetime import datetime

from django.db import transaction

from naru.portal.accounts.models import User
from naru.portal.audit.actions import record
from naru.portal.organisations import queries, refusals
from naru.portal.organisations.models import Member, Organisation


@transaction.atomic
def remove_member(*, by: User, at: datetime, member: Member) -> None:
    """End a member's right to act. Refused to others than owners and for an owner."""
    queries.locked_owner(by, member.organisation)
    kept = Member.objects.get(pk=member.pk)
    if kept.role == Member.Role.OWNER:
        raise refusals.owner_stays()
    facts = {"user": kept.user_id}
    record(by=by, at=at, action="organisations.remove_member", subject=kept.organisation, facts=facts)
    kept.delete()


@transaction.atomic
def leave(*, by: User, at: datetime, organisation: Organisation) -> None:
    """Stop acting for an organisation. Refused to its only owner."""
    queries.locked(organisation)
    own = Member.objects.filter(organisation=organisation, user=by).first()
    if own is None:
        raise refusals.not_owner()
    owners = Member.objects.filter(organisation=organisation, role=Member.Role.OWNER)
    if own.role == Member.Role.OWNER and owners.count() == 1:
        raise refusals.last_owner()
    record(by=by, at=at, action="organisations.leave", subject=organisation, facts={"user": by.pk})
    own.delete()


@transaction.atomic
def hand_over(*, by: User, at: datetime, member: Member) -> Member:
    """Make a member the owner in one's own place; one stays as a member."""
    own = queries.locked_owner(by, member.organisation)
    kept = Member.objects.get(pk=member.pk)
    if kept.role == Member.Role.OWNER:
        raise refusals.member_already()
    own.role, kept.role = Member.Role.MEMBER, Member.Role.OWNER
    Member.objects.bulk_update([own, kept], ["role"])
    facts = {"from": by.pk, "to": kept.user_id}
    record(by=by, at=at, action="organisations.hand_over", subject=kept.organisation, facts=facts)
    return kept

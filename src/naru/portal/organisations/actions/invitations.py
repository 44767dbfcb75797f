"""Inviting people by e-mail: a link that works once, for one confirmed address, for fourteen days."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.urls import reverse

from naru.portal.accounts.models import User
from naru.portal.audit.actions import fingerprint, record
from naru.portal.mail import outbox
from naru.portal.organisations import queries, refusals
from naru.portal.organisations.models import Invitation, Member, Organisation

GOOD_FOR = timedelta(days=14)


@transaction.atomic
def invite(*, by: User, at: datetime, organisation: Organisation, email: str) -> Invitation:
    """Invite an address to act for an organisation. Refused to others than owners, and twice at a time."""
    queries.locked_owner(by, organisation)
    address = email.strip().lower()
    if Member.objects.filter(organisation=organisation, user__email=address).exists():
        raise refusals.member_already()
    open_one = Invitation.objects.filter(
        organisation=organisation, email=address, accepted_at=None, revoked_at=None
    ).first()
    if open_one is not None and open_one.expires_at > at:
        raise refusals.invited_already(open_one.expires_at)
    token = secrets.token_urlsafe(32)
    made = open_one or Invitation(organisation=organisation, email=address)
    _sent(made, by, at, token)
    facts = {"organisation": organisation.pk, "email": fingerprint(address)}
    record(by=by, at=at, action="organisations.invite", subject=made, facts=facts)
    return made


@transaction.atomic
def resend_invitation(*, by: User, at: datetime, invitation: Invitation) -> Invitation:
    """Mail a new link for an open invitation; the old link no longer works."""
    queries.locked_owner(by, invitation.organisation)
    kept = _open(invitation)
    _sent(kept, by, at, secrets.token_urlsafe(32))
    facts = {"organisation": kept.organisation_id}
    record(by=by, at=at, action="organisations.resend_invitation", subject=kept, facts=facts)
    return kept


@transaction.atomic
def revoke_invitation(*, by: User, at: datetime, invitation: Invitation) -> Invitation:
    """Take an open invitation back."""
    queries.locked_owner(by, invitation.organisation)
    kept = _open(invitation)
    kept.revoked_at = at
    kept.save(update_fields=["revoked_at"])
    facts = {"organisation": kept.organisation_id}
    record(by=by, at=at, action="organisations.revoke_invitation", subject=kept, facts=facts)
    return kept


@transaction.atomic
def accept_invitation(*, by: User, at: datetime, token: str) -> Member:
    """Act for the organisation from now on. Refused for a spent link and for any but the invited address."""
    digest = sha256(token.encode()).hexdigest()
    kept = Invitation.objects.select_for_update().filter(token_sha256=digest).first()
    if kept is None or kept.accepted_at or kept.revoked_at or kept.expires_at <= at:
        raise refusals.invitation_spent()
    if not queries.has_confirmed(by, kept.email):
        raise refusals.other_address()
    if queries.is_member(by, kept.organisation):
        raise refusals.member_already()
    member = Member.objects.create(
        user=by, organisation=kept.organisation, role=Member.Role.MEMBER, added_at=at
    )
    kept.accepted_by, kept.accepted_at = by, at
    kept.save(update_fields=["accepted_by", "accepted_at"])
    facts = {"organisation": kept.organisation_id, "user": by.pk}
    record(by=by, at=at, action="organisations.accept_invitation", subject=kept, facts=facts)
    return member


def _open(invitation: Invitation) -> Invitation:
    rows = Invitation.objects.select_for_update().filter(accepted_at=None, revoked_at=None)
    kept = rows.filter(pk=invitation.pk).first()
    if kept is None:
        raise refusals.invitation_spent()
    return kept


def _sent(invitation: Invitation, by: User, at: datetime, token: str) -> None:
    """Store the invitation with its new token and mail the link, in the person's language if known."""
    invitation.token_sha256 = sha256(token.encode()).hexdigest()
    invitation.invited_by, invitation.invited_at, invitation.expires_at = by, at, at + GOOD_FOR
    invitation.save()
    known = User.objects.filter(email=invitation.email).first()
    outbox.put(
        to=invitation.email,
        language=known.language if known else by.language,
        name="organisations/invited",
        context={
            "organisation": invitation.organisation,
            "by": by,
            "until": invitation.expires_at,
            "path": reverse("organisations:accept", args=[token]),
            "account": known is not None,
        },
        at=at,
        about=invitation,
    )

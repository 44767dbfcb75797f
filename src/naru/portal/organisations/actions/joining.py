"""Joining a company that is entered already: a person asks, its owner answers, each told by mail."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from naru.portal.accounts.models import User
from naru.portal.audit.actions import record
from naru.portal.mail import outbox
from naru.portal.organisations import queries, refusals
from naru.portal.organisations.models import JoinRequest, Member, Organisation


@transaction.atomic
def request_joining(*, by: User, at: datetime, number: str) -> JoinRequest:
    """Ask to act for the company of a business number (ten digits); its owners are mailed."""
    organisation = Organisation.objects.select_for_update().filter(business_number=number).first()
    if organisation is None:
        raise refusals.number_unknown()
    if queries.is_member(by, organisation):
        raise refusals.member_already()
    if JoinRequest.objects.filter(organisation=organisation, user=by, answered_at=None).exists():
        raise refusals.asked_already()
    made = JoinRequest.objects.create(organisation=organisation, user=by, asked_at=at)
    for owner in queries.owners(organisation):
        outbox.put(
            to=owner.email,
            language=owner.language,
            name="organisations/joining_asked",
            context={
                "person": by,
                "organisation": organisation,
                "path": reverse("organisations:detail", args=[organisation.pk]),
            },
            at=at,
            about=made,
        )
    facts = {"organisation": organisation.pk, "user": by.pk}
    record(by=by, at=at, action="organisations.request_joining", subject=made, facts=facts)
    return made


@transaction.atomic
def answer_request(*, by: User, at: datetime, joining: JoinRequest, accept: bool) -> JoinRequest:
    """Let the person act for the company, or not; the person is mailed. Refused to others than owners."""
    queries.locked_owner(by, joining.organisation)
    kept = JoinRequest.objects.select_related("user", "organisation").get(pk=joining.pk)
    if kept.answered_at is not None:
        raise refusals.answered_already()
    kept.accepted, kept.answered_by, kept.answered_at = accept, by, at
    kept.save(update_fields=["accepted", "answered_by", "answered_at"])
    if accept and not queries.is_member(kept.user, kept.organisation):
        Member.objects.create(
            user=kept.user, organisation=kept.organisation, role=Member.Role.MEMBER, added_at=at
        )
    outbox.put(
        to=kept.user.email,
        language=kept.user.language,
        name="organisations/joining_answered",
        context={
            "accepted": accept,
            "organisation": kept.organisation,
            "path": reverse("organisations:index"),
        },
        at=at,
        about=kept,
        key=f"joining-answered-{kept.pk}",
    )
    facts = {"organisation": kept.organisation_id, "user": kept.user_id, "accepted": accept}
    record(by=by, at=at, action="organisations.answer_request", subject=kept, facts=facts)
    return kept

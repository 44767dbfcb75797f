"""A place given up (중도포기, L-03)."""

from datetime import datetime

from django.db import transaction

from naru.portal.accounts.models import User
from naru.portal.allocation import queries, refusals
from naru.portal.allocation.models import Award, Server, Withdrawal
from naru.portal.allocation.notebook import engine_of
from naru.portal.applications.models import Application
from naru.portal.applications.parties import must_act_for
from naru.portal.audit.actions import fingerprint, record
from naru.portal.mail import outbox
from naru.portal.selection.models import MatchingRun


@transaction.atomic
def withdraw(*, by: User, at: datetime, award: Award, reason: str) -> Withdrawal:
    """Give the place up: the server goes back at once, and the withdrawal is on record as a ground.

    Whether it restricts next year is a case of its own (`progress.actions.notice_case`); the mail to who
    applied, and to who pressed the button, says what follows. Refused once the award is over, and without
    a reason (L-03).
    """
    award = queries.locked(award)
    if award.state not in queries.ACTIVE:
        raise refusals.wrong_state(award.state, ", ".join(queries.ACTIVE))
    if not reason.strip():
        raise refusals.reason_missing()
    withdrawal, server = _left(award, by=by, at=at, reason=reason)
    facts = {"reason": fingerprint(withdrawal.reason), "released": server.reference if server else ""}
    record(by=by, at=at, action="allocation.withdraw", subject=award, facts=facts, call_id=award.call.slug)
    return withdrawal


@transaction.atomic
def decline(*, by: User, at: datetime, application: Application, reason: str) -> Withdrawal:
    """Give a place up that a confirmed matching gives, before its agreement is open: as `withdraw` does.

    The award is opened and over at once, so that the withdrawal is on record like any other (L-03). Refused
    to others (E-01, E-02), without a place to give up, and without a reason.
    """
    must_act_for(by, application)
    if not reason.strip():
        raise refusals.reason_missing()
    run = MatchingRun.objects.select_for_update().filter(
        matches__application=application, confirmed_at__isnull=False
    )
    list(run.order_by("pk").values_list("pk"))  # so that nobody opens the award meanwhile
    match = queries.promised([application]).get(application.pk)
    if match is None:
        raise refusals.no_place(application.number or "")
    award = queries.opened(match, at)
    award.save(force_insert=True)
    withdrawal, _server = _left(award, by=by, at=at, reason=reason)
    facts = {"award": award.pk, "reason": fingerprint(withdrawal.reason)}
    slug = award.call.slug
    record(by=by, at=at, action="allocation.decline", subject=application, facts=facts, call_id=slug)
    return withdrawal


def _left(award: Award, *, by: User, at: datetime, reason: str) -> tuple[Withdrawal, Server | None]:
    """Write the withdrawal down, give the server back, end the award, and mail who is concerned."""
    withdrawal = Withdrawal.objects.create(
        award=award, reason=reason.strip(), withdrawn_by=by, withdrawn_at=at
    )
    server = Server.objects.select_for_update().filter(award=award).first()
    if server is not None:
        engine_of(server).release(server.reference)
        server.state, server.returned_at = Server.State.RETURNED, at
        server.save()
    award.state, award.ended_at = Award.State.WITHDRAWN, at
    award.save(update_fields=["state", "ended_at"])
    _tell(withdrawal, server, by=by, at=at)
    return withdrawal, server


def _tell(withdrawal: Withdrawal, server: Server | None, *, by: User, at: datetime) -> None:
    """Mail who applied and who gave the place up, each in their language, with what follows."""
    award = withdrawal.award
    terms = queries.terms_of(award.call)
    context = {
        "award": award,
        "withdrawal": withdrawal,
        "server": server,
        "ground": next(one for one in terms.sanction.grounds if one.id == "withdrawal"),
        "days": terms.sanction.hearing_days,
        "contact": terms.contact,
        "at": at,
    }
    people = {user.pk: user for user in (award.application.applicant, by)}
    name, about = "allocation/withdrawn", award.application
    outbox.put_many(
        [
            outbox.Letter(to=user.email, language=user.language, name=name, context=context, about=about)
            for user in people.values()
        ],
        at=at,
    )

"""Objections to a reviewer (기피): the pool's names are shown, an applicant objects, the operator answers."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from naru.domain.periods import day_in
from naru.portal.accounts.models import Role, User
from naru.portal.applications.models import Application
from naru.portal.applications.queries import theirs
from naru.portal.audit.actions import fingerprint, record
from naru.portal.calls import queries as calls
from naru.portal.calls.models import Call
from naru.portal.evaluation import objections, refusals, refused_objections
from naru.portal.evaluation.acting import require_role
from naru.portal.evaluation.actions.recomputed import Recomputed
from naru.portal.evaluation.models import ConflictOfInterest, Objection, PoolShowing
from naru.portal.mail import outbox


@transaction.atomic
def show_pool(*, by: User, at: datetime, call: Call, round_id: str) -> PoolShowing:
    """Show the names not shown yet to every applicant of the round, and mail each of them once.

    They stand for the call's days, to the end of the last one. All who applied see them, so that nobody
    learns from it who passed screening. Refused where the call shows no names, and when none is new.
    """
    require_role(by, Role.OPERATOR)
    terms = calls.terms(calls.current(call))
    if not terms.objections.days:
        raise refused_objections.names_not_shown()
    people = list(objections.unshown(call, round_id))
    if not people:
        raise refused_objections.nobody_to_show()
    last = day_in(terms.zone, at) + timedelta(days=terms.objections.days + 1)
    until = datetime.combine(last, time(), ZoneInfo(terms.zone))
    made = PoolShowing.objects.create(call=call, round_id=round_id, shown_by=by, shown_at=at, until=until)
    made.reviewers.set(people)
    rows = Application.objects.filter(
        call=call, round_id=round_id, state=Application.State.SUBMITTED
    ).select_related("applicant")
    outbox.put_many(
        (
            outbox.Letter(
                to=row.applicant.email, language=row.applicant.language, name="evaluation/pool_shown",
                context={"application": row, "until": until, "path": f"/applications/{row.pk}/reviewers/"},
                about=row,
            )
            for row in rows
        ),
        at=at,
    )  # fmt: skip
    facts = {"round": round_id, "reviewers": [one.pk for one in people], "until": until.isoformat()}
    record(by=by, at=at, action="evaluation.show_pool", subject=made, facts=facts, call_id=call.slug)
    return made


@transaction.atomic
def file_objection(
    *, by: User, at: datetime, application: Application, reviewer: User, reason: str
) -> Objection:
    """An applicant objects to a reviewer whose name is shown now, with the grounds.

    From then on the reviewer is not assigned until it is decided. Refused for somebody else's application,
    for a name not shown or no longer, without grounds, and twice.
    """
    mine = Application.objects.filter(theirs(by), pk=application.pk, state=Application.State.SUBMITTED)
    if not mine.exists():
        raise refused_objections.not_your_application()
    if not reason.strip():
        raise refusals.reason_missing()
    if not objections.shown(application.call, application.round_id, at).filter(pk=reviewer.pk).exists():
        raise refused_objections.not_shown_now()
    made, new = Objection.objects.get_or_create(
        application=application,
        reviewer=reviewer,
        defaults={"reason": reason.strip(), "filed_by": by, "filed_at": at},
    )
    if not new:
        raise refused_objections.objected_already()
    facts = {"application": application.pk, "reviewer": reviewer.pk, "reason": fingerprint(made.reason)}
    slug = application.call.slug
    record(by=by, at=at, action="evaluation.file_objection", subject=made, facts=facts, call_id=slug)
    return made


@transaction.atomic
def decide_objection(*, by: User, at: datetime, objection: Objection, upheld: bool, answer: str) -> Objection:
    """The operator upholds or declines, with the reason; the applicant is told by one mail.

    Upheld it is a conflict of interest, and an assignment of the pair is removed.
    """
    require_role(by, Role.OPERATOR)
    kept = (
        Objection.objects.select_for_update(of=("self",))
        .select_related("application__call", "application__applicant", "reviewer")
        .get(pk=objection.pk)
    )
    if kept.upheld is not None:
        raise refused_objections.objection_decided()
    if not answer.strip():
        raise refusals.reason_missing()
    kept.upheld, kept.answer, kept.decided_by, kept.decided_at = upheld, answer.strip(), by, at
    kept.save(update_fields=["upheld", "answer", "decided_by", "decided_at"])
    changed = _barred(by, at, kept) if upheld else {"removed": 0}
    reader = kept.application.applicant
    outbox.put(
        to=reader.email,
        language=reader.language,
        name="evaluation/objection_decided",
        context={"objection": kept, "path": f"/applications/{kept.application_id}/reviewers/"},
        at=at,
        about=kept.application,
        key=f"objection-{kept.pk}",
    )
    facts = changed | {"upheld": upheld, "answer": fingerprint(kept.answer)}
    slug = kept.application.call.slug
    record(by=by, at=at, action="evaluation.decide_objection", subject=kept, facts=facts, call_id=slug)
    return kept


def _barred(by: User, at: datetime, kept: Objection) -> dict[str, object]:
    """The conflict on record; what taking the pair's assignment out of force changed."""
    ConflictOfInterest.objects.get_or_create(
        application=kept.application,
        reviewer=kept.reviewer,
        defaults={"reason": kept.answer, "declared_by": by, "declared_at": at},
    )
    return Recomputed(by=by, at=at).left(kept.application, kept.reviewer, kept.answer)

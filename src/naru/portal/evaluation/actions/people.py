"""Before the first sheet: a reviewer's pledge, and conflicts of interest (제척·기피·회피)."""

import json
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from naru.portal.accounts.models import Role, User
from naru.portal.applications.models import Application
from naru.portal.audit.actions import fingerprint, record
from naru.portal.calls.models import Call
from naru.portal.evaluation import queries, refusals
from naru.portal.evaluation.acting import require_role
from naru.portal.evaluation.actions.recomputed import Recomputed
from naru.portal.evaluation.models import (
    ConflictDeclaration,
    ConflictOfInterest,
    DeclaredRelation,
    Pledge,
    ReviewAssignment,
)
from naru.portal.evaluation.pledge import text_sha256


@transaction.atomic
def pledge(*, by: User, at: datetime, call: Call) -> Pledge:
    """Give the pledge for a call; the hash of its wording is kept. Refused a second time."""
    require_role(by, Role.REVIEWER)
    made, new = Pledge.objects.get_or_create(
        call=call, reviewer=by, defaults={"text_sha256": text_sha256(), "pledged_at": at}
    )
    if not new:
        raise refusals.pledged_already()
    facts = {"text": made.text_sha256}
    record(by=by, at=at, action="evaluation.pledge", subject=made, facts=facts, call_id=call.slug)
    return made


@transaction.atomic
def declare_interests(
    *, by: User, at: datetime, call: Call, interests: Mapping[int, str] | None = None
) -> ConflictDeclaration:
    """A reviewer's word on every assignment of the call not yet declared on; what is left of them opens.

    `interests` maps organisations' ids to the reason of an interest: their applications leave the desk with
    a conflict on record. Refused before the pledge, without a reason, and when nothing waits.
    """
    require_role(by, Role.REVIEWER)
    if queries.pledged(call, by) is None:
        raise refusals.pledge_missing()
    waiting = list(queries.undeclared(by, call).select_for_update(of=("self",)))
    if not waiting:
        raise refusals.nothing_to_declare()
    said = {pk: reason.strip() for pk, reason in (interests or {}).items()}
    if not all(said.values()):
        raise refusals.reason_missing()
    shown = sorted({row.application.organisation_id for row in waiting})
    made = ConflictDeclaration.objects.create(
        call=call, reviewer=by, declared_at=at, organisations_sha256=fingerprint(json.dumps(shown))
    )
    removed = [row for row in waiting if row.application.organisation_id in said]
    _stepped_back(by, at, removed, said)
    ReviewAssignment.objects.filter(pk__in=[row.pk for row in waiting], removed_at=None).update(
        declaration=made
    )
    facts = {
        "organisations": made.organisations_sha256,
        "assignments": [row.pk for row in waiting],
        "removed": [row.pk for row in removed],
    }
    record(by=by, at=at, action="evaluation.declare_interests", subject=made, facts=facts, call_id=call.slug)
    return made


@transaction.atomic
def declare_relation(
    *, by: User, at: datetime, kind: str, organisation: str = "", number: str = "", person: str = ""
) -> DeclaredRelation:
    """A reviewer declares a relation once; its organisation's or person's applications are never assigned.

    Refused when it is with nobody. What is assigned already is declared on by batch.
    """
    require_role(by, Role.REVIEWER)
    if not (organisation.strip() or number or person.strip()):
        raise refusals.relation_with_nobody()
    made = DeclaredRelation.objects.create(
        reviewer=by,
        kind=kind,
        organisation=organisation.strip(),
        business_number=number,
        person=person.strip(),
        declared_at=at,
    )
    record(by=by, at=at, action="evaluation.declare_relation", subject=made, facts={"kind": kind})
    return made


@transaction.atomic
def end_relation(*, by: User, at: datetime, relation: DeclaredRelation) -> DeclaredRelation:
    """Take one's own relation back; it stays on record. Refused for another's, and twice."""
    require_role(by, Role.REVIEWER)
    kept = DeclaredRelation.objects.select_for_update().get(pk=relation.pk)
    if kept.reviewer_id != by.pk or kept.ended_at is not None:
        raise refusals.not_your_relation()
    kept.ended_at = at
    kept.save(update_fields=["ended_at"])
    record(by=by, at=at, action="evaluation.end_relation", subject=kept)
    return kept


def _stepped_back(by: User, at: datetime, rows: list[ReviewAssignment], said: Mapping[int, str]) -> None:
    """A conflict on record for each of the assignments, which leave the reviewer's desk."""
    for row in rows:
        row.removed_at, row.removal_reason = at, said[row.application.organisation_id]
    ConflictOfInterest.objects.bulk_create(
        (
            ConflictOfInterest(
                reviewer=by, application=row.application, reason=row.removal_reason, declared_by=by,
                declared_at=at,
            )
            for row in rows
        ),
        ignore_conflicts=True,
    )  # fmt: skip
    ReviewAssignment.objects.bulk_update(rows, ["removed_at", "removal_reason"])


@transaction.atomic
def declare_conflict(
    *, by: User, at: datetime, application: Application, reviewer: User, reason: str
) -> ConflictOfInterest:
    """Put a conflict on record, by the reviewer or the operator; an assignment of the pair is removed.

    A conflict found late counts as well: a final sheet leaves before any trimming, everything is computed
    anew, and the difference is in the event (ADR 0117); a selection is run anew.
    Refused without a reason, and twice for a pair.
    """
    require_role(by, Role.REVIEWER if by.pk == reviewer.pk else Role.OPERATOR)
    if not reason.strip():
        raise refusals.reason_missing()
    made, new = ConflictOfInterest.objects.get_or_create(
        application=application,
        reviewer=reviewer,
        defaults={"reason": reason.strip(), "declared_by": by, "declared_at": at},
    )
    if not new:
        raise refusals.conflict_declared()
    changed = Recomputed(by=by, at=at).left(application, reviewer, made.reason)
    facts = changed | {
        "application": application.pk,
        "reviewer": reviewer.pk,
        "reason": fingerprint(made.reason),
    }
    record(
        by=by,
        at=at,
        action="evaluation.declare_conflict",
        subject=made,
        facts=facts,
        call_id=application.call.slug,
    )
    return made

"""Reading what an applicant handed in: each document a reviewer opens is one event of the chain of reads."""

from datetime import datetime

from django.db import transaction

from naru.portal.accounts.models import Role, User
from naru.portal.applications.models import EvidenceDocument
from naru.portal.audit.actions import record
from naru.portal.evaluation import documents, refusals
from naru.portal.evaluation.acting import require_role
from naru.portal.evaluation.models import ReviewAssignment


@transaction.atomic
def open_document(*, by: User, at: datetime, assignment: ReviewAssignment, document: int) -> EvidenceDocument:
    """Hand a document of one's own application to its reviewer, and write down that it was read.

    Refused for another's assignment, before the declaration, and for any but the documents of this
    application that reviewers need (0094).
    """
    require_role(by, Role.REVIEWER)
    if assignment.reviewer_id != by.pk:
        raise refusals.not_your_sheet()
    if assignment.removed_at is not None:
        raise refusals.assignment_removed()
    if assignment.declaration_id is None:
        raise refusals.declaration_missing()
    found = next((one for one in documents.readable(assignment.application) if one.pk == document), None)
    if found is None:
        raise refusals.not_for_reviewers()
    facts = {"assignment": assignment.pk, "code": found.code, "sha256": found.file.sha256}
    record(
        by=by,
        at=at,
        action="evaluation.open_document",
        subject=found,
        facts=facts,
        call_id=assignment.application.call.slug,
        chain="reads",
    )
    return found

"""Scoring: each save is a new state in the sheet's chain; the last one counts (R-03)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from naru.domain.sheet import GENESIS, checked_total, draft_total, require_comment
from naru.domain.terms import Criterion
from naru.portal.accounts.models import User
from naru.portal.audit.actions import record
from naru.portal.calls import queries as calls
from naru.portal.evaluation import queries, refusals
from naru.portal.evaluation.models import EvaluationClosing, Pledge, ReviewAssignment, ScoreSheet

DRAFT, FINAL = ScoreSheet.State.DRAFT, ScoreSheet.State.FINAL


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """The sheet a reviewer may write on now: its assignment, its last state, the criteria."""

    assignment: ReviewAssignment
    last: ScoreSheet | None
    criteria: tuple[Criterion, ...]

    @property
    def call_id(self) -> str:
        return self.assignment.application.call.slug


@transaction.atomic
def save_sheet(
    *, by: User, at: datetime, assignment: ReviewAssignment, points: Mapping[str, int], comment: str
) -> ScoreSheet:
    """Keep a draft, whose criteria may still be empty. Refused once the sheet is final."""
    desk = _desk(assignment, by)
    if desk.last is not None and desk.last.state == FINAL:
        raise refusals.final_already()
    total = draft_total(points, desk.criteria)
    sheet = _append(desk, at, points=dict(points), total=total, comment=comment.strip(), state=DRAFT)
    facts = _facts(desk, sheet)
    record(by=by, at=at, action="evaluation.save_sheet", subject=sheet, facts=facts, call_id=desk.call_id)
    return sheet


@transaction.atomic
def finalise_sheet(
    *, by: User, at: datetime, assignment: ReviewAssignment, points: Mapping[str, int], comment: str
) -> ScoreSheet:
    """Stand by a whole sheet with its comment. Refused once it is final: that is a revision."""
    desk = _desk(assignment, by)
    if desk.last is not None and desk.last.state == FINAL:
        raise refusals.final_already()
    sheet = _append_final(desk, at, points=points, comment=comment)
    facts = _facts(desk, sheet)
    record(by=by, at=at, action="evaluation.finalise_sheet", subject=sheet, facts=facts, call_id=desk.call_id)
    return sheet


@transaction.atomic
def revise_sheet(
    *,
    by: User,
    at: datetime,
    assignment: ReviewAssignment,
    points: Mapping[str, int],
    comment: str,
    reason: str,
) -> ScoreSheet:
    """Change a final sheet by a new final state with its reason; the earlier one stays on record."""
    desk = _desk(assignment, by)
    if desk.last is None or desk.last.state != FINAL:
        raise refusals.not_final()
    if not reason.strip():
        raise refusals.reason_missing()
    sheet = _append_final(desk, at, points=points, comment=comment, reason=reason.strip())
    facts = _facts(desk, sheet)
    record(by=by, at=at, action="evaluation.revise_sheet", subject=sheet, facts=facts, call_id=desk.call_id)
    return sheet


def _desk(assignment: ReviewAssignment, by: User) -> _Desk:
    """The assignment, locked, when `by` may write on its sheet now; two queries."""
    if assignment.reviewer_id != by.pk:
        raise refusals.not_your_sheet()
    kept = (
        ReviewAssignment.objects.select_for_update(of=("self",))
        .select_related("application__call", "application__version")
        .defer("application__version__snapshot")
        .annotate(
            pledged=Exists(
                Pledge.objects.filter(call=OuterRef("application__call"), reviewer=OuterRef("reviewer"))
            ),
            closed=Exists(
                EvaluationClosing.objects.filter(
                    call=OuterRef("application__call"), round_id=OuterRef("application__round_id")
                )
            ),
        )
        .get(pk=assignment.pk)
    )
    if kept.removed_at is not None:
        raise refusals.assignment_removed()
    if not kept.pledged:
        raise refusals.pledge_missing()
    if kept.closed:
        raise refusals.closed(kept.application.round_id)
    criteria = calls.terms(kept.application.version).criteria
    return _Desk(assignment=kept, last=kept.sheets.order_by("-number").first(), criteria=criteria)


def _append_final(
    desk: _Desk, at: datetime, *, points: Mapping[str, int], comment: str, reason: str = ""
) -> ScoreSheet:
    total = checked_total(points, desk.criteria)
    require_comment(comment)
    return _append(
        desk, at, points=dict(points), total=total, comment=comment.strip(), reason=reason, state=FINAL
    )


def _append(
    desk: _Desk,
    at: datetime,
    *,
    points: dict[str, int],
    total: int,
    comment: str,
    state: str,
    reason: str = "",
) -> ScoreSheet:
    """The next state of the chain, written."""
    sheet = ScoreSheet(
        assignment=desk.assignment,
        number=desk.last.number + 1 if desk.last else 1,
        points=points,
        total=total,
        comment=comment,
        reason=reason,
        state=state,
        entered_at=at,
        previous_sha256=desk.last.sha256 if desk.last else GENESIS,
    )
    sheet.sha256 = queries.state_of(sheet).hash()
    sheet.save(force_insert=True)
    return sheet


def _facts(desk: _Desk, sheet: ScoreSheet) -> dict[str, object]:
    return {
        "application": desk.assignment.application_id,
        "number": sheet.number,
        "state": sheet.state,
        "sha256": sheet.sha256,
    }

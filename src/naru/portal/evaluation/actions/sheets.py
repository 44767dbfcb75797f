"""Scoring: each save is a new state in the sheet's chain; what is stored is made final as it is (R-03)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from naru.domain.sheet import GENESIS, by_criterion, check_draft, check_whole, require_comment, scorecard
from naru.domain.terms import Criterion
from naru.portal.accounts.models import Role, User
from naru.portal.audit.actions import record
from naru.portal.calls import queries as calls
from naru.portal.evaluation import again, queries, refusals
from naru.portal.evaluation.acting import require_role
from naru.portal.evaluation.actions.recomputed import Recomputed
from naru.portal.evaluation.models import Pledge, ReviewAssignment, ScoreSheet

DRAFT, FINAL = ScoreSheet.State.DRAFT, ScoreSheet.State.FINAL
SAVES = "sheets"  # drafts are no decisions: their chain is not the one that finalising waits for


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """The sheet a reviewer may write on now: its assignment, its last state, the criteria."""

    assignment: ReviewAssignment
    last: ScoreSheet | None
    criteria: tuple[Criterion, ...]

    @property
    def call_id(self) -> str:
        return self.assignment.application.call.slug

    @property
    def head(self) -> str:
        """The hash of the last state."""
        return self.last.sha256 if self.last else GENESIS


@transaction.atomic
def save_sheet(
    *,
    by: User,
    at: datetime,
    assignment: ReviewAssignment,
    points: Mapping[str, int],
    comment: str,
    base: str | None = None,
    origin: str = "",
) -> ScoreSheet:
    """Keep a draft, whose parts may still be empty; one that changes nothing writes nothing.

    `base` is the hash the page was made from: refused when another page has saved since (None: not asked).
    `origin` names the page. Refused once the sheet is final.
    """
    desk = _desk(assignment, by, at)
    if desk.last is not None and desk.last.state == FINAL:
        raise refusals.final_already()
    check_draft(points, desk.criteria)
    if desk.last is not None and (desk.last.parts, desk.last.comment) == (dict(points), comment.strip()):
        return desk.last
    _unmoved(desk, base, origin)
    sheet = _append(desk, at, parts=points, comment=comment.strip(), state=DRAFT, origin=origin)
    facts = _facts(desk, sheet)
    record(
        by=by, at=at, action="evaluation.save_sheet", subject=sheet, facts=facts, call_id=desk.call_id,
        chain=SAVES,
    )  # fmt: skip
    return sheet


@transaction.atomic
def finalise_sheet(*, by: User, at: datetime, assignment: ReviewAssignment, sha256: str) -> ScoreSheet:
    """Stand by the stored draft with this hash, as it was read back (R-03).

    Refused when the stored one has moved, lacks a part or the comment, and once the sheet is final.
    """
    desk = _desk(assignment, by, at)
    if desk.last is None:
        raise refusals.nothing_stored()
    if desk.last.state == FINAL:
        raise refusals.final_already()
    if desk.last.sha256 != sha256:
        raise refusals.sheet_moved()
    check_whole(desk.last.parts, desk.criteria)
    require_comment(desk.last.comment)
    sheet = _append(desk, at, parts=desk.last.parts, comment=desk.last.comment, state=FINAL)
    facts = _facts(desk, sheet) | {"read": sha256}
    if desk.assignment.replaces_id:
        facts |= Recomputed(by=by, at=at).joined(desk.assignment)
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
    base: str | None = None,
) -> ScoreSheet:
    """Change a final sheet by a new final state with its reason; the earlier one stays on record.

    Refused when another state than `base` is the last one by now (None: not asked).
    """
    desk = _desk(assignment, by, at)
    if desk.last is None or desk.last.state != FINAL:
        raise refusals.not_final()
    if not reason.strip():
        raise refusals.reason_missing()
    _unmoved(desk, base, "")
    check_whole(points, desk.criteria)
    require_comment(comment)
    sheet = _append(desk, at, parts=points, comment=comment.strip(), reason=reason.strip(), state=FINAL)
    facts = _facts(desk, sheet)
    record(by=by, at=at, action="evaluation.revise_sheet", subject=sheet, facts=facts, call_id=desk.call_id)
    return sheet


def _desk(assignment: ReviewAssignment, by: User, at: datetime) -> _Desk:
    """The assignment, locked, when `by` may write on its sheet now; two queries, one more for the role."""
    if assignment.reviewer_id != by.pk:
        raise refusals.not_your_sheet()
    require_role(by, Role.REVIEWER)
    kept = (
        ReviewAssignment.objects.select_for_update(of=("self",))
        .select_related("application__call", "application__version")
        .defer("application__version__snapshot")
        .annotate(
            pledged=Exists(
                Pledge.objects.filter(call=OuterRef("application__call"), reviewer=OuterRef("reviewer"))
            ),
            closed=again.shut(at),
        )
        .get(pk=assignment.pk)
    )
    if kept.removed_at is not None:
        raise refusals.assignment_removed()
    if not kept.pledged:
        raise refusals.pledge_missing()
    if kept.declaration_id is None:
        raise refusals.declaration_missing()
    if kept.closed:
        raise refusals.closed(kept.application.round_id)
    criteria = calls.terms(kept.application.version).criteria
    return _Desk(assignment=kept, last=kept.sheets.order_by("-number").first(), criteria=criteria)


def _unmoved(desk: _Desk, base: str | None, origin: str) -> None:
    """Refuse when the stored sheet is not the one the page was made from, unless the page itself moved it."""
    if base is None or base == desk.head:
        return
    since = desk.assignment.sheets.all()
    if base != GENESIS:
        since = since.filter(number__gt=since.filter(sha256=base).values("number"))
    others = since.exclude(origin=origin) if origin else since
    if others.exists() or not since.exists():
        raise refusals.sheet_moved()


def _append(
    desk: _Desk,
    at: datetime,
    *,
    parts: Mapping[str, int],
    comment: str,
    state: str,
    reason: str = "",
    origin: str = "",
) -> ScoreSheet:
    """The next state of the chain, written."""
    sheet = ScoreSheet(
        assignment=desk.assignment,
        number=desk.last.number + 1 if desk.last else 1,
        parts=dict(parts),
        points=by_criterion(parts, desk.criteria),
        total=sum(parts.values()),
        comment=comment,
        reason=reason,
        state=state,
        entered_at=at,
        scorecard=scorecard(desk.criteria),
        origin=origin,
        previous_sha256=desk.head,
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

"""A score sheet (평가표): bounded points, a comment, and the hash that chains its saved states (R-03).

The hash is taken of the comment's own hash, so the text can be destroyed on schedule and the chain still
verifies. Anybody can recompute it from the stored values.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Literal

from naru.domain.decision import Finding, Outcome, Refused
from naru.domain.scoring import Sheet, sheet_problems
from naru.domain.terms import Criterion, Text

GENESIS = "0" * 64  # the hash before the first state


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One saved state of the sheet of `assignment`: `number` counts from 1, points are whole."""

    assignment: int
    number: int
    points: Mapping[str, int]
    comment_sha256: str
    reason_sha256: str
    state: Literal["draft", "final"]
    entered_at: datetime
    previous_sha256: str

    def hash(self) -> str:
        """SHA-256 (hex) of the state as JSON: keys sorted, no spaces, the instant in UTC to microseconds."""
        content = {
            "assignment": self.assignment,
            "number": self.number,
            "points": dict(self.points),
            "comment_sha256": self.comment_sha256,
            "reason_sha256": self.reason_sha256,
            "state": self.state,
            "entered_at": self.entered_at.astimezone(UTC).isoformat(timespec="microseconds"),
            "previous_sha256": self.previous_sha256,
        }
        text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return sha256(text.encode()).hexdigest()


def digest(text: str) -> str:
    """SHA-256 (hex) of a comment or reason."""
    return sha256(text.encode()).hexdigest()


def unbroken(states: Iterable[tuple[State, str]]) -> bool:
    """Whether states with their stored hashes, in order, form one whole chain from the first."""
    previous = GENESIS
    for number, (state, stored) in enumerate(states, start=1):
        if (state.number, state.previous_sha256, state.hash()) != (number, previous, stored):
            return False
        previous = stored
    return True


def checked_total(points: Mapping[str, int], criteria: Sequence[Criterion]) -> int:
    """The total of a whole sheet; Refused (R-03) naming every criterion that is absent or out of bounds."""
    return _bounded(points, criteria)


def draft_total(points: Mapping[str, int], criteria: Sequence[Criterion]) -> int:
    """The running total of a draft, whose criteria may be empty; Refused (R-03) for any out of bounds."""
    present = [criterion for criterion in criteria if criterion.id in points]
    return _bounded(points, present)


def _bounded(points: Mapping[str, int], criteria: Sequence[Criterion]) -> int:
    sheet = Sheet(reviewer="", points=points)
    problems = sheet_problems(sheet, criteria)
    if problems:
        raise Refused(
            Finding(
                clause="R-03",
                code="points_out_of_bounds",
                outcome=Outcome.FAILED,
                reason=Text(
                    ko="배점 범위를 벗어났거나 빠진 항목이 있습니다.",
                    en="A criterion has no points or is out of bounds.",
                ),
                facts=tuple(("problem", line) for line in problems),
                mend=Text(
                    ko="각 항목을 0점부터 배점까지의 정수로 적으십시오.",
                    en="Give every criterion whole points from 0 to its maximum.",
                ),
            )
        )
    return sheet.total


def require_comment(comment: str) -> None:
    """Refused (R-03) when a sheet is to be final without a comment."""
    if not comment.strip():
        raise Refused(
            Finding(
                clause="R-03",
                code="comment_missing",
                outcome=Outcome.FAILED,
                reason=Text(
                    ko="의견이 없어 확정할 수 없습니다.", en="A sheet without a comment cannot be final."
                ),
                mend=Text(
                    ko="점수의 근거를 한두 문장으로 적으십시오.",
                    en="Say in a sentence or two why the points are as they are.",
                ),
            )
        )

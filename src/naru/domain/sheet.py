"""A score sheet (평가표): bounded points, a comment, and the hash that chains its saved states (R-03).

A reviewer enters a figure per part of the call's scorecard (an element of a criterion, or the criterion);
a criterion's points are the sum of its parts. The hash is taken of the comment's own hash, so the text can
be destroyed on schedule and the chain still verifies. Anybody can recompute it from the stored values.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Literal

from naru.domain.decision import Finding, Outcome, Refused
from naru.domain.terms import Criterion, Text

GENESIS = "0" * 64  # the hash before the first state


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One saved state of the sheet of `assignment`: `number` counts from 1, points are whole.

    `parts` are the figures entered, `points` their sums by criterion, `scorecard` the hash of the criteria
    they were given under.
    """

    assignment: int
    number: int
    points: Mapping[str, int]
    parts: Mapping[str, int] = field(default_factory=dict)
    scorecard: str = ""
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
        if self.parts:
            content["parts"] = dict(self.parts)
        if self.scorecard:
            content["scorecard"] = self.scorecard
        return digest(_canonical(content))


def _canonical(content: object) -> str:
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(text: str) -> str:
    """SHA-256 (hex) of a comment or reason."""
    return sha256(text.encode()).hexdigest()


def scorecard(criteria: Sequence[Criterion]) -> str:
    """SHA-256 (hex) of what can be scored: ids and bounds in order. Wording may be mended."""
    bounds = [[one.id, one.points, [[part.key, part.most] for part in one.parts]] for one in criteria]
    return digest(_canonical(bounds))


Fault = Literal["missing", "order", "content"]


def first_break(states: Iterable[tuple[State, str]]) -> tuple[int, Fault] | None:
    """Number and kind of the first state that does not follow from the one before; None for a whole chain.

    States come with their stored hashes, in order. "missing": a number is absent or stands twice; "order":
    the hash before is another; "content": the values do not give the stored hash.
    """
    previous = GENESIS
    for number, (state, stored) in enumerate(states, start=1):
        if state.number != number:
            return number, "missing"
        if state.previous_sha256 != previous:
            return number, "order"
        if state.hash() != stored:
            return number, "content"
        previous = stored
    return None


def unbroken(states: Iterable[tuple[State, str]]) -> bool:
    """Whether states with their stored hashes, in order, form one whole chain from the first."""
    return first_break(states) is None


def by_criterion(parts: Mapping[str, int], criteria: Sequence[Criterion]) -> dict[str, int]:
    """A criterion's points: the sum of what was entered for it; one without anything entered is left out."""
    sums: dict[str, int] = {}
    for criterion in criteria:
        if given := [parts[part.key] for part in criterion.parts if part.key in parts]:
            sums[criterion.id] = sum(given)
    return sums


def check_whole(parts: Mapping[str, int], criteria: Sequence[Criterion]) -> None:
    """Refused (R-03) naming every part of a whole sheet that is absent or out of bounds."""
    _check(parts, criteria, absent=True)


def check_draft(parts: Mapping[str, int], criteria: Sequence[Criterion]) -> None:
    """Refused (R-03) naming every part of a draft that is out of bounds; parts may be empty."""
    _check(parts, criteria, absent=False)


def _check(parts: Mapping[str, int], criteria: Sequence[Criterion], *, absent: bool) -> None:
    bounds = {part.key: part.most for criterion in criteria for part in criterion.parts}
    problems = [f"{key} is not scored in this call" for key in parts if key not in bounds]
    for key, most in bounds.items():
        given = parts.get(key)
        if given is None:
            problems += [f"{key} has no points"] if absent else []
        elif isinstance(given, bool) or not isinstance(given, int) or not 0 <= given <= most:
            problems.append(f"{key} must be 0..{most}")
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
                    ko="각 칸을 0점부터 배점까지의 정수로 적으십시오.",
                    en="Give every part whole points from 0 to its maximum.",
                ),
            )
        )


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

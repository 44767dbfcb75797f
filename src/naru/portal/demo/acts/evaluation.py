"""Evaluation (선정평가): pledges, conflicts, panels of three or five, score sheets, the closing."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from random import Random

from naru.codec.reviewers import ReviewerRow
from naru.portal.accounts.models import User
from naru.portal.demo import calendar
from naru.portal.demo.year import ROUND, Year
from naru.portal.evaluation import actions as evaluation
from naru.portal.evaluation import pool, queries
from naru.portal.evaluation.models import ReviewAssignment

PER_APPLICATION = 3
FIVE_SHEETS = 14  # this many applications get two reviewers more
REVISED = 8
AWAY, BUSY, FEW_SHEETS = 24, 23, 20  # places in the list of reviewers: cannot come, has little time
LATE_CONFLICT = "평가를 마친 뒤 공동 연구 사실을 알게 되었습니다."
COMMENTS = (
    "목표가 숫자로 적혀 있고 현실적입니다.",
    "계획은 구체적이나 일정이 빠듯합니다.",
    "모델 변환에 걸릴 시간을 낮게 보았습니다.",
    "자원이 필요한 까닭이 분명합니다.",
    "성과지표의 측정 방법을 더 적어야 합니다.",
    "분야의 설명이 짧습니다.",
)


def evaluate(year: Year) -> None:
    """Everything reviewers do, up to the closing."""
    play = year.player.play
    _pool(year)
    for number, reviewer in enumerate(year.reviewers):
        at = calendar.EVALUATION + timedelta(minutes=number)
        play(evaluation.pledge, by=reviewer, at=at, call=year.call)
    assignments = play(
        evaluation.assign_panels,
        by=year.operators[0],
        at=calendar.EVALUATION + timedelta(hours=1),
        call=year.call,
        round_id=ROUND,
        reviewers=year.reviewers,
        per_application=PER_APPLICATION,
    )
    assignments += _larger_panels(year, assignments)
    asked = {row.reviewer_id for row in assignments}
    for number, reviewer in enumerate(one for one in year.reviewers if one.pk in asked):
        at = calendar.EVALUATION + timedelta(hours=2, minutes=5, seconds=number)
        play(evaluation.declare_interests, by=reviewer, at=at, call=year.call)
    merits = {pk: profile.merit for pk, profile in year.profile_of().items()}
    leniency = {reviewer.pk: year.rng.gauss(0, 4) for reviewer in year.reviewers}
    for number, row in enumerate(assignments):
        points = _points(year, merits[row.application_id] + leniency[row.reviewer_id])
        at = calendar.within(year.rng, calendar.on(3, 24), 3).replace(hour=12 + number % 6)
        _sheet(year, row, points, at, number)
    late = partial(_late_conflict, year, assignments[-1])
    year.player.later(calendar.EVALUATION_ENDS - timedelta(hours=2), late)
    year.player.run()
    at = calendar.EVALUATION_ENDS
    play(evaluation.close, by=year.operators[0], at=at, call=year.call, round_id=ROUND)


def _pool(year: Year) -> None:
    """The operator sends in the list of reviewers: two fields each, one has little time, one none."""
    codes = tuple(pool.fields())
    rows = [
        ReviewerRow(
            email=reviewer.email,
            affiliation=f"가상 평가기관 {number % 7 + 1}",
            expertise=(codes[number % len(codes)], codes[number // len(codes) % len(codes)]),
            available=number != AWAY,
            ceiling=FEW_SHEETS if number == BUSY else None,
        )
        for number, reviewer in enumerate(year.reviewers)
    ]
    at = calendar.EVALUATION - timedelta(hours=1)
    year.player.play(evaluation.import_reviewers, by=year.operators[0], at=at, rows=rows)


def _larger_panels(year: Year, assignments: list[ReviewAssignment]) -> list[ReviewAssignment]:
    """Two reviewers more for a few applications, so that trimming (from five sheets up) is seen."""
    panels: dict[int, set[int]] = {}
    for row in assignments:
        panels.setdefault(row.application_id, set()).add(row.reviewer_id)
    rows = {row.application_id: row.application for row in assignments}
    made: list[ReviewAssignment] = []
    for pk in sorted(panels)[::29][:FIVE_SHEETS]:
        conflicts = queries.conflict_grounds([rows[pk]], year.reviewers)
        free: list[User] = [
            one for one in year.reviewers if one.pk not in panels[pk] and (pk, one.pk) not in conflicts
        ]
        made += year.player.play(
            evaluation.assign,
            by=year.operators[1],
            at=calendar.EVALUATION + timedelta(hours=2),
            application=rows[pk],
            reviewers=year.rng.sample(free, 2),
        )
    return made


def _points(year: Year, merit: float) -> Mapping[str, int]:
    """Whole points per criterion around a merit of 0 to 100."""
    return {
        criterion.id: _around(year.rng, merit + year.rng.gauss(0, 7), criterion.points)
        for criterion in year.terms.criteria
    }


def _around(rng: Random, merit: float, most: int) -> int:
    return max(0, min(most, round(merit * most / 100 + rng.random() - 0.5)))


def _sheet(year: Year, row: ReviewAssignment, points: Mapping[str, int], at: datetime, number: int) -> None:
    """A sheet kept, read back and made final; every eighth is begun earlier, a few are revised afterwards."""
    write = partial(_write, year, row, _parts(year, points), COMMENTS[number % len(COMMENTS)])
    if number % 8 == 0:
        began = partial(_write, year, row, {}, COMMENTS[number % len(COMMENTS)])
        year.player.later(at - timedelta(minutes=30), partial(began, evaluation.save_sheet))
    year.player.later(at, partial(write, evaluation.save_sheet))
    year.player.later(at, partial(_finalise, year, row))
    if number % 150 == 7:
        again = partial(write, evaluation.revise_sheet, reason="의견의 오기를 고쳤습니다.")
        year.player.later(at + timedelta(minutes=30), again)


def _parts(year: Year, points: Mapping[str, int]) -> dict[str, int]:
    """The same points per part, as a reviewer enters them: a criterion's points over its elements in turn."""
    parts = {}
    for criterion in year.terms.criteria:
        left = criterion.points
        given = points[criterion.id]
        for part in criterion.parts:
            parts[part.key] = min(part.most, -(-given * part.most // left))
            given, left = given - parts[part.key], left - part.most
    return parts


def _finalise(year: Year, row: ReviewAssignment, at: datetime) -> None:
    """What is stored, as it was read back."""
    stored = row.sheets.latest("number").sha256
    year.player.play(evaluation.finalise_sheet, by=row.reviewer, at=at, assignment=row, sha256=stored)


def _write(
    year: Year,
    row: ReviewAssignment,
    points: Mapping[str, int],
    comment: str,
    action: Callable[..., object],
    at: datetime,
    **more: str,
) -> None:
    year.player.play(action, by=row.reviewer, at=at, assignment=row, points=points, comment=comment, **more)


def _late_conflict(year: Year, row: ReviewAssignment, at: datetime) -> None:
    """A conflict found after the sheet was final: the sheet no longer counts."""
    year.player.play(
        evaluation.declare_conflict,
        by=row.reviewer,
        at=at,
        application=row.application,
        reviewer=row.reviewer,
        reason=LATE_CONFLICT,
    )

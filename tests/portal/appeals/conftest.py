"""A published result to object to: five applications, some seats, one left out by screening."""

from dataclasses import replace
from datetime import timedelta

import pytest
from programme import amended
from selecting import HOUR, SELECTING, Round, entry
from selection_steps import published
from simulated_year import finalised

from naru.portal.appeals import actions
from naru.portal.applications.models import Application
from naru.portal.calls import actions as calls
from naru.portal.evaluation import actions as evaluation
from naru.portal.screening.models import Screening

PUBLISHED = SELECTING + HOUR
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _private_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


class Stage:
    """The published round and what one does in it; `one(n)` is an application by its serial."""

    def __init__(self, ready, make_user):
        self.ready, self.make_user = ready, make_user
        self.call, self.operator, self.operator2 = ready.call, ready.operator, ready.operator2
        self.keys = 0

    def one(self, serial):
        return Application.objects.get(number=f"2025-npu-{serial:04d}")

    def filing(self, serial, **changes):
        self.keys += 1
        row = self.one(serial)
        whole = {
            "by": row.applicant,
            "at": PUBLISHED + DAY,
            "application": row,
            "against": "outcome",
            "grounds": ["evidence_overlooked"],
            "text": "가상의 이의입니다.",
            "key": f"key-{self.keys}",
        }
        return whole | changes

    def file(self, serial, **changes):
        return actions.file(**self.filing(serial, **changes))

    def answer(self, appeal, verdict="upheld", **given):
        answer = actions.Answer(verdict=verdict, reason="가상의 답입니다.", **given)
        return actions.answer(by=self.operator, at=PUBLISHED + 2 * DAY, appeal=appeal, given=answer)

    def uphold(self, serial, remedy="rereview", **changes):
        given = {name: changes.pop(name) for name in ("points", "bonuses") if name in changes}
        appeal = self.answer(self.file(serial, **changes), remedy=remedy, **given)
        return actions.confirm(by=self.operator2, at=PUBLISHED + 3 * DAY, appeal=appeal)

    def reviewers(self, count=3):
        found = [self.make_user(f"new{n}", "reviewer") for n in range(count)]
        for one in found:
            evaluation.pledge(by=one, at=PUBLISHED, call=self.call)
        return found

    def reviewed(self, appeal, points):
        """The second review, each new reviewer giving the same points."""
        people = self.reviewers()
        at = PUBLISHED + 4 * DAY
        self.reviewed_by(
            appeal,
            points,
            lambda: actions.appoint(by=self.operator, at=at, appeal=appeal, reviewers=people),
        )

    def reviewed_by(self, appeal, points, appoint):
        """The same, the reviewers being asked by `appoint()`."""
        appoint()
        for seat in appeal.application.assignments.filter(again=True):
            finalised(seat, points, at=PUBLISHED + 5 * DAY)

    def settle(self, appeal):
        return actions.settle(by=self.operator, at=PUBLISHED + 6 * DAY, appeal=appeal)


@pytest.fixture
def few_seats(terms):
    """The 2025 call with three seats, two of them for npu-60."""
    tracks = tuple(
        replace(track, rounds=tuple(replace(one, seats=3) for one in track.rounds)) for track in terms.tracks
    )
    return amended(tracks=tracks)


@pytest.fixture
def stage(few_seats, operator, operator2, make_user, at):
    """Five with 95, 90, 85, 80, 75 points: two are selected, three wait; a sixth is left out by screening."""
    call = calls.publish(by=operator, at=at, terms=few_seats).call
    ready = Round(call=call, terms=few_seats, operator=operator, operator2=operator2).opened()
    ready.entered(*(entry(n, 100 - 5 * n) for n in range(1, 7)))
    last = Application.objects.get(number="2025-npu-0006")
    Screening.objects.filter(application=last).update(decision="ineligible")
    last.screening.findings.create(
        order=1, clause="E-11", code="document_missing", outcome="missing",
        reason_ko="증빙이 없습니다.", reason_en="Evidence is missing.",
    )  # fmt: skip
    ready.closed()
    published(ready)
    return Stage(ready, make_user)

"""Propose, confirm by two persons, publish: what is kept, what is refused and why."""

from dataclasses import replace
from fractions import Fraction

import pytest
from refusing import one_event, refusal
from selecting import HOUR, SEED, SELECTING, entry

from naru.codec.verification import verify
from naru.domain.run import Settings
from naru.portal.applications.models import Application
from naru.portal.calls import actions as calls
from naru.portal.calls.models import FrozenQuota, LotterySeed
from naru.portal.evaluation.models import ReviewAssignment, ScoreSheet
from naru.portal.organisations.models import Representative
from naru.portal.selection import actions, queries
from naru.portal.selection.models import RunConfirmation, SelectionOutcome, SelectionRun


def propose(ready, at=SELECTING, **settings):
    given = Settings(**settings) if settings else None
    return actions.propose(by=ready.operator, at=at, call=ready.call, round_id="1", settings=given)


def confirmed(ready):
    run = propose(ready)
    actions.confirm(by=ready.operator, at=SELECTING, run=run)
    actions.confirm(by=ready.operator2, at=SELECTING, run=run)
    run.refresh_from_db()
    return run


@pytest.mark.requirement("R-05")
def test_a_proposal_keeps_a_record_anyone_can_repeat(ready):
    ready.many(40)
    ready.closed()
    run, event = one_event(actions.propose, by=ready.operator, at=SELECTING, call=ready.call, round_id="1")
    assert (run.state, event.action) == ("proposed", "selection.propose")
    assert event.facts["record"] == run.record_sha256 == run.record["hashes"]["root"]
    run.refresh_from_db()
    assert verify(run.record) is None
    rulings = {ruling["id"]: ruling for ruling in run.record["rulings"]}
    rows = run.outcomes.select_related("application")
    assert len(rows) == len(rulings) == 40
    for row in rows:
        ruling = rulings[row.application.number]
        assert (str(row.score), row.rank, row.waiting) == (ruling["score"], ruling["rank"], ruling["waiting"])
        assert (row.clause, row.code) == (ruling["finding"]["clause"], ruling["finding"]["code"])
        assert (row.status == "selected") == (ruling["status"] == "selected")


def test_a_record_with_another_score_is_refused(ready):
    ready.entered(entry(1, 90), entry(2, 80))
    ready.closed()
    record = propose(ready).record
    record["applications"][0]["reviews"][0]["points"]["need"] -= 1
    assert verify(record) is not None


def test_what_is_asked_before_writes_nothing(ready):
    ready.many(30)
    decision = queries.what_if(ready.call, "1", Settings(reading="none"))
    assert {choice.reading for choice in decision.products[0].readings} == {"ratio", "quota", "soft", "none"}
    assert not SelectionRun.objects.exists()


def test_the_people_behind_two_units_are_warned_of(ready):
    rows = ready.entered(entry(1), entry(2), entry(3))
    for number in ("2025-npu-0001", "2025-npu-0003"):
        Representative.objects.create(
            organisation=rows[number].organisation, name="가상 대표", birth_date="1980-01-01"
        )
    decision = queries.what_if(ready.call, "1", Settings())
    assert [(warning.id, warning.unit) for warning in decision.warnings] == [("2025-npu-0003", "unit:1")]


@pytest.mark.parametrize(
    ("missing", "expected"),
    [
        (lambda: LotterySeed.objects.all().delete(), ("R-05", "seed_not_committed")),
        (lambda: FrozenQuota.objects.all().delete(), ("C-04", "quotas_not_frozen")),
        (
            lambda: None,
            ("R-03", "evaluation_open"),
        ),
    ],
)
def test_nothing_is_proposed_before_its_conditions_hold(ready, missing, expected):
    ready.entered(entry(1))
    missing()
    assert (
        refusal(actions.propose, by=ready.operator, at=SELECTING, call=ready.call, round_id="1") == expected
    )


@pytest.mark.requirement("E-04")
def test_two_of_one_unit_stop_the_selection(ready):
    ready.entered(entry(1), replace(entry(2), unit="unit:1"))
    ready.closed()
    with_both = {"by": ready.operator, "at": SELECTING, "call": ready.call, "round_id": "1"}
    assert refusal(actions.propose, **with_both) == ("E-04", "duplicates_unresolved")
    assert not SelectionRun.objects.exists()


def test_a_missing_sheet_stops_the_selection(ready):
    ready.entered(entry(1), replace(entry(2), sheets=entry(2).sheets[:2]))
    ready.closed()
    given = {"by": ready.operator, "at": SELECTING, "call": ready.call, "round_id": "1"}
    assert refusal(actions.propose, **given) == ("R-05", "inputs_incomplete")


@pytest.mark.requirement("C-05")
@pytest.mark.parametrize("settings", [{"reading": "none"}, {"min_score": Fraction(60)}])
def test_a_relaxed_rule_needs_a_reason_that_stays_in_the_record(ready, settings):
    ready.many(20)
    ready.closed()
    given = {"by": ready.operator, "at": SELECTING, "call": ready.call, "round_id": "1"}
    bare = Settings(**settings, reason="  ")
    assert refusal(actions.propose, **given, settings=bare) == ("C-05", "relaxation_without_reason")
    run = propose(ready, **settings, reason="전담기관 결정 2025-11호")
    assert run.record["settings"]["reason"] == "전담기관 결정 2025-11호"
    assert verify(run.record) is None


def test_a_new_proposal_supersedes_the_old_one(ready):
    ready.entered(entry(1), entry(2, sector="public"))
    ready.closed()
    first = propose(ready)
    second = propose(ready, at=SELECTING + HOUR, reading="none", reason="가상 결정")
    first.refresh_from_db()
    assert (first.state, second.state) == ("superseded", "proposed")
    assert queries.previous(second) == first
    found = queries.changes(second, first)
    assert [(one.number, one.before, one.after) for one in found] == [
        ("2025-npu-0002", "waiting", "selected")
    ]
    assert refusal(actions.confirm, by=ready.operator, at=SELECTING, run=first) == (
        "R-06",
        "run_not_proposed",
    )


@pytest.mark.requirement("R-05")
def test_two_different_persons_confirm(ready):
    (number,) = ready.entered(entry(1))
    ready.closed()
    run = propose(ready)
    _kept, event = one_event(actions.confirm, by=ready.operator, at=SELECTING, run=run)
    assert (event.facts["persons"], event.facts["state"]) == (1, "proposed")
    again = refusal(actions.confirm, by=ready.operator, at=SELECTING, run=run)
    assert again == ("R-05", "second_person_needed")
    assert refusal(actions.publish, by=ready.operator, at=SELECTING, run=run) == ("R-06", "run_not_confirmed")
    assert Application.objects.get(number=number).settled_at is None
    one_event(actions.confirm, by=ready.operator2, at=SELECTING, run=run)
    run.refresh_from_db()
    assert run.state == "confirmed"
    assert Application.objects.get(number=number).settled_at == SELECTING
    assert RunConfirmation.objects.filter(run=run).count() == 2
    given = {"by": ready.operator, "at": SELECTING, "call": ready.call, "round_id": "1"}
    assert refusal(actions.propose, **given) == ("R-06", "selection_in_force")


def test_inputs_that_changed_since_are_noticed(ready):
    rows = ready.entered(entry(1), entry(2))
    ready.closed()
    run = propose(ready)
    assignment = ReviewAssignment.objects.filter(application=rows["2025-npu-0002"])[0]
    sheet = ScoreSheet.objects.get(assignment=assignment)
    ScoreSheet.objects.create(
        assignment=assignment,
        number=2,
        points=sheet.points | {"need": 1},
        total=sheet.total - 9,
        scorecard=sheet.scorecard,
        comment="고침",
        state="final",
        entered_at=SELECTING,
        sha256="1" * 64,
    )
    assert refusal(actions.confirm, by=ready.operator, at=SELECTING, run=run) == ("R-05", "inputs_changed")


@pytest.mark.requirement("R-03")
def test_sheets_of_another_scorecard_are_not_selected_by(ready, terms):
    """All sheets of a round are scored on the criteria the selection is run with, or it refuses to run."""
    ready.entered(entry(1), entry(2))
    ready.closed()
    contents, need = terms.criteria[2], terms.criteria[3]
    shifted = (
        *terms.criteria[:2],
        replace(contents, points=45, elements=tuple(replace(one, points=None) for one in contents.elements)),
        replace(need, points=15),
        terms.criteria[4],
    )
    changed = replace(terms, criteria=shifted, ambiguities=())
    calls.amend(by=ready.operator, at=SELECTING, call=ready.call, terms=changed, reason="가상 변경")
    given = {"by": ready.operator, "at": SELECTING, "call": ready.call, "round_id": "1"}
    assert refusal(actions.propose, **given) == ("R-03", "scorecards_differ")


def test_a_call_amended_since_is_noticed(ready, terms):
    ready.entered(entry(1))
    ready.closed()
    run = propose(ready)
    changed = replace(terms, appeal=replace(terms.appeal, object_days=40))
    calls.amend(by=ready.operator, at=SELECTING, call=ready.call, terms=changed, reason="가상 변경")
    assert refusal(actions.confirm, by=ready.operator, at=SELECTING, run=run) == ("R-05", "inputs_changed")


@pytest.mark.requirement("R-06")
def test_publishing_reveals_the_seed(ready):
    rows = ready.entered(entry(1))
    ready.closed()
    run = confirmed(ready)
    assert queries.published_outcome(rows["2025-npu-0001"]) is None
    one_event(actions.publish, by=ready.operator, at=SELECTING + HOUR, run=run)
    run.refresh_from_db()
    assert (run.state, run.published_at) == ("published", SELECTING + HOUR)
    assert LotterySeed.objects.get().revealed_at == SELECTING + HOUR
    assert run.record["lottery"]["seed"] == SEED
    assert queries.published_outcome(rows["2025-npu-0001"]).status == SelectionOutcome.Status.SELECTED


@pytest.mark.requirement("R-05")
def test_only_an_operator_selects_whatever_door_it_is_asked_through(ready, auditor):
    ready.entered(entry(1))
    ready.closed()
    given = {"by": auditor, "at": SELECTING}
    asked = given | {"call": ready.call, "round_id": "1"}
    assert refusal(actions.propose, **asked) == ("R-05", "operators_only")
    run = propose(ready)
    assert refusal(actions.confirm, **given, run=run) == ("R-05", "operators_only")
    assert refusal(actions.publish, **given, run=run) == ("R-06", "operators_only")


def test_who_ran_a_proposal_may_be_one_of_the_two(ready):
    ready.entered(entry(1))
    ready.closed()
    run = confirmed(ready)
    assert run.run_by in {one.person for one in run.confirmations.all()}

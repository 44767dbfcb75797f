"""Restriction cases: notice, opinion, decision, register."""

from datetime import UTC, date, datetime, timedelta

import pytest
from awarded import refused

from naru.portal.allocation import actions as allocation
from naru.portal.audit.models import Event
from naru.portal.organisations.models import Restriction
from naru.portal.organisations.queries import restrictions_by_unit
from naru.portal.progress import actions
from naru.portal.progress.models import RestrictionCase

pytestmark = pytest.mark.django_db
JUNE = datetime(2025, 6, 2, tzinfo=UTC)
HEARD_UNTIL = datetime(2025, 6, 22, 15, 0, tzinfo=UTC)  # 20 days on, midnight in Seoul
LATER = HEARD_UNTIL + timedelta(hours=1)


@pytest.fixture
def withdrawn(award):
    allocation.withdraw(by=award.application.applicant, at=JUNE, award=award, reason="폐업")
    return award


@pytest.fixture
def case(withdrawn, operator):
    return actions.notice_case(
        by=operator, at=JUNE, award=withdrawn, ground="withdrawal", facts="6월 2일 중도포기"
    )


def decide(case, operator, at=LATER, *, restrict=True, reason="배정 뒤 포기로 서버가 비었음"):
    return actions.decide_case(by=operator, at=at, case=case, restrict=restrict, reason=reason)


def test_a_notice_names_the_clause_and_the_time_to_be_heard(case):
    assert (case.state, case.clause, case.hearing_until) == ("noticed", "L-03", HEARD_UNTIL)
    assert Event.objects.filter(action="progress.notice_case").count() == 1


@pytest.mark.parametrize(
    ("code", "ground", "clause"),
    [
        ("ground_not_on_record", "withdrawal", "L-03"),
        ("ground_not_on_record", "final_insufficient", "P-04"),
        ("unknown_ground", "bad_mood", "P-06"),
    ],
)
def test_a_notice_rests_on_the_record(award, operator, code, ground, clause):
    arguments = {"by": operator, "at": JUNE, "award": award, "ground": ground, "facts": "사실"}
    assert refused(code, actions.notice_case, **arguments) == clause


def test_a_notice_states_facts_and_stands_once(case, withdrawn, operator):
    arguments = {"by": operator, "at": JUNE, "award": withdrawn, "ground": "withdrawal"}
    refused("text_missing", actions.notice_case, facts=" ", **arguments)
    refused("case_open_already", actions.notice_case, facts="다시", **arguments)


def test_no_decision_before_the_hearing_is_over(case, operator):
    early = HEARD_UNTIL - timedelta(seconds=1)
    assert refused("hearing_open", lambda: decide(case, operator, early)) == "L-03"
    assert (RestrictionCase.objects.get().state, Restriction.objects.count()) == ("noticed", 0)


def test_a_restriction_bars_the_next_years_programme(case, operator):
    decided = decide(case, operator)
    entry = Restriction.objects.get()
    assert decided.restriction == entry
    assert (entry.unit, entry.ground, entry.clause) == (case.award.application.unit, "withdrawal", "L-03")
    assert (entry.starts_on, entry.ends_on) == (date(2026, 1, 1), date(2026, 12, 31))
    assert restrictions_by_unit([entry.unit], date(2026, 3, 17)) == {entry.unit: [entry]}
    assert restrictions_by_unit([entry.unit], date(2027, 1, 1)) == {}
    facts = Event.objects.get(action="progress.decide_case").facts
    assert (facts["restrict"], facts["restriction"], facts["readiness"]) == (True, entry.pk, "ready")
    refused("decided_already", lambda: decide(case, operator))


def test_a_case_may_end_without_a_restriction(case, operator):
    decided = decide(case, operator, restrict=False, reason="불가피한 사유로 인정")
    assert (decided.state, decided.restriction, Restriction.objects.count()) == ("dropped", None, 0)


def test_a_decision_gives_its_reason(case, operator):
    refused("text_missing", lambda: decide(case, operator, reason=" "))


def test_the_opinion_is_heard_in_time_only(case, operator):
    awardee = case.award.application.applicant
    opinion = {"by": awardee, "case": case}
    refused("text_missing", actions.state_opinion, at=JUNE, text=" ", **opinion)
    heard = actions.state_opinion(at=JUNE, text="자금 사정이 나빠졌습니다", **opinion)
    assert (heard.state, heard.statement) == ("heard", "자금 사정이 나빠졌습니다")
    assert refused("hearing_over", actions.state_opinion, at=HEARD_UNTIL, text="더", **opinion) == "L-03"


def test_an_opinion_ends_the_hearing_early(case, operator):
    actions.state_opinion(by=case.award.application.applicant, at=JUNE, case=case, text="의견 없음")
    assert decide(case, operator, JUNE + timedelta(days=1)).state == "restricted"


def test_a_ground_without_a_bar_restricts_nobody(award, operator):
    case = actions.notice_case(
        by=operator, at=JUNE, award=award, ground="use_outside_plan", facts="학습 작업이 발견됨"
    )
    assert refused("ground_without_restriction", lambda: decide(case, operator)) == "L-04"
    assert decide(case, operator, restrict=False).state == "dropped"


def test_a_professor_is_restricted_and_not_the_university(stage, acts, operator):
    stage.selected(2, sector="public")
    award = acts.opened(stage)[-1]
    allocation.withdraw(by=award.application.applicant, at=JUNE, award=award, reason="연구 종료")
    case = actions.notice_case(by=operator, at=JUNE, award=award, ground="withdrawal", facts="중도포기")
    decide(case, operator)
    entry = Restriction.objects.get()
    assert entry.unit.startswith("professor:")
    assert entry.organisation is None

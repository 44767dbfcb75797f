"""Monthly reports and reason statements."""

from datetime import UTC, date, datetime

import pytest
from awarded import refused

from naru.portal.audit.actions import fingerprint
from naru.portal.audit.models import Event
from naru.portal.progress import actions
from naru.portal.progress.models import MonthlyReport, ReasonStatement

pytestmark = pytest.mark.django_db
MAY = datetime(2025, 5, 20, tzinfo=UTC)


def report(award, month, stage="analysis", at=MAY, **changes):
    arguments = {
        "by": award.application.applicant,
        "at": at,
        "award": award,
        "month": month,
        "stage": stage,
        "note": "입력 형식을 정함",
    }
    return actions.report_month(**arguments | changes)


def test_a_report_keeps_stage_note_and_evidence(award):
    made = report(award, date(2025, 4, 30), evidence=["변환 기록 12", " "])
    kept = MonthlyReport.objects.get()
    assert (kept, kept.month, kept.stage, kept.evidence) == (
        made,
        date(2025, 4, 1),
        "analysis",
        ["변환 기록 12"],
    )
    event = Event.objects.get(action="progress.report_month")
    assert event.facts == {
        "month": "2025-04-01",
        "stage": "analysis",
        "note": fingerprint("입력 형식을 정함"),
    }


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("month_outside_use", {"month": date(2025, 3, 1)}),
        ("month_outside_use", {"month": date(2025, 6, 1)}),
        ("unknown_stage", {"stage": "training"}),
        ("text_missing", {"note": " "}),
    ],
)
def test_a_report_is_refused(award, code, changes):
    arguments = {"month": date(2025, 4, 1), "stage": "analysis"} | changes
    month, stage = arguments.pop("month"), arguments.pop("stage")
    clause = refused(code, lambda: report(award, month, stage, **arguments))
    assert (clause, MonthlyReport.objects.count()) == ("P-01", 0)


def test_a_month_is_reported_once(award):
    report(award, date(2025, 4, 1))
    refused("reported_already", lambda: report(award, date(2025, 4, 1), "conversion"))
    assert MonthlyReport.objects.get().stage == "analysis"


def test_nothing_is_reported_before_the_handover(stage, acts):
    stage.selected(2)
    award = acts.opened(stage)[-1]
    acts.delivered(award)
    assert refused("not_in_use", lambda: report(award, date(2025, 4, 1))) == "P-01"


def test_the_month_is_judged_in_seoul(award):
    still_may_in_utc = datetime(2025, 5, 31, 15, 0, tzinfo=UTC)
    assert report(award, date(2025, 6, 1), at=still_may_in_utc).month == date(2025, 6, 1)


def test_a_reason_statement_belongs_to_a_report(award):
    state = {"by": award.application.applicant, "at": MAY, "award": award, "month": date(2025, 4, 2)}
    assert refused("no_report_of_month", actions.state_reason, text="장비 교체", **state) == "P-02"
    report(award, date(2025, 4, 1), "conversion")
    refused("text_missing", actions.state_reason, text=" ", **state)
    actions.state_reason(text="연산자 미지원", **state)
    kept = ReasonStatement.objects.get()
    assert (kept.stage, kept.month, kept.text) == ("conversion", date(2025, 4, 1), "연산자 미지원")
    refused("stated_already", actions.state_reason, text="다시", **state)
    assert Event.objects.filter(action="progress.state_reason").count() == 1


def test_a_report_is_lean(award, django_assert_max_num_queries):
    report(award, date(2025, 4, 1))
    with django_assert_max_num_queries(9):  # two of them are the test's savepoint
        report(award, date(2025, 5, 1))

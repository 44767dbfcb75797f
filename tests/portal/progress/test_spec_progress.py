"""P-01 to P-06 as people meet them on the pages."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from naru.portal.allocation import actions as allocation
from naru.portal.organisations.models import Restriction
from naru.portal.organisations.queries import restrictions_by_unit
from naru.portal.progress import actions
from naru.portal.progress.models import MonthlyReport
from naru.portal.ui import clock

pytestmark = pytest.mark.django_db
STAGES = ["model_selection", "analysis", "conversion", "optimisation", "serving"]


@pytest.fixture
def at_time(monkeypatch):
    def at_time(*moment):
        monkeypatch.setattr(clock, "now", lambda: datetime(*moment, tzinfo=UTC))

    at_time(2025, 7, 15)
    return at_time


@pytest.fixture
def own(client, award, at_time):
    client.force_login(award.application.applicant)
    return f"/applications/{award.application_id}"


def report(client, own, month, stage):
    answers = {"month": f"2025-{month:02}-01", "stage": stage, "note": "진행함", "evidence": "기록 1"}
    return client.post(f"{own}/progress/", answers)


@pytest.mark.requirement("P-01")
def test_a_month_is_reported_in_one_of_five_stages(client, own):
    form = client.get(f"{own}/progress/").context["report_form"]
    assert [value for value, _label in form.fields["stage"].choices] == STAGES
    assert report(client, own, 4, "model_selection").status_code == 302
    assert (MonthlyReport.objects.get().stage, MonthlyReport.objects.get().evidence) == (
        "model_selection",
        ["기록 1"],
    )
    assert report(client, own, 4, "analysis").status_code == 422


@pytest.mark.requirement("P-02")
@pytest.mark.parametrize(("named", "owed"), [*zip(STAGES, [1, 1, 1, 0, 0], strict=True)])
def test_two_months_in_stages_one_to_three_ask_for_a_reason_statement(client, own, operator, named, owed):
    for month in (4, 5, 6):
        report(client, own, month, named)
        page = client.get(f"{own}/progress/")
        assert len(page.context["standing"].owed) == (owed if month == 6 else 0)
        assert page.context["reminder"] == (bool(owed) and month == 5)
    assert ('id="statement"' in page.content.decode()) == bool(owed)
    client.force_login(operator)
    assert len(client.get("/progress/?owes=on").context["rows"]) == owed


@pytest.mark.requirement("P-03")
@pytest.mark.parametrize(("kind", "month"), [("midpoint", 8), ("final", 12)])
def test_a_check_is_taken_from_its_month_on(client, own, at_time, kind, month):
    at_time(2025, month - 1, 28)
    assert client.get(f"{own}/{kind}/").context["editable"] is False
    at_time(2025, month, 1)
    page = client.get(f"{own}/{kind}/")
    assert page.context["editable"] is True
    assert page.context["due"].date() == date(2025, month, 31)


@pytest.mark.requirement("P-04")
def test_an_insufficient_final_check_may_lead_to_a_case(client, own, award, at_time, operator):
    at_time(2025, 12, 3)
    higher, lower = award.application.kpis.order_by("id")
    values = {f"measured_{higher.pk}": "20", f"measured_{lower.pk}": "48", "summary": "성과"}
    assert client.post(f"{own}/final/", values).status_code == 302
    check = award.checks.get()
    client.force_login(operator)
    page = client.get(f"/progress/checks/{check.pk}/")
    lines = [(line.target, line.measured) for line in page.context["lines"]]
    assert lines == [(Decimal(100), Decimal(20)), (Decimal(20), Decimal(48))]
    assert str(page.context["proposal"][1]) == "미흡"
    notice = {"ground": "final_insufficient", "facts": "미흡"}
    assert client.post(f"/progress/{award.pk}/case/", notice).status_code == 422
    client.post(f"/progress/checks/{check.pk}/", {"verdict": "insufficient", "reason": "목표 미달"})
    assert client.post(f"/progress/{award.pk}/case/", notice).status_code == 302


@pytest.mark.requirement("P-05")
def test_who_leaves_the_survey_out_may_have_to_pay_back(client, award, at_time, operator):
    for month in (4, 5):
        after = datetime(2025, month + 1, 2, tzinfo=UTC)
        allocation.record_month(by=operator, at=after, call=award.call, month=date(2025, month, 1))
    client.force_login(operator)
    notice = {"ground": "survey_missing", "facts": "설문에 답하지 않음"}
    at_time(2026, 1, 30, 1)  # the last of the thirty days
    assert client.post(f"/progress/{award.pk}/case/", notice).status_code == 422
    at_time(2026, 1, 31, 1)
    assert client.post(f"/progress/{award.pk}/case/", notice).status_code == 302
    process = client.get(f"/progress/cases/{award.restriction_cases.get().pk}/").context["process"]
    assert process.clawback == sum(award.ledger.values_list("units", flat=True)) > 0


@pytest.mark.requirement("P-06")
def test_a_decided_restriction_is_read_by_next_years_call(client, award, at_time, operator):
    at = clock.now()
    allocation.withdraw(by=award.application.applicant, at=at, award=award, reason="폐업")
    case = actions.notice_case(by=operator, at=at, award=award, ground="withdrawal", facts="중도포기")
    late = case.hearing_until + timedelta(hours=1)
    at_time(late.year, late.month, late.day, late.hour)
    client.force_login(operator)
    client.post(f"/progress/cases/{case.pk}/", {"restrict": "yes", "reason": "서버가 비었음"})
    entry = Restriction.objects.get()
    assert restrictions_by_unit([entry.unit], date(2026, 3, 17)) == {entry.unit: [entry]}
    assert entry.unit in client.get(f"/restrictions/?text={entry.unit}").content.decode()

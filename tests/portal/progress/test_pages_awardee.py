"""The awardee's pages: what is owed, the report, the statement, the checks, the opinion."""

from datetime import UTC, date, datetime, timedelta

import pytest
from awarded import MATCHED

from naru.portal.allocation import actions as allocation
from naru.portal.organisations.models import Member
from naru.portal.progress import actions
from naru.portal.progress.models import Check, KpiResult, MonthlyReport, ReasonStatement, RestrictionCase
from naru.portal.ui import clock

pytestmark = pytest.mark.django_db
JULY = datetime(2025, 7, 15, 1, 0, tzinfo=UTC)
AUGUST = datetime(2025, 8, 20, tzinfo=UTC)
DECEMBER = datetime(2025, 12, 10, tzinfo=UTC)


@pytest.fixture
def at_time(monkeypatch):
    def at_time(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)

    at_time(JULY)
    return at_time


@pytest.fixture(autouse=True)
def _in_july(at_time):
    pass


@pytest.fixture
def own(client, award):
    client.force_login(award.application.applicant)
    return f"/applications/{award.application_id}"


@pytest.fixture
def case(award, operator):
    return actions.notice_case(
        by=operator, at=JULY, award=award, ground="use_outside_plan", facts="학습 작업이 발견됨"
    )


def answers(month=4, stage="conversion", **changes):
    given = {"month": f"2025-{month:02}-01", "stage": stage, "note": "연산자를 바꿈", "evidence": ""}
    return given | changes


def test_a_foreign_award_does_not_exist(client, award, case, make_user):
    own = f"/applications/{award.application_id}"
    pages = [f"{own}/{page}/" for page in ("progress", "midpoint", "final", f"cases/{case.pk}")]
    assert {client.get(page).status_code for page in pages} == {302}
    client.force_login(make_user("stranger"))
    assert {client.get(page).status_code for page in pages} == {404}
    assert {client.post(page).status_code for page in [*pages, f"{own}/progress/statement/"]} == {404}


def test_another_applications_case_does_not_exist(client, case, stage, acts):
    stage.selected(2)
    other = acts.in_use(acts.opened(stage)[-1])
    client.force_login(other.application.applicant)
    assert client.get(f"/applications/{other.application_id}/cases/{case.pk}/").status_code == 404


def test_a_colleague_reports_for_the_company(client, award, make_user):
    colleague = make_user("colleague")
    company = award.application.organisation
    Member.objects.create(organisation=company, user=colleague, role="member", added_at=MATCHED)
    client.force_login(colleague)
    page = f"/applications/{award.application_id}/progress/"
    assert client.post(page, answers()).status_code == 302
    assert MonthlyReport.objects.get().reported_by == colleague


def test_the_menu_leads_to_the_only_award(client, own, make_user):
    assert client.get("/progress/mine/").url == f"{own}/progress/"
    client.force_login(make_user("nobody"))
    assert "진도를 보고할 신청이 없습니다" in client.get("/progress/mine/").content.decode()


def test_a_report_is_kept_with_its_evidence(client, own):
    page = client.get(f"{own}/progress/").content.decode()
    assert "3단계 모델변환(포팅)" in page
    assert "AI 반도체사의 도구로" in page
    client.post(f"{own}/progress/", answers(evidence="변환 기록 12\n\n측정 3"))
    kept = MonthlyReport.objects.get()
    assert (kept.month, kept.stage, kept.evidence) == (
        date(2025, 4, 1),
        "conversion",
        ["변환 기록 12", "측정 3"],
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"month": 3}, "month"),
        ({"month": 8}, "month"),
        ({"stage": "training"}, "stage"),
        ({"note": " "}, "note"),
    ],
)
def test_a_bad_report_is_named_and_what_was_written_stays(client, own, changes, field):
    answer = client.post(f"{own}/progress/", answers(**changes))
    assert (answer.status_code, list(answer.context["report_form"].errors)) == (422, [field])
    assert ("연산자를 바꿈" in answer.content.decode()) == (field != "note")
    assert not MonthlyReport.objects.exists()


def test_a_month_reported_meanwhile_is_refused_with_its_clause(client, own, award, monkeypatch):
    def meanwhile(*_arguments):
        return [date(2025, 4, 1)]

    client.post(f"{own}/progress/", answers())
    monkeypatch.setattr("naru.portal.progress.queries.months_to_report", meanwhile)
    answer = client.post(f"{own}/progress/", answers(stage="serving"))
    assert answer.status_code == 422
    assert "[P-01]</a> 2025-04 보고는 이미" in answer.content.decode()


def test_a_statement_is_asked_for_with_its_clause_and_kept(client, own):
    for month in (4, 5, 6):
        client.post(f"{own}/progress/", answers(month))
    page = client.get(f"{own}/progress/")
    assert 'id="statement"' in page.content.decode()
    assert "P-02" in page.content.decode()
    bad = client.post(f"{own}/progress/statement/", {"month": "2025-06-01", "text": ""})
    assert (bad.status_code, list(bad.context["statement_form"].errors)) == (422, ["text"])
    client.post(f"{own}/progress/statement/", {"month": "2025-06-01", "text": "연산자 미지원"})
    assert (ReasonStatement.objects.get().stage, ReasonStatement.objects.get().month.month) == (
        "conversion",
        6,
    )
    assert 'id="statement"' not in client.get(f"{own}/progress/").content.decode()


def test_the_midpoint_opens_in_august(client, own, at_time):
    page = f"{own}/midpoint/"
    early = client.get(page).content.decode()
    assert "점검 자료는 2025-08-01부터" in early
    assert "P-03" in early
    assert "<textarea" not in early
    refused = client.post(page, {"summary": "이르게"})
    assert (refused.status_code, Check.objects.count()) == (422, 0)
    assert "[P-03]" in refused.content.decode()
    at_time(AUGUST)
    assert client.post(page, {"summary": "변환을 마침"}).status_code == 302
    assert client.post(page, {"summary": "최적화 중"}).status_code == 302
    assert (Check.objects.get().kind, Check.objects.get().summary) == ("midpoint", "최적화 중")


def test_the_final_check_takes_a_value_per_kpi(client, own, award, at_time, operator):
    at_time(DECEMBER)
    higher, lower = award.application.kpis.order_by("id")
    page = f"{own}/final/"
    assert "처리량" in client.get(page).content.decode()
    given = {
        "summary": "성과",
        f"measured_{higher.pk}": "88.5",
        f"note_{higher.pk}": "천 건 평균",
        f"measured_{lower.pk}": "",
        f"note_{lower.pk}": "장비 고장",
    }
    bad = client.post(page, given | {f"measured_{higher.pk}": "빠름"})
    assert (bad.status_code, list(bad.context["form"].errors)) == (422, [f"measured_{higher.pk}"])
    assert client.post(page, given).status_code == 302
    kept = {row.kpi_id: (row.measured, row.note) for row in KpiResult.objects.all()}
    assert kept == {higher.pk: (88.5, "천 건 평균"), lower.pk: (None, "장비 고장")}
    again = client.get(page)
    assert again.context["form"].initial[f"measured_{higher.pk}"] == higher.results.get().measured
    check = Check.objects.get()
    actions.decide_check(by=operator, at=DECEMBER, check=check, verdict="satisfactory", reason="인정함")
    decided = client.get(page).content.decode()
    assert "인정함" in decided
    assert "<textarea" not in decided
    refused = client.post(page, given)
    assert (refused.status_code, "[P-03]</a> 이미 판정한" in refused.content.decode()) == (422, True)


def test_the_party_is_heard_until_the_deadline(client, own, case, at_time):
    page = f"{own}/cases/{case.pk}/"
    assert "학습 작업이 발견됨" in client.get(page).content.decode()
    assert client.post(page, {"text": ""}).status_code == 422
    assert client.post(page, {"text": "시험 작업이었습니다"}).status_code == 302
    assert RestrictionCase.objects.get().statement == "시험 작업이었습니다"
    at_time(case.hearing_until + timedelta(minutes=1))
    assert "<textarea" not in client.get(page).content.decode()
    late = client.post(page, {"text": "더"})
    assert (late.status_code, "[L-04]</a> 의견을 낼 수 있는 기간이" in late.content.decode()) == (422, True)


def test_a_case_is_announced_on_the_progress_page(client, own, case):
    assert f"{own}/cases/{case.pk}/" in client.get(f"{own}/progress/").content.decode()


def test_after_a_withdrawal_no_month_is_asked_for(client, own, award, at_time):
    for month in (4, 5, 6, 7):
        client.post(f"{own}/progress/", answers(month, "serving"))
    allocation.withdraw(by=award.application.applicant, at=JULY, award=award, reason="폐업")
    at_time(DECEMBER)
    page = client.get(f"{own}/progress/")
    assert (page.context["months"], 'id="report"' in page.content.decode()) == ([], False)


def test_pages_speak_english(client, own, case):
    client.cookies["django_language"] = "en"
    for page in ("progress", "midpoint", "final", f"cases/{case.pk}"):
        assert client.get(f"{own}/{page}/").status_code == 200
    assert "Progress report" in client.get(f"{own}/progress/").content.decode()

"""The wall, an award's story, the checks and the cases: operators act, auditors read, others stay out."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from naru.portal.allocation import actions as allocation
from naru.portal.organisations.models import Restriction
from naru.portal.progress import actions
from naru.portal.progress.models import Check, RestrictionCase
from naru.portal.ui import clock

pytestmark = pytest.mark.django_db
JULY = datetime(2025, 7, 15, 1, 0, tzinfo=UTC)
DECEMBER = datetime(2025, 12, 10, tzinfo=UTC)
HEARD_UNTIL = datetime(2025, 8, 4, 15, 0, tzinfo=UTC)  # 20 days after 15 July, midnight in Seoul


@pytest.fixture
def at_time(monkeypatch):
    def at_time(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)

    at_time(JULY)
    return at_time


@pytest.fixture(autouse=True)
def _in_july(at_time):
    pass


def report(award, month, stage, at=JULY):
    actions.report_month(
        by=award.application.applicant,
        at=at,
        award=award,
        month=date(2025, month, 1),
        stage=stage,
        note="연산자를 바꿔 봄",
        evidence=["변환 기록 12"],
    )


def submitted(award, kind="final", throughput=20, latency=48):
    kpis = award.application.kpis.order_by("id")
    results = dict(zip([kpi.pk for kpi in kpis], [throughput, latency], strict=True))
    return actions.submit_check(
        by=award.application.applicant,
        at=DECEMBER,
        award=award,
        kind=kind,
        summary="성과를 정리함",
        results=results if kind == "final" else None,
    )


@pytest.fixture
def case(award, operator):
    allocation.withdraw(by=award.application.applicant, at=JULY, award=award, reason="폐업")
    facts = "7월 15일 중도포기"
    return actions.notice_case(by=operator, at=JULY, award=award, ground="withdrawal", facts=facts)


@pytest.fixture
def rooms(case):
    check = Check.objects.create(
        award=case.award, kind="midpoint", summary="중간", submitted_by=case.noticed_by, submitted_at=JULY
    )
    pages = ["", f"{case.award_id}/", "checks/", f"checks/{check.pk}/", "cases/", f"cases/{case.pk}/"]
    return [f"/progress/{page}" for page in pages]


@pytest.mark.parametrize(
    ("role", "status"),
    [("operator", 200), ("auditor", 200), ("vendor", 403), ("cloud", 403), ("reviewer", 403), (None, 403)],
)
def test_who_may_read(client, make_user, rooms, role, status):
    client.force_login(make_user("kim", *([role] if role else [])))
    assert [client.get(page).status_code for page in rooms] == [status] * len(rooms)


def test_a_visitor_is_sent_to_log_in(client, rooms):
    assert {client.get(page).status_code for page in rooms} == {302}


def test_an_auditor_decides_nothing(client, auditor, rooms, case):
    client.force_login(auditor)
    check = Check.objects.get()
    pages = [f"/progress/checks/{check.pk}/", f"/progress/cases/{case.pk}/"]
    assert {client.post(page, {"reason": "x"}).status_code for page in pages} == {403}
    assert client.get(f"/progress/{case.award_id}/case/").status_code == 403
    assert "<textarea" not in "".join(client.get(page).content.decode() for page in pages)


def test_the_wall_teaches_while_nothing_is_awarded(client, operator):
    client.force_login(operator)
    assert "아직 할당이 없습니다" in client.get("/progress/").content.decode()


def test_a_cell_says_stage_stall_missing_and_due(client, operator, award):
    for month in (4, 5):
        report(award, month, "conversion")
    client.force_login(operator)
    row = client.get("/progress/").context["rows"][0]
    words = [words for _cell, words in row["cells"]]
    assert words[0] == "4월: 3단계 모델변환(포팅)"
    assert words[2:5] == ["6월: 보고 없음, 기한 지남", "7월: 보고 기다림", "8월: 아직 오지 않은 달"]
    report(award, 6, "conversion")
    page = client.get("/progress/")
    cell, said = page.context["rows"][0]["cells"][2]
    assert (cell.number, cell.stalled, cell.owes) == (3, True, True)
    assert said == "6월: 3단계 모델변환(포팅), 정체, 유지사유서 없음"
    assert said in page.content.decode()
    who = award.application.applicant
    actions.state_reason(by=who, at=JULY, award=award, month=date(2025, 6, 1), text="연산자 미지원")
    said = client.get("/progress/").context["rows"][0]["cells"][2][1]
    assert said == "6월: 3단계 모델변환(포팅), 정체, 유지사유서 냄"


def test_the_wall_is_narrowed(client, operator, stage, acts):
    stage.selected(1)
    stage.selected(2)
    still, moving = [acts.in_use(award) for award in acts.opened(stage)]
    for month in (4, 5, 6):
        report(still, month, "conversion")
    report(moving, 6, "serving")
    client.force_login(operator)

    def shown(query):
        return {row["award"].pk for row in client.get(f"/progress/?{query}").context["rows"]}

    assert shown("") == {still.pk, moving.pk}
    assert shown("stage=serving") == {moving.pk}
    assert shown("stalled=on") == shown("owes=on") == {still.pk}
    assert shown("product=npu-60") == {still.pk, moving.pk}
    assert shown("product=npu-240") == set()
    assert shown("stage=nonsense") == {still.pk, moving.pk}


def test_the_counts_above_the_wall(client, operator, award):
    for month in (4, 5, 6):
        report(award, month, "conversion")
    client.force_login(operator)
    counts = client.get("/progress/").context["counts"]
    assert (counts.reports, counts.statements, counts.checks, counts.cases) == (0, 1, 0, 0)


def test_an_award_before_its_handover_stands_on_the_wall(client, operator, stage, acts):
    stage.selected(1)
    award = acts.opened(stage)[0]
    client.force_login(operator)
    assert client.get("/progress/").context["rows"][0]["stage"] == "협약 대기"
    assert "서버를 인수하면" in client.get(f"/progress/{award.pk}/").content.decode()


LISTS = [("/progress/", 6), ("/progress/checks/", 6), ("/progress/cases/", 7)]  # the read itself included


@pytest.mark.parametrize(("page", "queries"), LISTS)
def test_lists_ask_as_often_for_three_as_for_one(client, operator, stage, acts, page, queries):
    for number in (1, 2, 3):
        stage.selected(number)
    awards = [acts.in_use(award) for award in acts.opened(stage)]
    client.force_login(operator)
    counted = []
    for award in awards:
        report(award, 4, "analysis")
        submitted(award)
        actions.notice_case(by=operator, at=JULY, award=award, ground="use_outside_plan", facts="학습")
        client.get(page)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(page).status_code == 200
        counted.append(len(captured))
    assert counted == [queries] * 3


def test_the_story_of_an_award(client, operator, award):
    report(award, 4, "analysis")
    client.force_login(operator)
    page = client.get(f"/progress/{award.pk}/").content.decode()
    assert "2단계 모델분석" in page
    assert "변환 기록 12" in page
    assert "P-01" in page
    assert client.get("/progress/9999/").status_code == 404


def test_a_check_is_decided_by_a_person(client, operator, award):
    check = submitted(award)
    client.force_login(operator)
    address = f"/progress/checks/{check.pk}/"
    page = client.get(address).content.decode()
    assert "처리량" in page
    assert "20fps" in page.replace("\N{NO-BREAK SPACE}", "")
    answer = client.post(address, {"verdict": "insufficient", "reason": ""})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["reason"])
    assert client.post(address, {"verdict": "insufficient", "reason": "목표 미달"}).status_code == 302
    check.refresh_from_db()
    assert (check.verdict, check.decided_by) == ("insufficient", operator)
    assert "이미 판정한" in client.post(address, {"verdict": "satisfactory", "reason": "x"}).content.decode()


def test_the_queue_of_checks_is_narrowed(client, operator, award):
    check = submitted(award)
    client.force_login(operator)

    def shown(query):
        return [row[0].pk for row in client.get(f"/progress/checks/?{query}").context["rows"]]

    assert shown("kind=final") == shown("undecided=on") == [check.pk]
    assert shown("kind=midpoint") == []
    actions.decide_check(by=operator, at=DECEMBER, check=check, verdict="satisfactory", reason="달성")
    assert (shown("undecided=on"), shown("")) == ([], [check.pk])


def test_nobody_decides_their_own_check(client, award, operator):
    check = submitted(award)
    Check.objects.update(submitted_by=operator)
    client.force_login(operator)
    answer = client.post(f"/progress/checks/{check.pk}/", {"verdict": "satisfactory", "reason": "좋음"})
    assert answer.status_code == 422
    assert "[P-04]" in answer.content.decode()


def test_notice_rests_on_the_record(client, operator, award):
    client.force_login(operator)
    address = f"/progress/{award.pk}/case/"
    assert client.get(address).status_code == 200
    answer = client.post(address, {"ground": "withdrawal", "facts": "포기함"})
    assert (answer.status_code, RestrictionCase.objects.count()) == (422, 0)
    assert "[L-03]" in answer.content.decode()
    assert client.post(address, {"ground": "use_outside_plan", "facts": "학습함"}).status_code == 302
    assert RestrictionCase.objects.get().clause == "L-04"


def test_a_case_is_not_decided_before_the_hearing(client, operator, case, at_time):
    client.force_login(operator)
    address, decision = f"/progress/cases/{case.pk}/", {"restrict": "yes", "reason": "서버가 비었음"}
    early = client.post(address, decision)
    assert (early.status_code, Restriction.objects.count()) == (422, 0)
    assert "[L-03]</a> 의견을 낼 기간이 아직" in early.content.decode()
    at_time(HEARD_UNTIL + timedelta(hours=1))
    assert client.post(address, decision).status_code == 302
    page = client.get(address).content.decode()
    assert "/restrictions/?text=" in page
    assert "제한" in page
    assert Restriction.objects.get().ground == "withdrawal"
    listed = client.get("/progress/cases/?opened=on")
    assert list(listed.context["rows"]) == []


def test_pages_speak_english(client, operator, rooms):
    client.force_login(operator)
    client.cookies["django_language"] = "en"
    assert "Progress wall" in client.get("/progress/").content.decode()
    for page in rooms:
        assert client.get(page).status_code == 200

"""The status sheets [2-1]/[2-2]: one row per application handed in, taken out with a reason and on record."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from spent import spent

from naru.domain.decision import Refused
from naru.portal.applications import actions, status_sheet
from naru.portal.applications.models import Application, SheetExport
from naru.portal.audit.actions import fingerprint
from naru.portal.audit.models import Event

PATH = "/status-sheets/"
PRIVATE, PUBLIC = "2025-npu|1|2-1", "2025-npu|1|2-2"


def table(answer):
    page = load_workbook(BytesIO(spent(answer))).active
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=3)]
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


@pytest.fixture
def take(client, operator):
    def do(sheet=PRIVATE, reason="운영위원회 보고", by=operator):
        client.force_login(by)
        answer = client.post(PATH, {"sheet": sheet, "reason": reason})
        answer.sheet = table(answer) if answer.streaming else None
        return answer

    return do


@pytest.mark.requirement("A-01")
def test_the_sheet_has_a_row_for_each_application_handed_in(take, submitted, student_draft):
    """The status sheet of a sector lists its applications with what was asked for and by whom."""
    answer = take()
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    (row,) = answer.sheet
    assert row == {
        "연번": 1,
        "접수번호": "2025-npu-0001",
        "할당 단위": "company:1234567891",
        "기관명": "가상 비전",
        "사업자등록번호": "123-45-67891",
        "기업 구분": "중소기업",
        "신청 상품": "NPU 60 TOPS",
        "과제명": "공장 영상 불량 검출",
        "AI 모델": "yolov8n",
        "성과지표 수": 1,
        "올린 서류 수": 1,
        "제출 시각": "2025-03-03 10:00:00",
        "마지막 저장 시각": "2025-03-03 10:00:00",
        "판": 1,
        "신청자": "applicant",
        "이메일": "applicant@example.test",
    }
    assert take(PUBLIC).sheet == []


def test_the_public_sheet_names_the_professor(take, student_draft, answers, at):
    student = student_draft.applicant
    actions.save_answers(by=student, at=at, application=student_draft, answers=answers())
    actions.submit(by=student, at=at, application=student_draft, key="k")
    (row,) = take(PUBLIC).sheet
    assert [row[name] for name in ("교수", "학과·부서", "신청자 구분", "기관 구분")] == [
        "이교수",
        "컴퓨터공학과",
        "학생",
        "대학교",
    ]


def test_taking_it_out_leaves_one_event_without_the_words(take, submitted, operator, events):
    before = events()
    take(reason="가상의 이유")
    export = SheetExport.objects.get()
    assert (export.reason, export.rows, export.exported_by) == ("가상의 이유", 1, operator)
    assert events() == before + 1
    event = Event.objects.latest("id")
    assert (event.action, event.actor_id) == ("applications.export_status_sheet", operator.pk)
    assert event.facts == {"round": "1", "form": "2-1", "rows": 1, "reason": fingerprint("가상의 이유")}


def test_without_a_reason_nothing_leaves(take, submitted, events):
    before = events()
    answer = take(reason=" ")
    assert answer.context["form"].errors.keys() == {"reason"}
    assert (events(), SheetExport.objects.count()) == (before, 0)


def test_an_auditor_sees_who_took_one_and_takes_none(client, take, submitted, auditor):
    take(reason="가상의 이유")
    client.force_login(auditor)
    page = client.get(PATH).content.decode()
    assert "가상의 이유" in page
    assert "XLSX 내려받기" not in page
    assert client.post(PATH, {"sheet": PRIVATE, "reason": "r"}).status_code == 403
    assert SheetExport.objects.count() == 1


@pytest.mark.parametrize("role", [None, "reviewer", "vendor", "cloud"])
def test_nobody_else_comes(client, call, make_user, role):
    client.force_login(make_user("else", *([role] if role else [])))
    assert client.get(PATH).status_code == 403


def test_the_act_itself_asks_who_and_why(submitted, operator, applicant_user, terms, at):
    choice = next(iter(status_sheet.choices_of(submitted.call, terms)))
    for by, reason, code in (
        (applicant_user, "이유", "export_not_yours"),
        (operator, " ", "export_without_reason"),
    ):
        with pytest.raises(Refused) as refused:
            actions.export_status_sheet(by=by, at=at, choice=choice, reason=reason)
        assert refused.value.finding.code == code


def test_a_title_that_looks_like_a_formula_is_a_text(take, submitted):
    Application.objects.update(title='=HYPERLINK("http://example.test")')
    assert take().sheet[0]["과제명"] == '=HYPERLINK("http://example.test")'


@pytest.mark.parametrize("count", [1, 4])
def test_the_queries_do_not_grow_with_the_rows(
    client, submitted, operator, at, django_assert_num_queries, count
):
    for place in range(count - 1):
        submitted.pk, submitted.number = None, f"2025-npu-1{place:03d}"
        submitted.submitted_at = at + timedelta(minutes=place)
        submitted.save()
    client.force_login(operator)
    client.get(PATH)
    with django_assert_num_queries(13):
        assert len(table(client.post(PATH, {"sheet": PRIVATE, "reason": "이유"}))) == count


def test_before_any_call_the_page_says_so(client, operator):
    client.force_login(operator)
    assert "아직 공고가 없습니다" in client.get(PATH).content.decode()

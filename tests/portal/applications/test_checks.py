"""The guided checks as a visitor meets them: one question at a time, back, the verdict, nothing kept."""

import re
from html import unescape

import pytest

from naru.portal.applications.models import Application
from naru.portal.audit.models import Event
from naru.portal.ui import clock

STARTUP = {"kind": "startup", "legal_form": "corporation", "started_on": "2021-01-01", "youth": "no"}
USE = {"model_trained": "yes", "inference_only": "yes"}
NOTHING = {"circumstances": "none"}
CERTIFICATE = {"valid_until": "2025-12-31", "fiscal_year_end": ""}
SME = {"kind": "sme", "legal_form": "corporation", "youth": "no"} | CERTIFICATE
STUDENT = {"kind": "university", "role": "student"}


@pytest.fixture(autouse=True)
def _during_intake(monkeypatch, at):
    monkeypatch.setattr(clock, "now", lambda: at)


@pytest.fixture
def look(client, call):
    """look({...}) -> the page of the check for these answers."""

    def get(answers, page="eligibility"):
        return unescape(client.get(f"/check/{page}/", answers).content.decode())

    return get


def legend(page):
    found = re.search(r'<(?:legend|label) class="field-label"[^>]*>([^<]+)', page)
    return found and found.group(1).strip()


def test_questions_come_one_at_a_time_in_order(look):
    given, asked = {}, []
    for answer in (
        {"kind": "startup"},
        {"legal_form": "corporation"},
        {"started_on": "2021-01-01"},
        {"youth": "no"},
        USE,
        NOTHING,
    ):
        page = look(given)
        assert page.count("<fieldset") <= 2
        asked.append(legend(page))
        given |= answer
    assert asked == [
        "어디에 속해 있습니까?",
        "법인입니까, 개인사업자입니까?",
        "사업을 시작한 날은 언제입니까?",
        "청년기업 가점을 신청하려고 합니까?",
        "쓸 모델의 학습을 이미 마쳤습니까?",
        "해당하는 것을 모두 고르십시오.",
    ]
    assert legend(look(given)) is None
    assert "질문 3 / 6" in look({"kind": "startup", "legal_form": "corporation"})


def test_answers_travel_in_the_form_and_back_opens_the_one_before(look):
    page = look({"kind": "startup", "legal_form": "corporation"})
    form = page[page.index('class="question"') :]
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)
    assert hidden == [("kind", "startup"), ("legal_form", "corporation")]
    assert 'href="?kind=startup&legal_form=corporation&at=legal_form"' in page
    again = look({"kind": "startup", "legal_form": "corporation", "at": "legal_form"})
    assert legend(again) == "법인입니까, 개인사업자입니까?"
    assert re.search(r'value="corporation"[^>]*checked', again)


@pytest.mark.requirement("E-03")
@pytest.mark.parametrize("kind", ["individual", "large_enterprise", "public_institution", "association"])
def test_an_excluded_kind_is_refused_at_the_first_question(look, kind):
    """Before any form is filled in, the visitor reads the clause and what would change it."""
    page = look({"kind": kind})
    assert legend(page) is None
    assert [
        words for words in ("신청할 수 없습니다", "근거 E-03", "이렇게 하면 됩니다") if words not in page
    ] == []
    assert "이 답으로 신청하기" not in page


@pytest.mark.requirement("E-06")
def test_an_old_startup_is_refused_at_once_with_the_way_out(look):
    """A business older than seven years at the closing date is told of the other certificates."""
    page = look(STARTUP | {"started_on": "2018-03-16"})
    assert legend(page) is None
    assert [words for words in ("근거 E-06", "중소기업 확인서나 벤처기업 확인서") if words not in page] == []
    assert legend(look({"kind": "startup", "legal_form": "corporation", "started_on": "2018-03-17"})) == (
        "청년기업 가점을 신청하려고 합니까?"
    )


@pytest.mark.requirement("E-05")
@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ({"valid_until": "2025-12-31", "fiscal_year_end": ""}, "유효: 중소기업 확인서 (2025-12-31까지)"),
        ({"valid_until": "2025-03-20", "fiscal_year_end": ""}, "2025-04-01 전에 새 확인서를"),
        ({"valid_until": "", "fiscal_year_end": "2022-12-31"}, "2025-03-17에 유효한 확인서를"),
        ({"valid_until": "", "fiscal_year_end": "2023-12-31"}, "(2025-03-31까지)"),
    ],
)
def test_the_dates_of_a_certificate_are_judged(look, dates, words):
    """Printed dates or the fiscal year's end: good, to be renewed or to be replaced, as in screening."""
    assert words in look(SME | dates | USE | NOTHING)


@pytest.mark.requirement("E-07")
def test_the_bonus_names_its_evidence_by_legal_form(look):
    """A corporation is told of the register extract, a sole proprietor of the masked identity copy."""
    answers = STARTUP | USE | NOTHING | {"youth": "after"}
    assert "법인등기부등본" in look(answers)
    assert "신분증 사본" in look(answers | {"legal_form": "sole_proprietor"})
    assert "신청할 수 있습니다" in look(answers | {"youth": "before"})


@pytest.mark.requirement("E-09")
def test_a_restriction_refuses_and_a_declared_violation_goes_to_a_person(look):
    """A restriction in force at the close refuses; what the guide leaves to judgement is put to a person."""
    assert "신청할 수 없습니다" in look(STARTUP | USE | {"circumstances": "ict_fund_restriction"})
    page = look(STARTUP | USE | {"circumstances": "privacy_violation"})
    assert "담당자가 판단할 것이 있습니다" in page
    assert "이 답으로 신청하기" in page


@pytest.mark.requirement("E-10")
def test_other_support_is_judged_in_both_directions(look):
    """The AI voucher's track goes to a person; the GPU training programme never costs the place."""
    person = "담당자가 판단할 것이 있습니다"
    assert person in look(STARTUP | USE | {"circumstances": "ai_voucher_ai_semiconductor:selected"})
    assert person not in look(STARTUP | USE | {"circumstances": "gpu_training:selected"})


@pytest.mark.requirement("E-02")
def test_a_student_reads_that_the_professor_confirms(look):
    """A student learns of the professor's confirmation and of both certificates before applying."""
    page = look(STUDENT | USE | NOTHING)
    wanted = ("지도교수에게 확인을 요청", "재학증명서", "지도교수 재직증명서", "#E-02")
    assert [words for words in wanted if words not in page] == []


def test_none_of_these_stands_alone(client, call):
    page = client.get(
        "/check/eligibility/", STARTUP | USE | {"circumstances": ["none", "privacy_violation"]}
    ).content.decode()
    assert "함께 고를 수 없습니다" in page


@pytest.mark.parametrize(
    "answers",
    [
        {"kind": "no-such"},
        {"kind": "startup", "legal_form": "x"},
        STARTUP | {"started_on": "31 February"},
        {"at": "nothing"},
        STARTUP | {"started_on": "9999-99-99"},
        STARTUP | USE | {"circumstances": "a:b:c"},
    ],
)
def test_a_query_made_by_hand_shows_the_question_again(look, answers):
    page = look(answers)
    assert legend(page)


def test_nothing_is_stored(look):
    before = Event.objects.count()
    look(STARTUP | USE | NOTHING)
    assert (Event.objects.count(), Application.objects.count()) == (before, 0)


def test_the_pages_cost_few_queries(look, django_assert_max_num_queries):
    for page in ("eligibility", "documents"):
        with django_assert_max_num_queries(4):
            look(STARTUP | USE | NOTHING, page)


def test_the_checklist_says_where_to_get_each_and_how_long_it_is_good(look):
    page = look({"kind": "startup", "legal_form": "corporation", "youth": "after"}, "documents")
    wanted = (
        "창업기업 확인서",
        "사업자등록증",
        "2가지 가운데 하나면",
        "cert.k-startup.go.kr",
        "법인등기부등본",
    )
    assert [words for words in wanted if words not in page] == []
    sme = look({"kind": "sme", "legal_form": "corporation", "youth": "no"}, "documents")
    assert "3개월 뒤부터 12개월" in sme


def test_the_checklist_asks_only_what_changes_it(look):
    page = look({"kind": "university"}, "documents")
    assert (legend(page), "질문 2 / 2" in page) == ("재직자입니까, 학생입니까?", True)


def test_after_the_close_the_verdict_says_so(client, call, closing, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: closing)
    page = client.get("/check/eligibility/", STARTUP | USE | NOTHING).content.decode()
    assert "지금은 접수 기간이 아닙니다" in page
    assert "/applications/start/" not in page


def test_the_answers_are_carried_into_the_application(client, look, applicant_user, professor):
    client.force_login(applicant_user)
    page = look(STARTUP | USE | NOTHING)
    link = re.search(r'href="(/applications/start/\?[^"]+)"', page).group(1)
    answer = client.get(link)
    assert answer.url.startswith("/applications/start/company/?kind=startup&legal_form=corporation")
    new = client.get(answer.url.replace("company/", "company/new/")).context["form"].initial
    assert new == {"kind": "startup", "legal_form": "corporation", "started_on": "2021-01-01"}
    student = client.get("/applications/start/", STUDENT)
    assert client.get(student.url).context["form"].initial == STUDENT


def test_what_travels_along_is_escaped(client, call):
    page = client.get("/check/eligibility/", {"kind": "startup", "youth": '"><script>'}).content.decode()
    assert '"><script>' not in page
    assert "&quot;&gt;&lt;script&gt;" in page

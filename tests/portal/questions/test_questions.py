"""The FAQ is found, read and kept; a question is asked, answered by mail and published without its asker."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from naru.domain.decision import Refused
from naru.portal.audit.models import Event
from naru.portal.mail.models import Mail
from naru.portal.questions import actions, queries
from naru.portal.questions.models import FaqEntry, Question
from naru.portal.questions.rules import personal_signs

FILE = "calls/faq/2025-npu.toml"


def codes(refused):
    return (refused.value.finding.clause, refused.value.finding.code)


@pytest.mark.requirement("C-08")
@pytest.mark.parametrize(("language", "words"), [("ko", "누가 신청할 수 있나요?"), ("en", "Who may apply?")])
def test_anyone_reads_the_faq_in_both_languages(client, entries, language, words):
    """Questions and answers are public, in Korean and English, each with a link to its clause."""
    client.cookies["django_language"] = language
    page = client.get("/faq/").content.decode()
    assert words in page
    assert "/calls/2025-npu/clauses/#E-01" in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=벤처", {"누가 신청할 수 있나요?", "예비벤처기업도 되나요?"}),
        ("q=E-10", {"학습용 GPU 지원을 받고 있어도 신청할 수 있나요?"}),
        ("q=charge", {"비용이 드나요? 언제까지 쓸 수 있나요?"}),
        ("topic=model", {"빌린 서버에서 모델을 학습시켜도 되나요?"}),
    ],
)
def test_the_search_finds_every_word_in_either_language(client, entries, query, expected):
    context = client.get(f"/faq/?{query}").context
    found = {one["entry"].question_ko for _topic, rows in context["topics"] for one in rows}
    assert expected <= found
    assert len(found) < len(entries)


def test_a_search_without_a_hit_says_where_to_ask(client, entries):
    page = client.get("/faq/", {"q": "%_없는말"}).content.decode()
    assert "맞는 답을 찾지 못했습니다" in page
    assert "/questions/ask/" in page


def test_pages_cost_the_same_for_many_rows(client, call, entries, make_user, operator, at):
    counts = []
    for _ in range(2):
        for person in range(3):
            user = make_user(f"asker{len(counts)}{person}")
            for number in range(4):
                made = actions.ask(by=user, at=at, call=call, title=f"{number}", text="x", public=True)
                if number:
                    actions.answer(by=operator, at=at, question=made, text="답", publish=True)
        client.force_login(operator)
        counts.append(
            [_count(client, path) for path in ("/faq/", "/questions/", "/questions/queue/", "/faq/manage/")]
        )
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 8


def _count(client, path):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as seen:
        client.get(path)
    return len(seen)


def test_loading_twice_leaves_edited_answers_alone(call, entries, operator, at):
    FaqEntry.objects.filter(pk=entries[0].pk).update(answer_ko="담당자가 고친 답")
    call_command("loadfaq", FILE, by=operator.email)
    assert FaqEntry.objects.count() == len(entries)
    assert FaqEntry.objects.get(pk=entries[0].pk).answer_ko == "담당자가 고친 답"


@pytest.mark.parametrize(
    ("file", "by", "message"),
    [
        ("calls/2025-npu.toml", "operator@example.test", "entries"),
        ("nothing.toml", "operator@example.test", "cannot be read"),
        (FILE, "applicant@example.test", "is no operator"),
    ],
)
def test_the_command_says_what_is_wrong(call, operator, applicant_user, file, by, message):
    with pytest.raises(CommandError, match=message):
        call_command("loadfaq", file, by=by)
    assert not FaqEntry.objects.exists()


def entry_data(**changes):
    return {
        "topic": "model",
        "place": "5",
        "question_ko": "새 질문",
        "question_en": "New question",
        "answer_ko": "답",
        "answer_en": "Answer",
        "clauses": "a-05, M-01",
    } | changes


def test_an_operator_writes_changes_and_retires_an_entry(client, call, entries, operator):
    client.force_login(operator)
    assert client.post("/faq/new/", entry_data()).status_code == 302
    made = FaqEntry.objects.get(question_ko="새 질문")
    assert made.clauses == ["A-05", "M-01"]
    assert queries.entries().first() == made  # place 5 comes before 10
    client.post(f"/faq/{made.pk}/edit/", entry_data(answer_ko="고친 답", place="999"))
    assert queries.entries().last().answer_ko == "고친 답"
    client.post(f"/faq/{made.pk}/retire/")
    assert "새 질문" not in client.get("/faq/").content.decode()
    assert "새 질문" in client.get("/faq/manage/").content.decode()
    client.post(f"/faq/{made.pk}/retire/")
    assert "새 질문" in client.get("/faq/").content.decode()
    events = Event.objects.filter(subject_type="questions.faqentry", subject_id=str(made.pk))
    assert [event.action for event in events] == [
        "questions.save_entry",
        "questions.save_entry",
        "questions.retire_entry",
        "questions.retire_entry",
    ]


def test_an_entry_needs_a_clause_of_the_call(client, call, operator):
    client.force_login(operator)
    for clauses in ("", "E-99", "law"):
        assert client.post("/faq/new/", entry_data(clauses=clauses)).status_code == 200
    assert not FaqEntry.objects.exists()


@pytest.mark.parametrize("role", ["applicant", "reviewer", "vendor", "cloud", "auditor"])
def test_only_operators_keep_the_list_and_answer(client, entries, question, make_user, role):
    client.force_login(make_user("other", *([] if role == "applicant" else [role])))
    paths = (f"/questions/{question.pk}/answer/", "/faq/new/", f"/faq/{entries[0].pk}/edit/")
    assert [client.post(path).status_code for path in paths] == [403] * 3
    assert client.post(f"/faq/{entries[0].pk}/retire/").status_code == 403


@pytest.mark.requirement("C-08")
def test_a_question_is_answered_by_mail_and_published_without_a_name(client, call, make_user, operator):
    """Who asks gets the answer by mail; with leave it is published, and the asker is never named."""
    asker = make_user("kimgasang")
    client.force_login(asker)
    client.post("/questions/ask/", {"title": "제목", "text": "우리 회사 가상비전의 질문", "public": "on"})
    made = Question.objects.get()
    client.force_login(operator)
    assert "제목" in client.get("/questions/queue/").content.decode()
    answer = {"text": "이렇게 하십시오.", "shown_text": "어느 회사의 질문", "act": "publish"}
    assert client.post(f"/questions/{made.pk}/answer/", answer).status_code == 302
    mail = Mail.objects.get(key=f"question-answered-{made.pk}")
    assert (mail.to, "이렇게 하십시오." in mail.body, "제목" in mail.subject) == (asker.email, True, True)
    client.logout()
    for path in ("/questions/", f"/questions/{made.pk}/"):
        page = client.get(path).content.decode()
        assert "어느 회사의 질문" in page
        assert [words for words in ("kimgasang", "가상비전", asker.email) if words in page] == []


def test_a_private_question_is_the_asker_s_alone(client, call, make_user, applicant_user, operator, at):
    made = actions.ask(by=applicant_user, at=at, call=call, title="비밀", text="x", public=False)
    with pytest.raises(Refused) as refused:
        actions.answer(by=operator, at=at, question=made, text="답", publish=True)
    assert codes(refused) == ("C-08", "question_private")
    actions.answer(by=operator, at=at, question=made, text="답")
    seen = []
    for user in (None, make_user("stranger"), applicant_user, operator):
        client.logout()
        if user:
            client.force_login(user)
        seen.append(client.get(f"/questions/{made.pk}/").status_code)
    assert seen == [404, 404, 200, 200]
    client.logout()
    assert "비밀" not in client.get("/questions/").content.decode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kim@example.org 로 답해 주세요", ("email",)),
        ("제 번호는 900101-1234567", ("resident_number",)),
        ("010-1234-5678, 123-45-67890", ("phone", "business_number")),
        ("마감은 2025-03-17 15:00, 서버 120대, E-05", ()),
    ],
)
def test_signs_of_personal_data(text, expected):
    assert personal_signs(text) == expected


def test_personal_data_is_not_published(question, operator, at):
    with pytest.raises(Refused) as refused:
        actions.answer(
            by=operator,
            at=at,
            question=question,
            text="02-580-0216으로 전화",
            shown_text="질문",
            publish=True,
        )
    assert codes(refused) == ("C-08", "personal_data_in_public_text")
    question.refresh_from_db()
    assert (question.answered_at, Mail.objects.count()) == (None, 0)


def test_an_answer_is_sent_once(question, operator, at):
    actions.save_draft(by=operator, at=at, question=question, text="초안", shown_text="")
    assert (Mail.objects.count(), queries.waiting().get().answer) == (0, "초안")
    actions.answer(by=operator, at=at, question=question, text="답")
    for act in (actions.save_draft, actions.answer):
        with pytest.raises(Refused) as refused:
            act(by=operator, at=at, question=question, text="또", shown_text="")
        assert codes(refused) == ("C-08", "question_answered")
    assert Mail.objects.count() == 1


def test_open_questions_are_limited_per_person(client, call, applicant_user, at):
    for number in range(actions.OPEN_QUESTIONS):
        actions.ask(by=applicant_user, at=at, call=call, title=str(number), text="x", public=True)
    client.force_login(applicant_user)
    page = client.post("/questions/ask/", {"title": "또", "text": "x"}).content.decode()
    assert "답을 기다리는 문의가 이미 5건입니다." in page
    assert Question.objects.count() == actions.OPEN_QUESTIONS


def test_a_question_becomes_an_entry(client, question, operator, at):
    actions.answer(by=operator, at=at, question=question, text="답입니다.")
    client.force_login(operator)
    page = client.get(f"/faq/new/?question={question.pk}")
    assert page.context["form"].initial["answer_ko"] == "답입니다."
    client.post(f"/faq/new/?question={question.pk}", entry_data())
    question.refresh_from_db()
    assert question.entry.question_ko == "새 질문"


def test_the_oldest_waits_first(client, call, make_user, operator, at):
    for number, days in enumerate((1, 3, 2)):
        user = make_user(f"asker{number}")
        actions.ask(
            by=user, at=at - timedelta(days=days), call=call, title=f"{days}일", text="x", public=True
        )
    assert [one.title for one in queries.waiting()] == ["3일", "2일", "1일"]
    client.force_login(operator)
    assert client.get("/questions/queue/").context["oldest"].title == "3일"


def test_asking_needs_an_account_and_a_call(client, db, applicant_user):
    assert client.get("/questions/ask/").url.startswith("/accounts/login/")
    client.force_login(applicant_user)
    assert client.get("/questions/ask/").status_code == 404

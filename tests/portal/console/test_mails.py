"""/mail/: the list and its filters, one mail, sending again; who may, and what a page costs."""

from datetime import UTC, datetime, timedelta

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from naru.portal.mail import queries
from naru.portal.mail.address import SMTP
from naru.portal.mail.models import Mail
from naru.portal.mail.outbox import subject_of

LIST = "/mail/"
AT = datetime(2025, 3, 3, 1, 0, tzinfo=UTC)
STATES = {
    "held": {"held": True, "batch": "selection.selectionrun:1"},
    "waiting": {},
    "failing": {"attempts": 2, "last_error": "SMTPServerDisconnected: gone", "next_try_at": AT},
    "given_up": {"attempts": 11, "last_error": "550 no such user", "given_up_at": AT},
    "sent": {"attempts": 1, "sent_at": AT, "last_error": "earlier"},
}


def made(who, **fields):
    given = {"name": "receipt", "language": "ko", "subject": f"{who}의 접수", "body": "글", "queued_at": AT}
    return Mail.objects.create(to=f"{who}@example.test", **given | fields)


@pytest.fixture
def five(db):
    """One mail in each state."""
    return {state: made(state, **fields) for state, fields in STATES.items()}


@pytest.fixture
def desk(client, operator, clock):
    clock(AT + timedelta(hours=1))
    client.force_login(operator)
    return client


def shown(answer):
    return [row.to.partition("@")[0] for row in answer.context["page"]]


def test_each_state_has_its_tab_with_a_count(desk, five):
    made("another", **STATES["failing"])
    answer = desk.get(LIST)
    assert [tab.count for tab in answer.context["tabs"]] == [6, 1, 1, 2, 1, 1]
    for tab, names in zip(
        answer.context["tabs"][1:],
        [["held"], ["waiting"], ["another", "failing"], ["given_up"], ["sent"]],
        strict=True,
    ):
        narrowed = desk.get(LIST + tab.url)
        assert shown(narrowed) == names
        assert [one.label for one in narrowed.context["tabs"] if one.current] == [tab.label]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("to=KIM", ["kim"]),
        ("name=correction", ["lee"]),
        ("since=2025-03-10", ["lee"]),
        ("until=2025-03-10", ["lee", "kim"]),
        ("since=2025-03-10&until=2025-03-10", ["lee"]),
        ("about=mail.mail:1", ["kim"]),
        ("state=sent&to=kim", []),
        ("since=someday&state=unheard&name=never", ["lee", "kim"]),  # told, and left out
    ],
)
def test_the_list_is_narrowed(desk, query, names):
    made("kim", about="mail.mail:1")
    late = datetime(2025, 3, 9, 15, 0, tzinfo=UTC)  # the tenth begins in Seoul
    made("lee", name="correction", queued_at=late)
    assert shown(desk.get(f"{LIST}?{query}")) == names


def test_the_oldest_mail_still_to_go_is_told(desk, five):
    made("old", queued_at=AT - timedelta(days=2))
    page = desk.get(LIST).content.decode()
    assert "2025년 3월 1일(토) 10:00 (2일 1시간 지남)" in page
    Mail.objects.exclude(sent_at=None, given_up_at=None).delete()
    Mail.objects.all().delete()
    assert "아직 보내지 않은" not in desk.get(LIST).content.decode()


def test_where_mails_are_files_the_pages_say_so(desk, five, settings):
    told = "이 포털의 메일은 밖으로 나가지 않습니다"
    pages = [LIST, f"{LIST}{five['sent'].pk}/"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    assert [told in desk.get(page).content.decode() for page in pages] == [True, True]
    settings.EMAIL_BACKEND = SMTP
    assert [told in desk.get(page).content.decode() for page in pages] == [False, False]


def test_one_mail_shows_its_text_its_error_and_what_it_is_about(desk, year):
    application = year.submitted(1)
    one = made("kim", about=subject_of(application), body="<b>첫 줄\n\n둘째 줄", **STATES["failing"])
    page = desk.get(f"{LIST}{one.pk}/").content.decode()
    assert "&lt;b&gt;첫 줄" in page
    assert "SMTPServerDisconnected: gone" in page
    assert f'<a href="{application.get_absolute_url()}">{application}</a>' in page


@pytest.mark.parametrize("about", ["", "applications.application:99999"])
def test_a_mail_about_nothing_or_about_what_is_gone_opens(desk, db, about):
    assert desk.get(f"{LIST}{made('kim', about=about).pk}/").status_code == 200


def test_a_given_up_mail_is_sent_again_by_an_operator(desk, five):
    answer = desk.post(reverse("console:retry_mail", args=[five["given_up"].pk]), follow=True)
    assert "곧 다시 보냅니다" in answer.content.decode()
    assert queries.with_state().get(pk=five["given_up"].pk).state == "failing"
    answer = desk.post(reverse("console:retry_mail", args=[five["sent"].pk]), follow=True)
    assert "다시 보내지 않았습니다" in answer.content.decode()
    assert Mail.objects.get(pk=five["sent"].pk).next_try_at is None


def test_an_auditor_reads_and_changes_nothing(client, auditor, five):
    client.force_login(auditor)
    assert client.get(LIST).status_code == 200
    page = client.get(f"{LIST}{five['given_up'].pk}/").content.decode()
    assert "지금 다시 보내기" not in page
    assert client.post(reverse("console:retry_mail", args=[five["given_up"].pk])).status_code == 403


@pytest.mark.parametrize("role", ["reviewer", "vendor", "cloud", "applicant"])
def test_nobody_else_reads_mails(client, make_user, five, role):
    client.force_login(make_user("else", role))
    assert [client.get(page).status_code for page in (LIST, f"{LIST}{five['sent'].pk}/")] == [403, 403]


@pytest.mark.parametrize("rows", [10, 1000])
def test_the_list_costs_the_same_however_long(desk, operator, rows, django_assert_num_queries):
    Mail.objects.bulk_create(
        Mail(to=f"p{n}@example.test", name="receipt", language="ko", subject="접수", body="글", queued_at=AT)
        for n in range(rows)
    )
    with django_assert_num_queries(6):
        assert len(desk.get(LIST).context["page"]) == min(rows, 50)


def test_one_mail_costs_little(desk, year, django_assert_max_num_queries):
    one = made("kim", about=subject_of(year.submitted(1)))
    with django_assert_max_num_queries(12):
        desk.get(f"{LIST}{one.pk}/")


def test_other_pages_may_list_what_was_mailed_about_a_row(year, five, django_assert_num_queries):
    application = year.submitted(1)
    for state, fields in STATES.items():
        made(f"about-{state}", about=subject_of(application), **fields)
    with django_assert_num_queries(1):
        block = render_to_string("mail/about.html", {"mails": queries.about(application), "staff": True})
    states = ("보낼 차례", "다시 시도 중", "보내지 못함")
    assert [block.count(label) for label in states] == [2, 1, 1]  # the submission's receipt waits as well
    assert list(queries.about(application).values_list("name", flat=True)).count("applications/receipt") == 1
    assert block.count("about-") == 8  # subject and address of the four not held
    assert [block.count(f"/mail/{row.pk}/") for row in five.values()] == [0] * 5
    own = render_to_string(
        "mail/about.html", {"mails": queries.about(application), "reader": "about-sent@example.test"}
    )
    assert (own.count("about-sent@"), own.count("<details>"), "/mail/" in own) == (1, 1, False)
    assert "아직 보낸 메일이 없습니다" in render_to_string("mail/about.html", {"mails": []})

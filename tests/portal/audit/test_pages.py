"""/audit/: operators and auditors read it, a broken chain is named, lists cost the same however long."""

import pytest
from django.db import connection, transaction

from naru.portal.audit import triggers
from naru.portal.audit.actions import record


@pytest.fixture
def write(applicant_user, at):
    def some(count):
        for number in range(count):
            with transaction.atomic():
                record(
                    by=applicant_user,
                    at=at,
                    action="test.done",
                    subject=applicant_user,
                    facts={"n": number},
                    chain="trial",
                )

    return some


def test_roles_that_read(client, operator, auditor, reviewer):
    for person, status in ((operator, 200), (auditor, 200), (reviewer, 403)):
        client.force_login(person)
        assert client.get("/audit/").status_code == status


def test_refusal_says_who_may(client, vendor_user):
    client.force_login(vendor_user)
    assert "운영기관과 감사 역할만" in client.get("/audit/").content.decode()


def test_visitor_is_sent_to_log_in(client, db):
    assert client.get("/audit/").url == "/accounts/login/?next=/audit/"


def test_events_are_listed_and_narrowed(client, auditor, write):
    write(3)
    client.force_login(auditor)
    page = client.get("/audit/", {"chain": "trial"}).context["page"]
    assert [event.number for event in page] == [3, 2, 1]
    assert client.get("/audit/", {"action": "test."}).context["page"].paginator.count == 3
    assert client.get("/audit/", {"subject_id": "no-such"}).context["page"].paginator.count == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_at_any_length(client, auditor, write, rows, django_assert_num_queries):
    write(rows)
    client.force_login(auditor)
    with django_assert_num_queries(6):  # session, user, roles, count, events, chains
        client.get("/audit/", {"chain": "trial"})


def test_whole_chain_is_confirmed(client, auditor, write):
    write(2)
    client.force_login(auditor)
    answer = client.post("/audit/verify/", {"chain": "trial"}, follow=True)
    assert "기록 2건이 모두 이어져" in answer.content.decode()


def test_broken_chain_is_named(client, auditor, write):
    write(3)
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET action = 'x' WHERE number = 2 AND action = 'test.done'")
    triggers.install(connection)
    client.force_login(auditor)
    answer = client.post("/audit/verify/", {"chain": "trial"}, follow=True)
    assert "2번 기록에서 어긋납니다. 기록의 내용이 바뀌었습니다." in answer.content.decode()


def test_unknown_chain_and_wrong_method(client, auditor):
    client.force_login(auditor)
    assert client.post("/audit/verify/", {"chain": "nowhere"}).status_code == 404
    assert client.get("/audit/verify/").status_code == 405


def test_page_in_english(client, auditor, write):
    write(1)
    client.force_login(auditor)
    client.post("/i18n/setlang/", {"language": "en"})
    text = client.get("/audit/").content.decode()
    assert "Audit record" in text
    assert "감사 기록" not in text

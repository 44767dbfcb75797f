"""The tax service asked over real HTTP: every answer and every way it can fail; nothing ever blocks."""

import logging
from datetime import date
from urllib.parse import quote

import httpx
import pytest
from tax_server import KEY, tax_server

from naru.domain.business_status import Answer, Claim, Match, Status
from naru.portal.audit.models import Event
from naru.portal.organisations import tax_service
from naru.portal.organisations.actions import OrganisationDetails, create_organisation
from naru.portal.organisations.checking import check_businesses
from naru.portal.organisations.models import Organisation, StatusCheck

pytestmark = pytest.mark.enable_socket
NUMBER, CLOSED, RESTING, NOBODY = "1234567891", "2208162517", "1248100998", "1018112345"
BUSINESSES = {
    NUMBER: {"state": "01", "start_dt": "20210503", "p_nm": "김가상"},
    CLOSED: {"state": "03", "start_dt": "20150101", "p_nm": "이가상", "end_dt": "20240630"},
    RESTING: {"state": "02", "start_dt": "20150101", "p_nm": "박가상"},
}
CLAIM = Claim(number=NUMBER, started_on=date(2021, 5, 3), representative="김가상")


@pytest.fixture
def server(settings):
    with tax_server(BUSINESSES) as running:
        settings.NARU_TAX_SERVICE_URL, settings.NARU_TAX_SERVICE_KEY = running.url, KEY
        yield running


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(tax_service, "SECONDS", httpx.Timeout(0.3))


def test_each_state_is_read(server):
    answers = tax_service.ask([CLAIM, *(Claim(number=number) for number in (CLOSED, RESTING, NOBODY))])
    assert [(one.status, one.match, one.closed_on, one.reason) for one in answers] == [
        (Status.ACTIVE, Match.MATCH, None, ""),
        (Status.CLOSED, Match.UNKNOWN, date(2024, 6, 30), ""),
        (Status.SUSPENDED, Match.UNKNOWN, None, ""),
        (Status.NOT_REGISTERED, Match.UNKNOWN, None, ""),
    ]
    assert [name for name, _body in server.seen] == ["status", "validate"]
    assert server.seen[1][1]["businesses"][0]["start_dt"] == "20210503"


@pytest.mark.parametrize(
    "claim",
    [
        Claim(number=NUMBER, started_on=date(2021, 5, 4), representative="김가상"),
        Claim(number=NUMBER, started_on=date(2021, 5, 3), representative="김나루"),
    ],
)
def test_a_wrong_day_or_name_is_a_mismatch(server, claim):
    assert [one.match for one in tax_service.ask([claim])] == [Match.MISMATCH]


@pytest.mark.parametrize("count", [100, 101, 250])
def test_a_hundred_numbers_at_a_time(server, count):
    claims = [Claim(number=f"{number:010}") for number in range(count)]
    answers = tax_service.ask(claims)
    assert [one.number for one in answers] == [claim.number for claim in claims]
    assert {one.status for one in answers} == {Status.NOT_REGISTERED}
    sizes = [len(body["b_no"]) for name, body in server.seen]
    assert (sum(sizes), max(sizes)) == (count, 100)


def test_a_number_asked_twice_is_sent_once(server):
    assert len(tax_service.ask([Claim(number=NUMBER), Claim(number=NUMBER)])) == 2
    assert server.seen == [("status", {"b_no": [NUMBER]})]


def test_a_key_handed_out_encoded_works_too(server, settings):
    settings.NARU_TAX_SERVICE_KEY = quote(KEY, safe="")
    assert tax_service.ask([Claim(number=NUMBER)])[0].status is Status.ACTIVE


@pytest.mark.parametrize(
    ("mood", "reason"),
    [
        ("half", "unreachable"),
        ("garbage", "malformed"),
        ("empty", "malformed"),
        ("list", "malformed"),
        ("nobody", "not_answered"),
        ("new_code", "malformed"),
        ("key_in_200", "key_refused"),
        ("huge", "malformed"),
        ("busy", "rate_limited"),
        ("broken", "service_error"),
        ("gateway", "service_error"),
        ("moved", "service_error"),
    ],
)
def test_whatever_it_says_the_answer_is_unknown_with_a_reason(server, mood, reason):
    server.mood = mood
    assert tax_service.ask([CLAIM]) == [Answer(number=NUMBER, reason=reason)]


def test_a_slow_answer_is_not_waited_for(server, impatient):
    server.slow = 0.6
    assert tax_service.ask([CLAIM]) == [Answer(number=NUMBER, reason="timeout")]


def test_a_wrong_key_and_none_are_told_apart(server, settings):
    settings.NARU_TAX_SERVICE_KEY = "wrong"
    assert tax_service.ask([CLAIM])[0].reason == "key_refused"
    settings.NARU_TAX_SERVICE_KEY = ""
    assert (tax_service.ask([CLAIM])[0].reason, server.seen) == ("no_key", [])


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/v1", "nonsense", "http://[bad"])
def test_nobody_there_is_unknown(settings, url):
    settings.NARU_TAX_SERVICE_URL, settings.NARU_TAX_SERVICE_KEY = url, KEY
    assert tax_service.ask([CLAIM])[0].reason == "unreachable"


def test_the_key_is_never_logged(server, caplog):
    with caplog.at_level(logging.INFO):
        tax_service.ask([CLAIM])
        server.mood = "garbage"
        tax_service.ask([CLAIM])
    assert [record for record in caplog.records if "key" in record.getMessage().lower()] == []


@pytest.fixture
def make_company(operator, at):
    def make(number, **changes):
        details = {
            "name": f"가상 {number}", "kind": "sme", "legal_form": "corporation", "business_number": number,
            "started_on": date(2021, 5, 3), "representatives": (("김가상", date(1990, 1, 2)),),
        }  # fmt: skip
        return create_organisation(by=operator, at=at, details=OrganisationDetails(**details | changes))

    return make


def test_the_task_keeps_a_row_each_and_one_event(server, make_company, operator):
    made = [make_company(NUMBER), make_company(CLOSED), make_company(RESTING, simulated=True)]
    assert check_businesses.func([row.pk for row in made], operator.pk) == 2
    rows = StatusCheck.objects.order_by("pk").values_list("organisation", "status", "match", "source")
    assert list(rows) == [
        (made[0].pk, "active", "match", "nts-businessman/v1"),
        (made[1].pk, "closed", "mismatch", "nts-businessman/v1"),
    ]
    event = Event.objects.get(action="organisations.record_statuses")
    assert event.facts["found"] == {str(made[0].pk): "active", str(made[1].pk): "closed"}
    assert RESTING not in str(server.seen)  # a simulated number goes nowhere


def test_a_task_that_reaches_nobody_keeps_why(settings, make_company):
    settings.NARU_TAX_SERVICE_KEY = ""
    company = make_company(NUMBER)
    check_businesses.func([company.pk])
    assert StatusCheck.objects.values_list("status", "reason").get() == ("unknown", "no_key")


def test_an_operator_asks_for_the_companies_on_the_page(client, server, make_company, operator, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    company = make_company(CLOSED)
    client.force_login(operator)
    page = client.get("/organisations/status/").content.decode()
    assert "아직 확인하지 않음" in page
    client.post(
        "/organisations/status/check/", {"organisation": [company.pk, "x"], "back": "https://evil.example/"}
    )
    page = client.get("/organisations/status/").content.decode()
    assert "폐업자" in page
    detail = client.get(f"/organisations/{company.pk}/").content.decode()
    assert ("폐업자" in detail, "개업일·대표자 불일치" in detail) == (True, True)
    assert Organisation.objects.get(pk=company.pk).business_number == CLOSED


def test_the_page_never_sends_elsewhere(client, make_company, operator):
    client.force_login(operator)
    answer = client.post("/organisations/status/check/", {"back": "https://evil.example/"})
    assert answer.url == "/organisations/status/"

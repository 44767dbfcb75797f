"""/allocation/: the operator's board and acts; auditors read, everybody else is refused."""

from datetime import UTC, datetime

import pytest
from awarded import DAY, MATCHED
from django.db import connection
from django.test.utils import CaptureQueriesContext

from naru.portal.allocation import actions
from naru.portal.allocation.models import Agreement, Award, LedgerEntry, Offer, RefillDecision, Server
from naru.portal.ui import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_may(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2025, 5, 20, 1, 0, tzinfo=UTC))


@pytest.fixture
def award(stage, acts):
    stage.selected(1)
    return acts.opened(stage)[0]


READ = ["/allocation/", "/allocation/waiting-list/", "/allocation/budget/"]


@pytest.mark.parametrize(
    ("role", "status"),
    [("operator", 200), ("auditor", 200), ("cloud", 403), ("vendor", 403), ("reviewer", 403)],
)
def test_who_may_read(client, make_user, award, role, status):
    client.force_login(make_user("kim", role))
    pages = [*READ, f"/allocation/{award.pk}/"]
    assert [client.get(page).status_code for page in pages] == [status] * 4


def test_an_awardee_and_a_visitor_stay_outside(client, award):
    assert client.get("/allocation/").status_code == 302
    client.force_login(award.application.applicant)
    assert client.get(f"/allocation/{award.pk}/").status_code == 403


@pytest.mark.parametrize("act", ["countersign", "order", "return"])
def test_an_auditor_changes_nothing(client, auditor, award, act):
    client.force_login(auditor)
    assert client.post(f"/allocation/{award.pk}/{act}/").status_code == 403


def test_without_a_call_the_rooms_say_so(client, operator):
    client.force_login(operator)
    assert client.get("/allocation/").status_code == 404


def test_the_operator_opens_awards_of_a_confirmed_matching(client, operator, stage):
    stage.selected(1)
    client.force_login(operator)
    assert "할당 열기" in client.get("/allocation/").content.decode()
    client.post(f"/allocation/matchings/{stage.matching.pk}/open/")
    page = client.get("/allocation/").content.decode()
    assert "할당 열기" not in page
    assert "2025-npu-0001" in page
    assert Award.objects.count() == 1


def test_the_operator_signs_orders_and_takes_back(client, operator, award, acts, cloud_user):
    acts.signed(award)
    client.force_login(operator)
    client.post(f"/allocation/{award.pk}/countersign/")
    assert Agreement.objects.get().countersigned_by == operator
    client.post(f"/allocation/{award.pk}/order/")
    server = Server.objects.get()
    assert server.state == "ordered"
    actions.deliver_server(
        by=cloud_user, at=MATCHED + DAY, server=server, reference="r", address="10.0.0.1", figures=acts.enough
    )
    actions.accept_handover(by=award.application.applicant, at=MATCHED + 2 * DAY, server=server)
    client.post(f"/allocation/{award.pk}/return/")
    assert Award.objects.get().state == "ended"
    page = client.get(f"/allocation/{award.pk}/").content.decode()
    assert "서버가 회수됨" in page
    assert "C-03" in page


def test_a_refusal_is_shown_with_its_clause(client, operator, award):
    client.force_login(operator)
    page = client.post(f"/allocation/{award.pk}/order/", follow=True).content.decode()
    assert "[L-01]" in page
    assert "이용자와 운영기관이 모두 서명해야 합니다" in page
    assert Server.objects.count() == 0


@pytest.mark.parametrize(
    ("query", "shown"),
    [("", 2), ("?state=agreement", 2), ("?state=in_use", 0), ("?text=0002", 1), ("?product=npu-240", 0)],
)
def test_the_board_is_narrowed(client, operator, stage, acts, query, shown):
    for number in (1, 2):
        stage.selected(number)
    acts.opened(stage)
    client.force_login(operator)
    assert len(client.get(f"/allocation/{query}").context["rows"]) == shown


def test_the_board_costs_the_same_queries_for_any_number_of_rows(client, operator, stage, acts):
    client.force_login(operator)
    counts = []
    for numbers in ((1,), (2, 3)):
        for number in numbers:
            stage.selected(number)
        for award in acts.opened(stage):
            acts.in_use(award)
        with CaptureQueriesContext(connection) as captured:
            client.get("/allocation/")
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert counts[1] <= 12


def test_the_waiting_list_shows_each_reason_and_refills(client, operator, stage):
    stage.waiting(1)
    stage.waiting(2, supported=False)
    client.force_login(operator)
    page = client.get("/allocation/waiting-list/?product=npu-60").content.decode()
    assert "빈 서버가 있어 충원합니다" in page
    assert "R-07" in page
    assert client.post("/allocation/waiting-list/refill/")["Location"] == "/allocation/waiting-list/"
    assert (RefillDecision.objects.count(), Offer.objects.count()) == (2, 1)


def test_the_month_is_recorded_and_a_wrong_one_refused(client, operator, award, acts):
    acts.in_use(award)
    client.force_login(operator)
    assert client.post("/allocation/budget/month/", {"month": "May"}).status_code == 422
    client.post("/allocation/budget/month/", {"month": "2025-04"})
    assert LedgerEntry.objects.count() == 1
    page = client.post("/allocation/budget/month/", {"month": "2025-04"}, follow=True).content.decode()
    assert "[L-05]" in page
    assert "2025-04" in page


def test_the_call_is_not_closed_while_the_support_lasts(client, operator, award, acts):
    acts.in_use(award)
    client.force_login(operator)
    assert "[L-05]" in client.post("/allocation/budget/close/", follow=True).content.decode()
    assert Server.objects.get().state == "handed_over"


@pytest.mark.parametrize("page", READ)
def test_english(client, operator, award, page):
    client.force_login(operator)
    client.cookies["django_language"] = "en"
    text = client.get(page).content.decode()
    heading = {"/allocation/": "Allocation", "/allocation/budget/": "Budget"}.get(
        page, "Waiting list and refill"
    )
    assert heading in text[text.index("<h1") : text.index("</h1>")]
    assert '<html lang="en">' in text

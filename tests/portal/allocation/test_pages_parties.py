"""The awardee's and the cloud company's pages: their own only."""

from datetime import UTC, datetime

import pytest
from awarded import MATCHED
from django.db import connection
from django.test.utils import CaptureQueriesContext

from naru.portal.allocation.models import Agreement, Award, Server, Withdrawal
from naru.portal.organisations.models import Member, Supplier, SupplierMember
from naru.portal.ui import clock

pytestmark = pytest.mark.django_db
FIGURES = {
    "reference": "rack-1",
    "address": "10.0.0.1:22",
    "tops_int8": 60,
    "cores": 16,
    "clock_ghz": "2.1",
    "memory_gb": 128,
    "ssd_tb": "1",
    "link_gbps": "1",
}


@pytest.fixture(autouse=True)
def _in_april(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2025, 4, 10, 1, 0, tzinfo=UTC))


@pytest.fixture
def award(stage, acts):
    stage.selected(1)
    return acts.opened(stage)[0]


@pytest.fixture
def own(client, award):
    client.force_login(award.application.applicant)
    return f"/applications/{award.application_id}"


ROOMS = ["agreement", "server", "withdrawal"]


@pytest.mark.parametrize("room", ROOMS)
def test_a_foreign_award_does_not_exist(client, award, make_user, room):
    page = f"/applications/{award.application_id}/{room}/"
    assert client.get(page).status_code == 302
    stranger = make_user("stranger")
    client.force_login(stranger)
    assert (client.get(page).status_code, client.post(page).status_code) == (404, 404)


def test_a_colleague_of_the_company_acts_for_it(client, award, make_user):
    colleague = make_user("colleague")
    Member.objects.create(
        organisation=award.application.organisation, user=colleague, role="member", added_at=MATCHED
    )
    client.force_login(colleague)
    assert client.get(f"/applications/{award.application_id}/agreement/").status_code == 200


def test_members_of_a_university_do_not_see_each_others_awards(client, stage, acts, make_user):
    stage.selected(2, sector="public")
    award = acts.opened(stage)[0]
    colleague = make_user("colleague")
    Member.objects.create(
        organisation=award.application.organisation, user=colleague, role="member", added_at=MATCHED
    )
    client.force_login(colleague)
    assert client.get(f"/applications/{award.application_id}/agreement/").status_code == 404


def test_an_application_without_an_award_has_no_agreement(client, stage):
    application = stage.application(7)
    client.force_login(application.applicant)
    assert client.get(f"/applications/{application.pk}/agreement/").status_code == 404


def test_the_awardee_reads_and_signs(client, own, award):
    page = client.get(f"{own}/agreement/").content.decode()
    assert "학습에는 쓰지 않는다" in page
    assert "C-06" in page
    assert client.post(f"{own}/agreement/", {}).status_code == 422
    client.post(f"{own}/agreement/", {"agreed": "on"})
    assert Agreement.objects.get().signed_by == award.application.applicant
    assert Agreement.objects.get().terms_sha256 in client.get(f"{own}/agreement/").content.decode()


def test_the_awardee_takes_the_server_over(client, own, award, acts):
    assert "아직 서버가 없습니다" in client.get(f"{own}/server/").content.decode()
    acts.delivered(award)
    assert "서버 인수" in client.get(f"{own}/server/").content.decode()
    client.post(f"{own}/server/")
    assert Award.objects.get().state == "in_use"
    assert "[L-01]" in client.post(f"{own}/server/", follow=True).content.decode()


def test_the_awardee_withdraws_knowing_what_follows(client, own, award):
    assert "L-03" in client.get(f"{own}/withdrawal/").content.decode()
    assert client.post(f"{own}/withdrawal/", {"reason": "폐업"}).status_code == 422
    client.post(f"{own}/withdrawal/", {"reason": "폐업", "understood": "on"})
    assert Withdrawal.objects.get().reason == "폐업"
    assert "끝난 할당" in client.get(f"{own}/withdrawal/").content.decode()
    assert "끝난 할당" in client.get(f"{own}/agreement/").content.decode()


def test_the_cloud_company_delivers_its_own_orders(client, award, acts, cloud_user):
    server = acts.ordered(award)
    client.force_login(cloud_user)
    assert server.reference in client.get("/orders/").content.decode()
    answer = client.post(f"/orders/{server.pk}/", FIGURES)
    assert (answer.status_code, answer["Location"]) == (302, "/orders/")
    assert Server.objects.get().state == "delivered"


@pytest.mark.requirement("C-03")
def test_a_server_below_the_product_is_refused_beside_the_figure(client, award, acts, cloud_user):
    server = acts.ordered(award)
    client.force_login(cloud_user)
    answer = client.post(f"/orders/{server.pk}/", FIGURES | {"memory_gb": 64, "cores": 8})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"memory_gb", "cores"}
    assert "C-03" in answer.content.decode()
    assert Server.objects.get().state == "ordered"


def test_another_clouds_order_does_not_exist(client, award, acts, make_user):
    server = acts.ordered(award)
    rival = make_user("rival", "cloud")
    other = Supplier.objects.create(kind="cloud", code="cloud-b", name="가상 클라우드 나", simulated=True)
    SupplierMember.objects.create(supplier=other, user=rival)
    client.force_login(rival)
    assert client.get(f"/orders/{server.pk}/").status_code == 404
    assert client.post(f"/orders/{server.pk}/", FIGURES).status_code == 404
    assert "아직 주문이 없습니다" in client.get("/orders/").content.decode()


@pytest.mark.parametrize("role", ["operator", "auditor", "vendor", "reviewer"])
def test_other_roles_have_no_orders(client, make_user, role):
    client.force_login(make_user("kim", role))
    assert client.get("/orders/").status_code == 403


def test_a_server_in_use_is_no_longer_edited(client, award, acts, cloud_user):
    acts.in_use(award)
    client.force_login(cloud_user)
    page = client.get(f"/orders/{Server.objects.get().pk}/").content.decode()
    assert "인도 기록" not in page


def test_the_orders_cost_the_same_queries_for_any_number(client, stage, acts, cloud_user):
    client.force_login(cloud_user)
    counts = []
    for numbers in ((1,), (2, 3)):
        for number in numbers:
            stage.selected(number)
        for one in acts.opened(stage):
            acts.ordered(one)
        with CaptureQueriesContext(connection) as captured:
            client.get("/orders/")
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert counts[1] <= 8

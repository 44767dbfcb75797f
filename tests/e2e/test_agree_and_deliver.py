"""From the matching to a server in use: awardee, operator and cloud company, each at a desk."""

from datetime import timedelta

from small_world import AGREEMENT, HANDOVER, MATCHING, SELECTION

from naru.portal.allocation.models import Award, LedgerEntry, Server
from naru.portal.audit.models import Event

FIGURES = {"tops_int8": 60, "cores": 16, "clock_ghz": "2.1", "memory_gb": 128, "ssd_tb": 1, "link_gbps": 1}
DAY = timedelta(days=1)


def actors(prefix):
    events = Event.objects.filter(action__startswith=prefix).select_related("actor").order_by("pk")
    return [(event.action.partition(".")[2], event.actor.name) for event in events]


def test_an_agreement_is_signed_countersigned_and_its_server_ordered_delivered_accepted(world, seat, clock):
    world.upto("matched")
    clock(MATCHING)
    operator = seat(world.operator).go("/allocation/").press("할당 열기")
    award = Award.objects.order_by("pk")[0]
    clock(AGREEMENT)
    awardee = seat(award.application.applicant).go(f"/applications/{award.application_id}/").press("할당")
    awardee.fill(agreed=True).press("서명하기").says("협약에 서명했습니다.")
    operator.go(f"/allocation/{award.pk}/").press("운영기관으로 서명").press("서버 주문하기")
    server = Server.objects.get()
    clock(HANDOVER)
    cloud = seat(world.cloud_person(award)).go("/home/")
    assert cloud.path == "/orders/"
    cloud.go(f"/orders/{server.pk}/").fill(reference="rack-7", address="203.0.113.7:22", **FIGURES)
    cloud.press("인도 기록").says("인도를 기록했습니다.")
    awardee.go(f"/applications/{award.application_id}/server/").press("서버 인수").says(
        "서버를 인수했습니다."
    )
    award.refresh_from_db()
    assert award.state == Award.State.IN_USE
    name = award.application.applicant.name
    assert actors("allocation.") == [
        ("open_awards", "operator"),
        ("sign_agreement", name),
        ("countersign", "operator"),
        ("order_server", "operator"),
        ("deliver_server", award.cloud.code),
        ("accept_handover", name),
    ]


def test_a_server_below_its_product_is_refused_figure_by_figure(world, seat, clock):
    world.upto("ordered")
    clock(HANDOVER)
    server = world.servers[0]
    cloud = seat(world.cloud_person(server.award)).go(f"/orders/{server.pk}/")
    cloud.fill(reference="rack-8", address="203.0.113.8:22", **FIGURES | {"memory_gb": 64})
    cloud.press("인도 기록", status=422).says("C-03")
    server.refresh_from_db()
    assert server.state == Server.State.ORDERED


def test_an_awardee_withdraws_an_operator_refills_and_keeps_the_ledger(world, seat, clock):
    world.upto("in_use")
    clock(HANDOVER + DAY)
    award = world.awards[0]
    awardee = seat(award.application.applicant).go(f"/applications/{award.application_id}/withdrawal/")
    awardee.fill(reason="가상의 사정", understood=True).press("중도포기하기").says("중도포기를 접수했습니다.")
    award.refresh_from_db()
    assert (award.state, award.withdrawal.withdrawn_by) == ("withdrawn", award.application.applicant)
    operator = seat(world.operator).go("/allocation/waiting-list/")
    operator.page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    if "충원 실행" in operator.text:
        operator.press("충원 실행").says("충원을 실행했습니다.")
        assert actors("allocation.refill") == [("refill", "operator")]
    clock(HANDOVER + 30 * DAY)
    operator.go("/allocation/budget/").fill(month="2025-04").press("기록")
    assert LedgerEntry.objects.exists()
    assert award.withdrawal.withdrawn_at > SELECTION

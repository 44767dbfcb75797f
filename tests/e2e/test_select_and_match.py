"""The selection is simulated, confirmed by two, published; servers are matched; a letter is read."""

from small_world import MATCHING, SELECTION

from naru.portal.audit.models import Event
from naru.portal.selection.models import MatchingRun, SelectionOutcome, SelectionRun, ServerGroup


def actors(prefix):
    events = Event.objects.filter(action__startswith=prefix).select_related("actor").order_by("pk")
    return [(event.action.partition(".")[2], event.actor.name) for event in events]


def test_two_operators_select_and_the_result_is_published(world, seat, clock):
    world.upto("closed")
    clock(SELECTION)
    first, second = seat(world.operator), seat(world.operator2)
    first.go("/selection/").press("이 기준으로 모의 결과 저장")
    run = SelectionRun.objects.get()
    address = f"/selection/runs/{run.pk}/"
    first.go(f"{address}confirm/").press("이 결과 확정하기").says("확정을 기록했습니다.")
    run.refresh_from_db()
    assert run.state == SelectionRun.State.PROPOSED
    first.go(address).says("이미 확정하셨습니다.")
    second.go("/home/")
    assert second.path == "/console/"
    second.says("선정 확정 (1/2명 확인)").go(f"{address}confirm/").press("이 결과 확정하기")
    run.refresh_from_db()
    assert run.state == SelectionRun.State.CONFIRMED
    visitor = seat(None)
    assert run.outcomes.first().application.number not in visitor.go("/calls/2025-npu/results/").text
    second.go(f"{address}publish/").press("공개").says("선정 결과를 공개했습니다.")
    visitor.go("/calls/2025-npu/results/").says(run.outcomes.first().application.number)
    assert actors("selection.") == [
        ("propose", "operator"),
        ("confirm", "operator"),
        ("confirm", "operator2"),
        ("publish", "operator2"),
    ]


def test_a_relaxed_rule_is_looked_at_freely_but_kept_only_with_a_reason(world, seat, clock):
    world.upto("closed")
    clock(SELECTION)
    desk = seat(world.operator).go("/selection/?reading=none")
    desk.fill(reason="").press("이 기준으로 모의 결과 저장", status=409).says("C-05")
    assert not SelectionRun.objects.exists()
    desk.go("/selection/?reading=none").fill(reason="위원회 결정에 따름")
    desk.press("이 기준으로 모의 결과 저장")
    assert SelectionRun.objects.get().run_by == world.operator


def test_suppliers_enter_their_servers_and_an_operator_matches(world, seat, clock):
    world.upto("selected")
    clock(MATCHING)
    group = {"product": "npu-60", "vendor": "vendor-a", "cloud": "cloud-b", "capacity": 2}
    seat(world.vendor_a).go("/capacity/").fill("form.filters[method=post]", **group).press("저장")
    seat(world.cloud_a).go("/capacity/").fill(
        "form.filters[method=post]", **group | {"cloud": "cloud-a", "capacity": 1}
    ).press("저장")
    assert list(ServerGroup.objects.order_by("cloud__code").values_list("capacity", "entered_by")) == [
        (1, world.cloud_a.pk),
        (2, world.vendor_a.pk),
    ]
    desk = seat(world.operator).go("/matching/").press("배정 실행")
    matching = MatchingRun.objects.get()
    desk.go(f"/matching/{matching.pk}/confirm/").press("배정 확정")
    matching.refresh_from_db()
    assert matching.confirmed_by == world.operator
    assert actors("selection.")[-4:] == [
        ("enter_capacity", "vendor-a"),
        ("enter_capacity", "cloud-a"),
        ("run_matching", "operator"),
        ("confirm_matching", "operator"),
    ]


def test_an_applicant_reads_the_letter(world, seat, clock):
    world.upto("matched")
    clock(MATCHING)
    outcome = SelectionOutcome.objects.filter(status="selected").order_by("rank")[0]
    application = outcome.application
    letter = seat(application.applicant).go(f"/applications/{application.pk}/result/")
    letter.says("선정되었습니다", f"{outcome.score}", outcome.clause)
    assert seat(world.stranger).open(f"/applications/{application.pk}/result/").status == 404

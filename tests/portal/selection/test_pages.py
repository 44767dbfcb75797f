"""The rooms by role and object: what each shows, what each act does, what each costs in queries."""

import json
import re

import pytest
from selecting import SELECTING, entry
from selection_steps import confirmed, matched, proposed, published, words

from naru.codec.verification import verify
from naru.portal.audit.models import Event
from naru.portal.organisations.models import SupplierMember
from naru.portal.selection import actions
from naru.portal.selection.models import MatchingRun, SelectionRun, ServerGroup

ROOMS = ["/selection/", "/matching/"]


@pytest.mark.parametrize("address", ROOMS)
@pytest.mark.parametrize(
    ("role", "status"),
    [("operator", 200), ("auditor", 200), ("reviewer", 403), ("vendor", 403), ("applicant", 403)],
)
def test_who_may_enter(client, make_user, ready, address, role, status):
    client.force_login(make_user("kim", role))
    assert client.get(address).status_code == status


@pytest.mark.parametrize("address", [*ROOMS, "/capacity/"])
def test_visitors_log_in_first(client, ready, address):
    assert client.get(address).status_code == 302


@pytest.mark.parametrize("address", [*ROOMS, "/capacity/"])
def test_before_the_first_call_the_rooms_say_so(client, operator, address):
    client.force_login(operator)
    assert "아직 공고가 없습니다" in words(client.get(address))


def test_an_unknown_round_is_not_found(client, ready):
    client.force_login(ready.operator)
    assert client.get("/selection/", {"call": "2025-npu", "round": "9"}).status_code == 404


@pytest.mark.requirement("C-04")
def test_scores_stay_closed_until_the_seats_are_frozen(client, ready):
    ready.entered(entry(1, 77))
    ready.closed()
    client.force_login(ready.operator)
    assert "77.00" in words(client.get("/selection/"))
    ready.call.quotas.all().delete()
    shown = words(client.get("/selection/"))
    assert "77.00" not in shown
    assert "점수는 아직 열 수 없습니다" in shown
    assert [gate.open for gate in client.get("/selection/").context["gates"]] == [
        True,
        False,
        True,
        True,
        True,
    ]


@pytest.mark.requirement("C-05")
def test_the_four_readings_stand_side_by_side(client, ready):
    ready.entered(*(entry(n, 95 - n, sector="public") for n in range(6)), entry(9, 70), entry(10, 60))
    ready.closed()
    client.force_login(ready.operator)
    column = client.get("/selection/").context["columns"][0]
    assert (column.filled, column.public, column.private, column.empty) == (3, 1, 2, 117)
    assert [(one.filled, one.public, one.used) for one in column.readings] == [
        (3, 1, True),
        (8, 6, False),
        (8, 6, False),
        (8, 6, False),
    ]
    cuts = {row.cut: row.number for row in column.rows if row.cut}
    assert cuts == {"public": "2025-npu-0000", "private": "2025-npu-0010"}
    shown = words(client.get("/selection/"))
    assert "117자리가 빕니다" in shown
    assert "‘모집 규모 기준’이면 5자리가 더 찹니다" in shown


@pytest.mark.requirement("R-05")
def test_a_question_changes_the_columns_and_writes_nothing(client, ready):
    ready.entered(entry(1, 90), entry(2, 80, sector="public"), entry(3, 50))
    ready.closed()
    client.force_login(ready.operator)
    before = Event.objects.count()
    column = client.get("/selection/", {"reading": "none", "min_score": "60"}).context["columns"][0]
    assert [(row.number[-1], row.status) for row in column.rows] == [("1", "selected"), ("2", "selected")]
    assert [row.status for row in column.left_out] == ["below_pass_mark"]
    assert (SelectionRun.objects.count(), Event.objects.count()) == (0, before)
    answer = client.get("/selection/", {"min_score": "200"})
    assert "min_score" in answer.context["form"].errors


def test_shadow_rankings_are_the_operators(client, ready, auditor):
    ready.many(40)
    ready.closed()
    client.force_login(ready.operator)
    assert client.get("/selection/").context["shadows"]
    client.force_login(auditor)
    assert "shadows" not in client.get("/selection/").context


@pytest.mark.requirement("R-05")
def test_the_year_of_a_selection_by_two_operators(client, ready):
    ready.entered(entry(1, 90), entry(2, 80, sector="public"))
    ready.closed()
    client.force_login(ready.operator)
    client.post("/selection/propose/")
    run = SelectionRun.objects.get()
    assert "두 명이 확정해야" in words(client.get(f"/selection/runs/{run.pk}/"))
    assert "다른 운영 담당자 한 명" in words(client.get(f"/selection/runs/{run.pk}/confirm/"))
    client.post(f"/selection/runs/{run.pk}/confirm/")
    again = client.post(f"/selection/runs/{run.pk}/confirm/")
    assert (again.status_code, again.context["refusal"].code) == (409, "second_person_needed")
    client.force_login(ready.operator2)
    assert "두 번째 확정이므로" in words(client.get(f"/selection/runs/{run.pk}/confirm/"))
    client.post(f"/selection/runs/{run.pk}/confirm/")
    assert "되돌릴 수 없습니다" in words(client.get(f"/selection/runs/{run.pk}/publish/"))
    answer = client.post(f"/selection/runs/{run.pk}/publish/")
    assert answer.url == "/calls/2025-npu/results/"
    run.refresh_from_db()
    assert run.state == "published"
    assert client.post(f"/selection/runs/{run.pk}/publish/").status_code == 409


@pytest.mark.requirement("C-05")
def test_relaxing_on_the_page_needs_a_reason(client, ready):
    ready.entered(entry(1, 90), entry(2, 80, sector="public"))
    ready.closed()
    client.force_login(ready.operator)
    answer = client.post("/selection/propose/", {"reading": "soft"})
    assert (answer.status_code, answer.context["refusal"].clause) == (409, "C-05")
    client.post("/selection/propose/", {"reading": "soft", "reason": "전담기관 결정"})
    run = SelectionRun.objects.get()
    assert (run.record["settings"]["reading"], run.record["settings"]["reason"]) == ("soft", "전담기관 결정")
    assert "전담기관 결정" in words(client.get(f"/selection/runs/{run.pk}/"))


def test_a_run_shows_what_changed_since_the_one_before(client, ready):
    ready.entered(entry(1, 90), entry(2, 80, sector="public"))
    ready.closed()
    proposed(ready)
    client.force_login(ready.operator)
    client.post("/selection/propose/", {"reading": "none", "reason": "가상 결정"})
    run = SelectionRun.objects.get(state="proposed")
    assert [one.number for one in client.get(f"/selection/runs/{run.pk}/").context["changes"]] == [
        "2025-npu-0002"
    ]


def test_only_operators_act(client, ready, auditor):
    ready.entered(entry(1))
    ready.closed()
    run = proposed(ready)
    client.force_login(auditor)
    assert client.get(f"/selection/runs/{run.pk}/").status_code == 200
    for act in ("confirm", "publish", "matching"):
        assert client.post(f"/selection/runs/{run.pk}/{act}/").status_code == 403
    assert client.post("/selection/propose/").status_code == 403


@pytest.mark.requirement("R-05")
def test_the_record_downloads_and_verifies(client, ready, auditor, reviewer):
    ready.many(20)
    ready.closed()
    run = proposed(ready)
    client.force_login(auditor)
    answer = client.get(f"/selection/runs/{run.pk}/record.json")
    assert answer["Content-Disposition"].startswith("attachment")
    assert verify(json.loads(answer.content)) is None
    client.force_login(reviewer)
    assert client.get(f"/selection/runs/{run.pk}/record.json").status_code == 403


@pytest.mark.requirement("R-07")
def test_the_pre_check_names_the_set_that_is_short(client, ready):
    ready.entered(entry(1, 95), entry(2, 90), entry(3, 85, vendors=("vendor-b",)))
    ready.closed()
    proposed(ready)
    for vendor, capacity in (("vendor-a", 1), ("vendor-b", 1)):
        suppliers = ready.suppliers()
        ServerGroup.objects.create(
            call=ready.call,
            product="npu-60",
            vendor=suppliers[vendor],
            cloud=suppliers["cloud-x"],
            capacity=capacity,
            entered_by=ready.operator,
            entered_at=SELECTING,
        )
    client.force_login(ready.operator)
    answer = client.get("/matching/")
    (shortage,) = answer.context["tables"][0].shortages
    assert (shortage.servers, shortage.only, shortage.short) == (1, 2, 1)
    assert shortage.numbers == ("2025-npu-0001", "2025-npu-0002")
    shown = words(answer)
    assert "서버 1대가 모자랍니다" in shown
    assert "가상 반도체 가(가상 클라우드 엑스)의 서버는 모두 1대인데" in shown
    assert not MatchingRun.objects.exists()


@pytest.mark.requirement("R-07")
def test_matching_is_run_looked_at_and_confirmed(client, ready):
    ready.entered(entry(1, 95), entry(2, 90, clouds=("cloud-x", "cloud-y")), entry(3, 85))
    ready.closed()
    run = confirmed(ready)
    suppliers = ready.suppliers()
    client.force_login(ready.operator)
    for cloud in ("cloud-x", "cloud-y"):
        client.post("/capacity/", {"product": "npu-60", "vendor": "vendor-a", "cloud": cloud, "capacity": 1})
    assert ServerGroup.objects.filter(vendor=suppliers["vendor-a"]).count() == 2
    client.post(f"/selection/runs/{run.pk}/matching/")
    matching = MatchingRun.objects.get()
    table = client.get("/matching/").context["tables"][0]
    assert [place.cells for place in table.places] == [("given", "2"), ("1", "given"), ("1", "2")]
    assert [group.closed for group in table.groups] == [True, True]
    assert "2대뿐입니다" in table.places[2].proof
    assert "다른 운영 담당자 한 명" in words(client.get(f"/matching/{matching.pk}/confirm/"))
    client.post(f"/matching/{matching.pk}/confirm/")
    matching.refresh_from_db()
    assert matching.confirmed_at is None
    answer = client.get("/matching/")
    assert (answer.context["mine"], answer.context["missing"]) == (True, 1)
    assert client.post(f"/matching/{matching.pk}/confirm/").context["refusal"].code == "second_person_needed"
    client.force_login(ready.operator2)
    assert "두 번째 확정이므로" in words(client.get(f"/matching/{matching.pk}/confirm/"))
    client.post(f"/matching/{matching.pk}/confirm/")
    matching.refresh_from_db()
    assert matching.confirmed_at is not None
    assert client.post(f"/matching/{matching.pk}/confirm/").status_code == 409
    assert client.post(f"/selection/runs/{run.pk}/matching/").status_code == 409
    answer = client.get(f"/matching/{matching.pk}/record.json")
    assert verify(json.loads(answer.content)) is None


def test_a_matching_made_before_the_supply_changed_says_so(client, ready):
    ready.entered(entry(1))
    ready.closed()
    run = confirmed(ready)
    ready.supplied(2)
    actions.run_matching(by=ready.operator, at=SELECTING, selection=run)
    client.force_login(ready.operator)
    assert not client.get("/matching/").context["stale"]
    ServerGroup.objects.update(capacity=3)
    assert client.get("/matching/").context["stale"]
    assert client.get(f"/matching/{MatchingRun.objects.get().pk}/confirm/").status_code == 200


def test_a_vendor_sees_and_enters_its_own_pairs(client, ready, vendor_user):
    ready.supplied(4)
    SupplierMember.objects.create(supplier=ready.suppliers()["vendor-a"], user=vendor_user)
    client.force_login(vendor_user)
    answer = client.get("/capacity/")
    assert {group.vendor.code for group in answer.context["groups"]} == {"vendor-a"}
    assert [code for code, _ in answer.context["form"].fields["vendor"].choices] == ["vendor-a"]
    given = {"product": "npu-60", "vendor": "vendor-a", "cloud": "cloud-y", "capacity": 9}
    assert client.post("/capacity/", given).status_code == 302
    assert (
        ServerGroup.objects.get(product="npu-60", vendor__code="vendor-a", cloud__code="cloud-y").capacity
        == 9
    )
    foreign = client.post("/capacity/", given | {"vendor": "vendor-b"})
    assert foreign.status_code == 400
    assert "vendor" in foreign.context["form"].errors


def test_a_vendor_without_a_company_is_told_what_to_do(client, ready, vendor_user):
    client.force_login(vendor_user)
    answer = client.get("/capacity/")
    assert "회사에 연결되지 않은 계정" in words(answer)
    assert not answer.context["may_write"]


@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_costs_the_same_at_any_length(client, ready, rows, django_assert_num_queries):
    found = ready.entered(*(entry(n, 90 - n) for n in range(1, rows + 1)))
    ready.closed()
    ready.supplied(1)
    run = proposed(ready)
    for person in (ready.operator, ready.operator2):
        actions.confirm(by=person, at=SELECTING, run=run)
    client.force_login(ready.operator)
    costs = {
        "/selection/": 20,
        f"/selection/runs/{run.pk}/": 7,
        "/matching/": 12,
        "/capacity/": 6,
    }
    for address, count in costs.items():
        with django_assert_num_queries(count):
            assert client.get(address).status_code == 200
    actions.publish(by=ready.operator, at=SELECTING, run=run)
    matched(ready, run)
    with django_assert_num_queries(11):
        client.get("/calls/2025-npu/results/")
    client.force_login(found["2025-npu-0001"].applicant)
    with django_assert_num_queries(10):
        client.get(f"/applications/{found['2025-npu-0001'].pk}/result/")


def test_in_english_no_sentence_of_the_rooms_stays_korean(client, ready):
    rows = ready.entered(entry(1, 95), entry(2, 90), entry(3, 85, sector="public", clouds=()))
    ready.closed()
    run = published(ready)
    ready.supplied(0)
    ServerGroup.objects.filter(product="npu-60", vendor__code="vendor-a").update(capacity=1)
    matched(ready, run)
    client.force_login(ready.operator)
    client.cookies["django_language"] = "en"
    rooms = ["/selection/", "/selection/?reading=soft&spill=on&min_score=60", "/matching/", "/capacity/"]
    rooms += [f"/selection/runs/{run.pk}/", "/calls/2025-npu/results/"]
    rooms += [f"/applications/{row.pk}/result/" for row in rows.values()]
    headings = {"선정", "사업내용", "한국어"}  # of the guide, where a clause stands; of the language switch
    for address in rooms:
        shown = words(client.get(address))
        shown = re.sub(r"<script.*?</script>", "", shown, flags=re.DOTALL)
        korean = set(re.findall(r"[가-힣][가-힣 ·]*[가-힣]", shown))
        assert all("가상" in one or one in headings for one in korean), (address, korean)

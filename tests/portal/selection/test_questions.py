"""What the rooms answer before anything is stored: another share, each reading, another capacity."""

import pytest
from selecting import entry
from selection_steps import confirmed, words

from naru.codec.verification import verify
from naru.portal.audit.models import Event
from naru.portal.organisations.models import SupplierMember
from naru.portal.selection.models import RunConfirmation, SelectionRun, ServerGroup


@pytest.mark.requirement("C-05")
def test_the_share_is_a_question_too_and_needs_a_reason_to_be_kept(client, ready):
    people = [entry(n, 95 - n, sector="public") for n in range(6)]
    ready.entered(*people, *(entry(n, 60 - n) for n in range(10, 16)))
    ready.closed()
    client.force_login(ready.operator)
    assert client.get("/selection/").context["columns"][0].public == 5
    answer = client.get("/selection/", {"share": "25"})
    assert answer.context["columns"][0].public == 1
    assert "공공부문 상한 25%" in words(answer)
    refused = client.post("/selection/propose/", {"share": "25"})
    assert (refused.status_code, refused.context["refusal"].code) == (409, "relaxation_without_reason")
    client.post("/selection/propose/", {"share": "25", "reason": "전담기관 결정"})
    run = SelectionRun.objects.get()
    assert run.record["settings"]["share"] == "1/4"
    assert verify(run.record) is None
    assert "공공부문 상한 25%" in words(client.get(f"/selection/runs/{run.pk}/"))
    client.post(f"/selection/runs/{run.pk}/confirm/")
    assert RunConfirmation.objects.get().run == run


@pytest.mark.requirement("C-05")
def test_each_reading_names_who_would_enter_and_who_would_leave(client, ready):
    people = [entry(n, 95 - n, sector="public") for n in range(70)]
    ready.entered(*people, *(entry(100 + n, 20 - n) for n in range(10)))
    ready.closed()
    client.force_login(ready.operator)
    ratio, quota, soft, none = client.get("/selection/").context["columns"][0].readings
    assert (ratio.filled, ratio.enter, ratio.leave) == (19, (), ())
    assert (len(quota.enter), quota.leave) == (50, ())
    assert quota.enter[0] == "2025-npu-0009"
    assert (len(soft.enter), len(none.enter)) == (61, 61)
    assert "50곳이 들어오고 0곳이 빠집니다" in words(client.get("/selection/"))


def test_a_long_list_is_folded_around_its_cut_off_lines_and_opens(client, ready):
    ready.entered(*(entry(n, 100 - n % 50, product="npu-240") for n in range(60)))
    ready.closed()
    client.force_login(ready.operator)
    column = client.get("/selection/").context["columns"][2]
    assert (len(column.rows), column.filled) == (60, 20)
    assert [getattr(row, "rank", None) or (row.first, row.last) for row in column.folded] == [
        *range(1, 6),
        (6, 15),
        *range(16, 26),
        (26, 60),
    ]
    whole = client.get("/selection/", {"full": "npu-240", "reading": "none"}).context["columns"][2]
    assert whole.folded == list(whole.rows)
    answer = client.get("/selection/", {"reading": "none"})
    assert "?reading=none&amp;full=npu-240#npu-240" in words(answer)


def test_htmx_gets_the_answer_alone(client, ready):
    ready.many(20)
    ready.closed()
    client.force_login(ready.operator)
    answer = client.get("/selection/", {"reading": "none"}, headers={"HX-Target": "answer"})
    assert words(answer).strip().startswith('<div id="answer">')
    assert "<html" not in words(answer)
    assert "shadows" not in answer.context
    assert "HX-Target" in answer["Vary"]


@pytest.mark.requirement("R-07")
def test_another_number_is_tried_and_nothing_is_stored(client, ready):
    ready.entered(entry(1, 95), entry(2, 90, clouds=("cloud-x", "cloud-y")), entry(3, 85))
    ready.closed()
    confirmed(ready)
    client.force_login(ready.operator)
    for cloud in ("cloud-x", "cloud-y"):
        client.post("/capacity/", {"product": "npu-60", "vendor": "vendor-a", "cloud": cloud, "capacity": 1})
    group = ServerGroup.objects.get(cloud__code="cloud-x")
    before = Event.objects.count()
    answer = client.get("/matching/", {"group": group.pk, "servers": "2"})
    assert [(one.id[-1], one.kind) for one in answer.context["moves"]] == [("2", "better"), ("3", "gains")]
    assert "1곳이 서버를 얻고 0곳이 잃습니다" in words(answer)
    assert "1대 → 2대" in words(answer)
    answer = client.get("/matching/", {"group": group.pk, "servers": "0"})
    assert [(one.id[-1], one.kind) for one in answer.context["moves"]] == [("1", "worse"), ("2", "loses")]
    assert "아무도 움직이지 않습니다" in words(client.get("/matching/", {"group": group.pk, "servers": "1"}))
    assert client.get("/matching/", {"group": "999", "servers": "1"}).context["trial"].errors
    group.refresh_from_db()
    assert (group.capacity, Event.objects.count()) == (1, before)


@pytest.mark.requirement("R-07")
def test_a_denial_counts_those_who_depend_on_the_same_servers(client, ready):
    ready.entered(entry(1, 95), entry(2, 90), entry(3, 85), entry(4, 80, vendors=("vendor-a", "vendor-b")))
    ready.closed()
    confirmed(ready)
    client.force_login(ready.operator)
    for vendor, number in (("vendor-a", 2), ("vendor-b", 1)):
        client.post(
            "/capacity/", {"product": "npu-60", "vendor": vendor, "cloud": "cloud-x", "capacity": number}
        )
    table = client.get("/matching/").context["tables"][0]
    assert [place.vendor for place in table.places][2] == ""
    assert "쓸 수 없는 선정자가 3곳이고, 그 가운데 2곳이 순위가 앞섭니다" in table.places[2].proof


def test_the_capacity_page_shows_both_numbers_and_their_history(client, ready, vendor_user, cloud_user):
    suppliers = ready.suppliers()
    SupplierMember.objects.create(supplier=suppliers["vendor-a"], user=vendor_user)
    SupplierMember.objects.create(supplier=suppliers["cloud-x"], user=cloud_user)
    given = {"product": "npu-60", "vendor": "vendor-a", "cloud": "cloud-x"}
    for person, number in ((vendor_user, 9), (cloud_user, 4)):
        client.force_login(person)
        assert client.post("/capacity/", given | {"capacity": number}).status_code == 302
    answer = client.get("/capacity/")
    assert [(one.side, one.capacity, one.counts) for one in answer.context["entries"]] == [
        ("cloud", 4, 4),
        ("vendor", 9, 9),
    ]
    assert "작은 쪽" in words(answer)

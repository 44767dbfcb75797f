"""C-07: the close moved later or earlier: a new version, announced, mailed to everybody concerned, once."""

from datetime import UTC, datetime, timedelta

import pytest

from naru.domain.decision import Refused
from naru.portal.audit.models import Event
from naru.portal.calls import actions, audience, queries
from naru.portal.mail.models import Mail
from naru.portal.ui import clock

CLOSE = datetime(2025, 3, 17, 6, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def told(monkeypatch):
    """Two people to tell, one of them named twice."""
    people = [("b@example.test", "en"), ("a@example.test", "ko"), ("a@example.test", "ko")]
    monkeypatch.setattr(audience, "_providers", [lambda _call, _round: people])


def code_of(act, **given):
    with pytest.raises(Refused) as caught:
        act(**given)
    return caught.value.finding.clause, caught.value.finding.code


@pytest.mark.requirement("C-07")
def test_an_extension_is_a_new_version_announced_and_mailed_to_everybody_once(
    client, call, operator, at, told, monkeypatch
):
    """An operator extends the intake: previewed, logged, announced on the pages, mailed to applicants."""
    monkeypatch.setattr(clock, "now", lambda: at)
    client.force_login(operator)
    address = "/calls/2025-npu/rounds/1/close/"
    given = {"closes_at": "2025-03-24T15:00", "reason": "누리집 장애로 접수가 끊겼습니다."}
    preview = client.post(address, given)
    assert (preview.context["readers"], queries.current(call).number) == (2, 1)
    assert "2025년 3월 24일(월) 15:00" in preview.content.decode()
    client.post(address, given | {"closes_at": "2025-03-25T15:00", "seen": preview.context["mark"]})
    assert queries.current(call).number == 1
    client.post(address, given | {"seen": preview.context["mark"]})
    client.post(address, given | {"seen": preview.context["mark"]})
    version = queries.current(call)
    terms = queries.terms(version)
    assert (version.number, version.reason) == (2, given["reason"])
    assert [one.printed for one in terms.round("1").closes_at][1:] == ["2025년 3월 24일(월) 15:00"]
    assert terms.round("1").last_closing == CLOSE + 7 * DAY
    client.logout()
    for page in ("/", "/calls/2025-npu/"):
        assert "2025년 3월 24일(월) 15:00로 연장되었습니다" in client.get(page).content.decode()
    sent = {mail.to: mail.subject for mail in Mail.objects.all()}
    assert sent == {
        "a@example.test": "[나루] 접수 마감이 2025년 3월 24일(월) 15:00로 연장되었습니다",
        "b@example.test": "[naru] The close has been extended to Mon 24 March 2025, 15:00 KST",
    }
    assert Event.objects.filter(action="calls.extend").get().facts["told"] == 2


@pytest.mark.requirement("C-07")
def test_an_early_end_lies_between_now_and_the_close(call, operator, at, told):
    """Intake may end early, at an instant still to come, with a reason, and everybody is told."""
    given = {"by": operator, "at": at, "call": call, "round_id": "1", "reason": "조기 소진"}
    actions.end_early(closes_at=CLOSE - 2 * DAY, **given)
    one = queries.terms(queries.current(call)).round("1")
    assert (one.last_closing, len(one.closes_at)) == (CLOSE - 2 * DAY, 1)
    assert Mail.objects.filter(subject__contains="일찍 마감").count() == 1
    wrong = ("C-07", "not_an_early_end")
    for instant in (at, at - DAY, CLOSE - 2 * DAY, CLOSE):
        assert code_of(actions.end_early, closes_at=instant, **given) == wrong


@pytest.mark.requirement("C-07")
def test_every_move_of_the_close_stays_on_the_call_page_with_what_it_was_before(
    client, call, operator, at, told, monkeypatch
):
    """An early end and an extension both leave a banner: the close now, the one before, the first, why."""
    monkeypatch.setattr(clock, "now", lambda: at)
    given = {"by": operator, "at": at, "call": call, "round_id": "1"}
    assert "앞당겨졌습니다" not in client.get("/calls/2025-npu/").text
    actions.end_early(closes_at=CLOSE - 4 * DAY, reason="조기 소진", **given)
    for page in ("/", "/calls/2025-npu/"):
        shown = client.get(page).text
        assert "접수 마감이 2025년 3월 13일(목) 15:00로 앞당겨졌습니다" in shown
        assert "바꾸기 전 마감: 2025년 3월 17일(월) 15:00" in shown
        assert "처음 마감" not in shown
    actions.extend(closes_at=CLOSE + DAY, reason="장애", **given)
    actions.end_early(closes_at=CLOSE, reason="복구", **given)
    shown = client.get("/calls/2025-npu/").text
    assert "접수 마감이 2025년 3월 17일(월) 15:00로 앞당겨졌습니다" in shown
    assert "바꾸기 전 마감: 2025년 3월 18일(화) 15:00" in shown
    assert "처음 마감: 2025년 3월 17일(월) 15:00" in shown
    assert "연장되었습니다" not in shown
    client.cookies["django_language"] = "en"
    assert "The close has been moved forward to Mon 17 March 2025, 15:00" in client.get("/").text


def test_an_extension_is_later_than_the_close_and_than_now(call, operator, at, told):
    given = {"by": operator, "call": call, "round_id": "1"}
    wrong = ("C-07", "not_an_extension")
    assert code_of(actions.extend, at=at, closes_at=CLOSE, reason="x", **given) == wrong
    late = CLOSE + 3 * DAY
    assert code_of(actions.extend, at=late, closes_at=late, reason="x", **given) == wrong
    assert code_of(actions.extend, at=at, closes_at=CLOSE + DAY, reason=" ", **given)[1] != wrong[1]
    assert code_of(actions.extend, at=at, closes_at=CLOSE + DAY, reason="x", **given | {"round_id": "9"}) == (
        "C-07",
        "no_such_round",
    )
    assert not Mail.objects.exists()
    actions.extend(at=late, closes_at=late + DAY, reason="다시 엶", **given)
    assert queries.open_rounds(late)[0].round.last_closing == late + DAY


def test_four_hundred_people_are_told_in_a_few_queries(
    call, operator, at, monkeypatch, django_assert_max_num_queries
):
    people = [(f"p{n}@example.test", "ko") for n in range(400)]
    monkeypatch.setattr(audience, "_providers", [lambda _call, _round: people])
    given = {"by": operator, "at": at, "call": call, "round_id": "1", "reason": "장애"}
    with django_assert_max_num_queries(16):
        actions.extend(closes_at=CLOSE + DAY, **given)
    assert Mail.objects.count() == 400


def test_only_operators_move_it(client, call, applicant_user, auditor, operator):
    for user in (applicant_user, auditor):
        client.force_login(user)
        assert client.get("/calls/2025-npu/rounds/1/close/").status_code == 403
    client.force_login(operator)
    assert client.get("/calls/2025-npu/rounds/9/close/").status_code == 404

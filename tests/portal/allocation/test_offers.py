"""An offered place: accepted, declined, lapsed by time; it holds its place while open (L-03)."""

from datetime import UTC, datetime, timedelta

import pytest
from awarded import DAY, MATCHED, events, refused

from naru.portal.allocation import actions, queries
from naru.portal.allocation.models import Award, Offer
from naru.portal.applications.models import Application
from naru.portal.audit.models import Event
from naru.portal.calls.models import Call, FrozenQuota
from naru.portal.mail.models import Mail
from naru.portal.organisations.models import Restriction
from naru.portal.progress.models import RestrictionCase
from naru.portal.ui import clock

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("L-03")]
LATER = MATCHED + 30 * DAY
ENDS = datetime(2025, 5, 6, 9, tzinfo=UTC)  # five calendar days on, 18:00 in Seoul
SECOND = timedelta(seconds=1)


@pytest.fixture
def offer(stage):
    """One seat, two who wait, the first was offered it."""
    FrozenQuota.objects.update(seats=1)
    for number in (1, 2):
        stage.waiting(number)
    Application.objects.update(settled_at=MATCHED, announced_at=MATCHED)
    return refilled(stage).offers.get()


def refilled(stage, at=LATER):
    return actions.refill(by=stage.operator, at=at, call=stage.call)


def answering(offer, at=LATER + DAY, by=None):
    return {"by": by or offer.application.applicant, "at": at, "offer": offer}


def test_an_offer_ends_at_six_in_the_evening_of_the_fifth_day(offer):
    assert (offer.expires_at, offer.offered_at) == (ENDS, LATER)


def test_an_open_offer_holds_its_place_and_its_money(stage, offer):
    """While somebody may still answer, the place, the server and the budget are not free for others."""
    plan = queries.refill_plan(stage.call, LATER + DAY).of("npu-60")
    assert (plan.line.holders, plan.free_total) == ((1, 0), 9)
    assert [one.code for one in plan.considered] == ["NO_FREE_SERVER"]


def test_accepting_opens_the_award(offer):
    award = actions.accept_offer(**answering(offer, ENDS - SECOND))
    assert (award.application, award.source, award.state) == (offer.application, "refill", "agreement")
    assert events("allocation.accept_offer") == 1
    assert refused("offer_answered", actions.decline_offer, **answering(offer)) == "L-03"


def test_declining_passes_the_place_on_and_restricts_nobody(stage, offer):
    """Who declines never held a server: no withdrawal, no case, no restriction; the next is offered it."""
    actions.decline_offer(**answering(offer))
    counts = [model.objects.count() for model in (Award, RestrictionCase, Restriction)]
    assert counts == [0, 0, 0]
    (after,) = refilled(stage, LATER + DAY).offers.all()
    assert after.application.number == "2025-npu-0002"
    assert queries.waiting_list(stage.call, "npu-60") == []


def test_an_offer_lapses_by_time_whoever_looks(stage, offer):
    """No job ends an offer: at its instant it can no longer be accepted and its place is free."""
    before = Event.objects.count()
    assert queries.refill_plan(stage.call, ENDS - SECOND).of("npu-60").free_total == 9
    assert queries.refill_plan(stage.call, ENDS).of("npu-60").free_total == 10
    assert refused("offer_lapsed", actions.accept_offer, **answering(offer, ENDS)) == "L-03"
    assert Event.objects.count() == before
    (after,) = refilled(stage, ENDS).offers.all()
    assert after.application.number == "2025-npu-0002"


def test_only_its_own_people_answer_and_only_while_the_call_lasts(stage, offer, operator):
    assert refused("not_your_application", actions.accept_offer, **answering(offer, by=operator)) == "E-01"
    Call.objects.update(state=Call.State.ENDED)
    assert refused("call_closed", actions.accept_offer, **answering(offer)) == "L-05"


def test_the_mails_offer_remind_a_day_before_and_tell_of_the_end_once_each(stage, offer):
    names = ["allocation/offered"]
    assert list(Mail.objects.order_by("pk").values_list("name", flat=True)) == names
    assert f"/applications/{offer.application_id}/offer/" in Mail.objects.get().body
    written = [
        actions.remind_offers(by=None, at=at, call=stage.call)
        for at in (ENDS - DAY - SECOND, ENDS - DAY, ENDS - SECOND, ENDS, ENDS + DAY)
    ]
    assert written == [0, 1, 0, 1, 0]
    names += ["allocation/offer_due", "allocation/offer_lapsed"]
    assert list(Mail.objects.order_by("pk").values_list("name", flat=True)) == names
    assert events("allocation.remind_offers") == 2


def test_nobody_who_answered_is_reminded(stage, offer):
    actions.accept_offer(**answering(offer))
    assert actions.remind_offers(by=None, at=ENDS - SECOND, call=stage.call) == 0


def page_of(client, offer, monkeypatch, at=LATER + DAY):
    monkeypatch.setattr(clock, "now", lambda: at)
    client.force_login(offer.application.applicant)
    return client.get(f"/applications/{offer.application_id}/offer/").text


def test_the_page_says_until_when_and_that_nothing_follows_from_declining(client, offer, monkeypatch):
    text = page_of(client, offer, monkeypatch)
    assert "참여제한 같은 불이익은 없습니다 (L-03)" in text
    assert "5월 6일(화) 18:00" in text
    status = client.get(offer.application.get_absolute_url()).text
    assert "빈 자리를 받을지 답하십시오." in status
    answer = client.post(f"/applications/{offer.application_id}/offer/", {"answer": "accepted"})
    assert answer["Location"] == f"/applications/{offer.application_id}/agreement/"
    assert Award.objects.get().application == offer.application


def test_the_page_declines_and_ignores_what_is_no_answer(client, offer, monkeypatch):
    page_of(client, offer, monkeypatch)
    address = f"/applications/{offer.application_id}/offer/"
    assert client.post(address, {"answer": "perhaps"})["Location"] == address
    assert Offer.objects.get().answer == ""
    assert "제안을 사양했습니다" in client.post(address, {"answer": "declined"}, follow=True).text
    assert Offer.objects.get().answered_by == offer.application.applicant
    assert "[L-03]" in client.post(address, {"answer": "accepted"}, follow=True).text


def test_a_lapsed_offer_says_so_on_its_page_and_asks_nothing(client, offer, monkeypatch):
    text = page_of(client, offer, monkeypatch, ENDS)
    assert "답할 기한이 지나 제안이 끝났고" in text
    assert 'value="accepted"' not in text
    assert "빈 자리를 받을지 답하십시오." not in client.get(offer.application.get_absolute_url()).text


def test_who_waits_sees_the_place_the_last_reason_and_what_must_happen(client, offer, monkeypatch):
    """The applicant's own place on the list, why the last refill passed by, and the rules in plain words."""
    monkeypatch.setattr(clock, "now", lambda: LATER + DAY)
    second = Application.objects.get(number="2025-npu-0002")
    client.force_login(second.applicant)
    assert f'href="/applications/{second.pk}/waiting/"' in client.get(second.get_absolute_url()).text
    text = client.get(f"/applications/{second.pk}/waiting/").text
    assert "대기자 1명 가운데 1번째" in text
    assert "빈 자리가 앞선 순위로 채워졌습니다. 대기 순위는 그대로입니다. (L-03)" in text
    assert "11월 1일(토)까지" in text
    monkeypatch.setattr(clock, "now", lambda: datetime(2025, 11, 2, tzinfo=UTC))
    over = client.get(f"/applications/{second.pk}/waiting/").text
    assert "올해는 더 충원하지 않습니다" in over
    assert "자리를 받으려면" not in over
    monkeypatch.setattr(clock, "now", lambda: LATER + DAY)
    assert client.get(f"/applications/{offer.application_id}/waiting/").status_code == 404
    client.force_login(offer.application.applicant)
    assert (
        f"/applications/{offer.application_id}/offer/"
        in client.get(f"/applications/{offer.application_id}/waiting/").text
    )
    assert client.get(f"/applications/{second.pk}/offer/").status_code == 404


def test_who_was_selected_is_on_no_waiting_list(client, stage, acts, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: LATER)
    made = stage.selected(5)
    client.force_login(made.applicant)
    assert client.get(f"/applications/{made.pk}/waiting/").status_code == 404
    assert client.get(f"/applications/{made.pk}/offer/").status_code == 404

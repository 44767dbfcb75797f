"""Taking an application back: what the page and the mail say at each time, and that it is so."""

from datetime import timedelta

import pytest
from refusing import refusal

from naru.portal.applications import actions
from naru.portal.applications.models import Application, Receipt
from naru.portal.mail.models import Mail
from naru.portal.organisations.models import Restriction
from naru.portal.ui import clock

REASON = {"reason": "일정이 바뀜"}


@pytest.fixture
def page(client, submitted, applicant_user, monkeypatch):
    """page(at): the page of withdrawing at that instant, as its applicant reads it."""
    client.force_login(applicant_user)

    def read(at, language="ko"):
        monkeypatch.setattr(clock, "now", lambda: at)
        client.cookies["django_language"] = language
        return client.get(f"/applications/{submitted.pk}/withdraw/").content.decode()

    return read


def mailed():
    return Mail.objects.get(name="applications/withdrawn")


def test_before_the_close_there_is_a_way_back(client, page, submitted, applicant_user, closing):
    before = closing - timedelta(hours=1)
    told = page(before)
    assert "마감(2025년 3월 17일(월) 15:00) 전까지 고쳐서 다시 제출할 수 있고 접수번호는 그대로" in told
    assert "다시 제출하지 않으면 접수되지 않은 신청이 됩니다" in told
    client.post(f"/applications/{submitted.pk}/withdraw/", REASON)
    mail = mailed()
    assert (mail.to, mail.about) == (applicant_user.email, f"applications.application:{submitted.pk}")
    assert "15:00:00.000 (한국시간) 전까지 고쳐서 다시 제출할 수 있고" in mail.body
    actions.submit(by=applicant_user, at=before, application=submitted, key="again")
    assert list(Receipt.objects.order_by("revision").values_list("number", "revision")) == [
        (submitted.number, 1),
        (submitted.number, 2),
    ]


def test_after_the_close_there_is_none(client, page, submitted, applicant_user, closing):
    told = page(closing)
    assert "접수가 마감되어 다시 제출할 수 없습니다 (A-03)." in told
    assert "이번 심사와 평가에서 빠지며 되돌릴 수 없습니다." in told
    assert "고쳐서 다시 제출할 수 있고" not in told
    client.post(f"/applications/{submitted.pk}/withdraw/", REASON)
    body = mailed().body
    assert "접수가 마감되어 다시 제출할 수 없습니다. 이번 심사와 평가에서 빠집니다." in body
    assert "고쳐서" not in body
    given = {"by": applicant_user, "at": closing, "application": submitted, "key": "again"}
    assert refusal(actions.submit, **given) == ("A-03", "intake_closed")
    status = client.get(f"/applications/{submitted.pk}/").content.decode()
    assert "철회했습니다. 접수가 마감되어 다시 제출할 수 없습니다." in status


@pytest.mark.parametrize("hours", [-1, 0])
def test_before_the_selection_no_restriction_follows(client, page, submitted, closing, hours):
    told = page(closing + timedelta(hours=hours))
    assert "철회했다고 참여제한을 받지는 않습니다 (L-03)." in told
    client.post(f"/applications/{submitted.pk}/withdraw/", REASON)
    assert "철회했다고 참여제한을 받지는 않습니다 (L-03)." in mailed().body
    assert not Restriction.objects.exists()


def test_once_the_selection_is_confirmed_the_page_says_where_to_give_up(client, page, submitted, closing):
    at = closing + timedelta(days=10)
    Application.objects.filter(pk=submitted.pk).update(settled_at=at)
    told = page(at)
    assert "선정이 확정되어 신청을 철회할 수 없습니다." in told
    assert "서버를 배정받았으면 상태 화면의 중도포기에서" in told
    assert "<textarea" not in told
    client.post(f"/applications/{submitted.pk}/withdraw/", REASON)
    assert (Application.objects.get().state, Mail.objects.filter(name="applications/withdrawn").count()) == (
        "submitted",
        0,
    )


def test_what_was_never_handed_in_is_not_taken_back(client, draft, applicant_user, at):
    given = {"by": applicant_user, "at": at, "application": draft, "reason": "그만둠"}
    assert refusal(actions.withdraw, **given) == ("L-03", "nothing_to_withdraw")
    client.force_login(applicant_user)
    assert (
        "아직 제출하지 않은 신청입니다." in client.get(f"/applications/{draft.pk}/withdraw/").content.decode()
    )


def test_it_is_said_in_english_too(page, closing):
    assert "Until the close (Mon 17 March 2025, 15:00 KST) you may change it" in page(
        closing - timedelta(hours=1), "en"
    )
    assert "Intake is closed, so it cannot be submitted again (A-03)." in page(closing, "en")
    assert "no restriction follows from withdrawing (L-03)" in page(closing, "en")


def test_the_consents_are_one_step_from_the_status_and_the_content(client, submitted, applicant_user):
    client.force_login(applicant_user)
    link = f'href="/applications/{submitted.pk}/consents/"'
    for path in ("", "content/"):
        assert link in client.get(f"/applications/{submitted.pk}/{path}").content.decode()
    assert client.get(f"/applications/{submitted.pk}/consents/").status_code == 200

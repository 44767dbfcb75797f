"""The second factor: nothing of a staff room without it, and how it is put on, passed, taken off and lost."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.test import Client
from every_page import addresses, busy, people
from small_world import World
from spent import spent

from naru.portal.accounts import actions, encryption
from naru.portal.accounts.models import User
from naru.portal.audit.models import Event
from naru.portal.mail.models import Mail

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
STAFF = {"operator", "auditor", "reviewer", "vendor", "cloud", "rival"}


@pytest.fixture(autouse=True)
def _fresh_limits(db):
    cache.clear()


def code(secret=SECRET, step=0):
    """What an app shows: for the last, this or the next thirty seconds."""
    now = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, now[1] + step))


def wrong():
    good = {code(step=step) for step in (-2, -1, 0, 1, 2)}
    return next(f"{number:06d}" for number in range(10) if f"{number:06d}" not in good)


def enrolled(user, at):
    actions.enrol_second_factor(by=user, at=at, secret=SECRET)
    return user


def log_in(user, client=None):
    client = client or Client()
    answer = client.post("/accounts/login/", {"login": user.email, "password": "naru-test-pw"})
    return client, answer


def test_no_page_opens_to_staff_who_gave_only_the_password(settings, tmp_path):
    """Every address of the URL configuration, every staff role, GET and POST: none is reached."""
    settings.MEDIA_ROOT = tmp_path
    world = busy(World(), settings)
    everybody, reached = people(world), []
    for who in sorted(STAFF):
        client = Client()
        client.force_login(everybody[who], backend=settings.AUTHENTICATION_BACKENDS[1])
        for _name, address in addresses(world):
            if address.startswith(("/accounts/", "/i18n/")):
                continue
            for method in (client.get, client.post):
                answer = method(address)
                spent(answer)
                if answer.status_code != 302 or not answer.url.startswith("/accounts/2fa/totp/activate/"):
                    reached.append((who, address, answer.status_code))
    assert reached == []


def test_on_the_account_pages_a_role_gives_no_power_before_the_second_factor(operator, settings):
    client = Client()
    client.force_login(operator, backend=settings.AUTHENTICATION_BACKENDS[1])
    page = client.get("/accounts/")
    assert page.status_code == 200
    assert page.wsgi_request.user.roles == {"applicant"}
    assert "/console/" not in page.content.decode()


def test_an_applicant_needs_none(applicant_user, settings, django_assert_num_queries):
    client = Client()
    client.force_login(applicant_user, backend=settings.AUTHENTICATION_BACKENDS[1])
    client.get("/applications/")  # notes that the session is in use
    with django_assert_num_queries(4):  # session, person with roles, applications, invitations: none for this
        assert client.get("/applications/").status_code == 200


def test_a_role_granted_during_a_session_asks_at_the_next_page(applicant_user, operator, at):
    client, _answer = log_in(applicant_user)
    assert client.get("/applications/").status_code == 200
    actions.grant_role(by=operator, at=at, user=applicant_user, role="reviewer")
    answer = client.get("/applications/?page=2")
    assert answer.url == "/accounts/2fa/totp/activate/?next=%2Fapplications%2F%3Fpage%3D2"
    answer = client.get("/applications/", headers={"hx-request": "true"})
    assert answer.headers["HX-Redirect"].startswith("/accounts/2fa/totp/activate/")


def test_the_first_log_in_of_staff_leads_to_an_app_recovery_codes_and_the_page_wanted(reviewer):
    client, answer = log_in(reviewer)
    assert answer.url == "/home/"
    answer = client.get("/evaluation/mine/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/accounts/2fa/totp/activate/")
    secret = re.search(r'id="authenticator_secret">([A-Z2-7]+)<', answer.content.decode())[1]
    refused = client.post("/accounts/2fa/totp/activate/", {"code": wrong()})
    assert refused.context["form"].errors.as_data()["code"][0].code == "incorrect_code"
    answer = client.post("/accounts/2fa/totp/activate/", {"code": code(secret)})
    assert answer.url == "/accounts/2fa/recovery-codes/"
    page = client.get(answer.url)
    assert len(page.context["codes"]) == 10
    assert page.context["following"] == "/evaluation/mine/"
    assert client.get(answer.url).context["codes"] == []  # shown once
    assert client.get("/evaluation/mine/").status_code == 200
    assert Mail.objects.get().name == "second_factor_on"
    assert Event.objects.filter(action="accounts.enrol_second_factor", actor=reviewer.pk).count() == 1


def test_staff_log_in_with_a_code_that_works_once(reviewer, at):
    enrolled(reviewer, at)
    client, answer = log_in(reviewer)
    assert answer.url == "/accounts/2fa/authenticate/"
    assert client.get("/evaluation/mine/").url.startswith("/accounts/login/")  # the password opened nothing
    answer = client.post("/accounts/2fa/authenticate/", {"code": wrong()})
    assert "코드가 맞지 않습니다" in answer.content.decode()
    used = code()
    assert client.post("/accounts/2fa/authenticate/", {"code": used}).url == "/home/"
    assert client.get("/evaluation/mine/").status_code == 200
    other, _answer = log_in(reviewer)
    assert other.post("/accounts/2fa/authenticate/", {"code": used}).status_code == 200
    cache.delete(f"allauth.mfa.totp.used?user={reviewer.pk}&code={used}")  # allauth forgets it after 30 s
    assert other.post("/accounts/2fa/authenticate/", {"code": used}).status_code == 200
    assert other.get("/evaluation/mine/").status_code == 302


def test_a_recovery_code_stands_in_once_for_a_lost_phone(reviewer, at):
    enrolled(reviewer, at)
    kept = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[3]
    client, _answer = log_in(reviewer)
    assert client.post("/accounts/2fa/authenticate/", {"code": kept}).url == "/home/"
    assert client.get("/accounts/2fa/").context["codes"] == 9
    again, _answer = log_in(reviewer)
    assert again.post("/accounts/2fa/authenticate/", {"code": kept}).status_code == 200


def test_guessing_codes_ends_after_five(reviewer, at):
    enrolled(reviewer, at)
    client, _answer = log_in(reviewer)
    for _ in range(5):
        client.post("/accounts/2fa/authenticate/", {"code": wrong()})
    answer = client.post("/accounts/2fa/authenticate/", {"code": code()})
    assert answer.status_code == 200
    assert client.get("/evaluation/mine/").status_code == 302


def test_a_session_from_before_the_enrolment_is_over(applicant_user, at):
    old, _answer = log_in(applicant_user)
    assert old.get("/accounts/").status_code == 200
    enrolled(applicant_user, at)
    assert old.get("/accounts/").status_code == 302


def test_the_password_alone_takes_no_second_factor_off(reviewer, at, settings):
    enrolled(reviewer, at)
    client = Client()
    client.force_login(reviewer, backend=settings.AUTHENTICATION_BACKENDS[1])
    for page in ("totp/deactivate/", "recovery-codes/", "recovery-codes/generate/"):
        for method in (client.get, client.post):
            assert method(f"/accounts/2fa/{page}").url.startswith("/accounts/2fa/reauthenticate/")
    assert Authenticator.objects.filter(user=reviewer).count() == 2
    assert client.get("/evaluation/mine/").url.startswith("/accounts/2fa/reauthenticate/?next=")
    client.post("/accounts/2fa/reauthenticate/?next=/evaluation/mine/", {"code": code()})
    assert client.get("/evaluation/mine/").status_code == 200


def test_switching_it_off_shuts_the_staff_rooms_again(client, reviewer, at):
    enrolled(reviewer, at)
    client.force_login(reviewer)
    assert client.post("/accounts/2fa/totp/deactivate/").url == "/accounts/2fa/"
    assert Authenticator.objects.count() == 0
    assert client.get("/evaluation/mine/").url.startswith("/accounts/2fa/totp/activate/")
    assert Mail.objects.filter(name="second_factor_off").count() == 1


def test_new_recovery_codes_end_the_old_ones(client, reviewer, at):
    enrolled(reviewer, at)
    old = set(Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes())
    client.force_login(reviewer)
    answer = client.post("/accounts/2fa/recovery-codes/generate/", follow=True)
    assert len(answer.context["codes"]) == 10
    assert old.isdisjoint(answer.context["codes"])


def test_an_old_log_in_asks_again_before_the_second_factor_is_touched(client, applicant_user):
    client.force_login(applicant_user)
    session = client.session
    for row in session["account_authentication_methods"]:
        row["at"] -= 301
    session.save()
    assert client.get("/accounts/2fa/totp/activate/").url.startswith("/accounts/reauthenticate/?next=")


def test_secrets_stand_encrypted_and_survive_a_change_of_key(reviewer, at, settings):
    enrolled(reviewer, at)
    stored = Authenticator.objects.get(type="totp").data["secret"]
    assert SECRET not in stored
    assert encryption.decrypt(stored) == SECRET
    before = settings.SECRET_KEY
    settings.SECRET_KEY = "another key"
    with pytest.raises(ImproperlyConfigured, match="NARU_SECRET_KEY_FALLBACKS"):
        encryption.decrypt(stored)
    settings.SECRET_KEY_FALLBACKS = [before]
    assert encryption.decrypt(stored) == SECRET


def test_an_operator_resets_a_lost_factor_of_somebody_else(client, operator, reviewer, at):
    enrolled(reviewer, at)
    theirs, _answer = log_in(reviewer)
    theirs.post("/accounts/2fa/authenticate/", {"code": code()})
    client.force_login(operator)
    address = f"/people/{reviewer.pk}/reset-factor/"
    assert "reason" in client.post(address, {"reason": " "}).context["form"].errors
    assert client.post(address, {"reason": "등록된 전화번호로 통화함"}).url == f"/people/{reviewer.pk}/"
    assert Authenticator.objects.count() == 0
    assert theirs.get("/evaluation/mine/").url.startswith("/accounts/login/")
    event = Event.objects.get(action="accounts.reset_second_factor")
    assert (event.actor_id, event.subject_id, event.facts["removed"]) == (operator.pk, str(reviewer.pk), 2)
    assert "통화" not in str(event.facts)
    assert Mail.objects.filter(name="second_factor_reset", to=reviewer.email).count() == 1


def test_nobody_resets_the_own_factor_and_nothing_is_reset_twice(operator, reviewer, at):
    enrolled(operator, at)
    with pytest.raises(ValidationError, match="다른 운영자"):
        actions.reset_second_factor(by=operator, at=at, user=operator, reason="가상")
    with pytest.raises(ValidationError, match="쓰고 있지 않습니다"):
        actions.reset_second_factor(by=operator, at=at, user=reviewer, reason="가상")
    with pytest.raises(ValidationError, match="이미 등록"):
        actions.enrol_second_factor(by=operator, at=at, secret=SECRET)
    with pytest.raises(ValidationError, match="먼저"):
        actions.renew_recovery_codes(by=reviewer, at=at)
    assert User.objects.count() == 2

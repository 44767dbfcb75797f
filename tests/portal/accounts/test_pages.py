"""Log in, log out, sign up with a confirmed address, and the language switch."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client

from naru.portal.accounts.models import User
from naru.portal.audit.models import Event
from naru.portal.mail.models import Mail

PASSWORD = "ferry-landing-7"
ANSWERS = {"name": "김나루", "email": "Kim@Example.test", "password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture(autouse=True)
def _fresh_limits(db):
    cache.clear()


def signed_in(client):
    return "_auth_user_id" in client.session


def link(mail):
    return re.search(r"http://127\.0\.0\.1:8000(/\S+)", mail.body)[1]


def test_log_in_by_email_and_out_again(client, applicant_user):
    form = {"login": "APPLICANT@example.test", "password": "naru-test-pw", "next": "/applications/"}
    answer = client.post("/accounts/login/", form)
    assert (answer.status_code, answer.url) == (302, "/applications/")
    assert client.get("/applications/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/applications/").status_code == 302


def test_wrong_password_is_refused(client, operator):
    answer = client.post("/accounts/login/", {"login": "operator@example.test", "password": "wrong"})
    assert answer.status_code == 200
    assert "이메일 또는 비밀번호가 맞지 않습니다." in answer.content.decode()
    assert not signed_in(client)


def test_an_address_nobody_has_is_refused_with_the_same_words(client, operator):
    pages = [
        client.post("/accounts/login/", {"login": login, "password": "wrong"}).context["form"].errors
        for login in ("operator@example.test", "nobody@example.test")
    ]
    assert pages[0] == pages[1]


def test_the_session_of_before_the_log_in_is_not_the_one_of_after(client, applicant_user):
    client.get("/accounts/login/")
    client.post("/i18n/setlang/", {"language": "ko", "next": "/"})
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    before = client.cookies["sessionid"].value
    client.post("/accounts/login/", {"login": "applicant@example.test", "password": "naru-test-pw"})
    assert client.cookies["sessionid"].value != before
    assert Client().get("/accounts/", headers={"cookie": f"sessionid={before}"}).status_code == 302


def test_five_wrong_passwords_close_the_account_for_a_while_from_anywhere(client, applicant_user):
    for number in range(5):
        client.post(
            "/accounts/login/",
            {"login": "applicant@example.test", "password": f"wrong {number}"},
            REMOTE_ADDR=f"198.51.100.{number}",
        )
    form = {"login": "applicant@example.test", "password": "naru-test-pw"}
    answer = client.post("/accounts/login/", form, REMOTE_ADDR="198.51.100.77")
    assert "잠시 막혔습니다" in answer.content.decode()
    assert not signed_in(client)


def test_one_address_may_not_try_everybodys_password(client, applicant_user, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    proxied = {"REMOTE_ADDR": "10.0.0.1", "headers": {"x-forwarded-for": "203.0.113.9, 198.51.100.1"}}
    for number in range(10):
        client.post("/accounts/login/", {"login": f"p{number}@example.test", "password": "x"}, **proxied)
    form = {"login": "applicant@example.test", "password": "naru-test-pw"}
    assert "잠시 막혔습니다" in client.post("/accounts/login/", form, **proxied).content.decode()
    others = proxied | {"headers": {"x-forwarded-for": "203.0.113.9, 198.51.100.2"}}
    assert client.post("/accounts/login/", form, **others).status_code == 302  # the proxy named another


def test_logging_out_needs_a_post(client, operator):
    client.force_login(operator)
    assert client.get("/accounts/logout/").status_code == 200
    assert client.get("/audit/").status_code == 200


def test_a_post_without_its_token_is_refused(applicant_user):
    strict = Client(enforce_csrf_checks=True)
    form = {"login": "applicant@example.test", "password": "naru-test-pw"}
    assert strict.post("/accounts/login/", form).status_code == 403


def test_signing_up_then_opening_the_link_logs_in(client):
    answer = client.post("/accounts/signup/", ANSWERS)
    assert (answer.status_code, answer.url) == (302, "/accounts/confirm-email/")
    user = User.objects.get()
    assert (user.email, user.name, user.roles) == ("kim@example.test", "김나루", {"applicant"})
    assert not signed_in(client)
    mail = Mail.objects.get()
    assert (mail.name, mail.to, mail.language) == ("confirm_address", "kim@example.test", "ko")
    assert mail.subject == "[나루] 이메일을 확인해 주십시오"
    assert client.get(link(mail)).status_code == 200
    assert not EmailAddress.objects.get().verified  # a mail scanner that opens links confirms nothing
    answer = client.post(link(mail))
    assert (answer.status_code, answer.url) == (302, "/home/")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert EmailAddress.objects.get().verified
    assert [event.action for event in Event.objects.order_by("number")] == [
        "accounts.create_user",
        "accounts.confirm_address",
    ]


def test_an_unconfirmed_address_does_not_log_in_and_gets_the_mail_again(client):
    client.post("/accounts/signup/", ANSWERS)
    cache.clear()  # three minutes later
    other = Client()
    answer = other.post("/accounts/login/", {"login": "kim@example.test", "password": PASSWORD})
    assert (answer.status_code, answer.url) == (302, "/accounts/confirm-email/")
    assert not signed_in(other)
    assert Mail.objects.filter(name="confirm_address").count() == 2


def test_the_link_opened_elsewhere_confirms_but_logs_nobody_in(client):
    client.post("/accounts/signup/", ANSWERS)
    other = Client()
    answer = other.post(link(Mail.objects.get()))
    assert (answer.status_code, answer.url) == (302, "/accounts/login/")
    assert not signed_in(other)
    assert EmailAddress.objects.get().verified


def test_mail_is_in_the_language_of_the_page_where_one_signed_up(client):
    client.cookies["django_language"] = "en"
    client.post("/accounts/signup/", ANSWERS)
    mail = Mail.objects.get()
    assert (mail.language, User.objects.get().language) == ("en", "en")
    assert mail.subject == "[naru] Please confirm your e-mail address"
    assert not re.search("[가-힣]", mail.body.replace("김나루", ""))


def test_a_taken_address_makes_no_second_account_and_is_not_given_away(client, applicant_user):
    taken = client.post("/accounts/signup/", ANSWERS | {"email": "applicant@example.test"})
    assert User.objects.count() == 1
    free = Client().post("/accounts/signup/", ANSWERS)
    assert (taken.status_code, taken.url) == (free.status_code, free.url)
    mail = Mail.objects.get(to="applicant@example.test")
    assert (mail.name, link(mail)) == ("account_exists", "/accounts/password/reset/")


@pytest.mark.parametrize("password", ["short-7", "1234567890", "kim@example.test"])
def test_a_weak_password_is_refused(client, password):
    answer = client.post("/accounts/signup/", ANSWERS | {"password1": password, "password2": password})
    assert "password1" in answer.context["form"].errors
    assert User.objects.count() == 0


@pytest.mark.parametrize(("language", "word"), [("ko", "로그인"), ("en", "Log in")])
def test_language_switch(client, language, word):
    client.post("/i18n/setlang/", {"language": language, "next": "/accounts/login/"})
    page = client.get("/accounts/login/").content.decode()
    assert re.search(rf"<h1[^>]*>\s*{word}\s*<", page)


def test_browser_may_load_only_our_own_files(client):
    policy = client.get("/accounts/login/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy

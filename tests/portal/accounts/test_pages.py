"""Log in, log out, sign up, and the language switch."""

import re

import pytest

from naru.portal.accounts.models import User
from naru.portal.audit.models import Event


def test_log_in_by_email_and_out_again(client, operator):
    answer = client.post(
        "/accounts/login/", {"login": "OPERATOR@example.test", "password": "naru-test-pw", "next": "/audit/"}
    )
    assert (answer.status_code, answer.url) == (302, "/audit/")
    assert client.get("/audit/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/audit/").status_code == 302


def test_wrong_password_is_refused(client, operator):
    answer = client.post("/accounts/login/", {"login": "operator@example.test", "password": "wrong"})
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert "_auth_user_id" not in client.session


def test_logging_out_needs_a_post(client, operator):
    client.force_login(operator)
    assert client.get("/accounts/logout/").status_code == 200
    assert client.get("/audit/").status_code == 200


def test_signing_up_is_the_same_action(client, db):
    answers = {
        "name": "김나루",
        "email": "kim@example.test",
        "password1": "ferry-landing-7",
        "password2": "ferry-landing-7",
    }
    assert client.post("/accounts/signup/", answers).status_code == 302
    user = User.objects.get()
    assert (user.email, user.name, user.roles) == ("kim@example.test", "김나루", {"applicant"})
    assert client.session["_auth_user_id"] == str(user.pk)
    assert [event.action for event in Event.objects.all()] == ["accounts.create_user"]


def test_a_taken_address_makes_no_second_account(client, applicant_user):
    answers = {
        "name": "둘째",
        "email": "applicant@example.test",
        "password1": "ferry-landing-7",
        "password2": "ferry-landing-7",
    }
    client.post("/accounts/signup/", answers)
    assert User.objects.count() == 1


@pytest.mark.parametrize(("language", "word"), [("ko", "로그인"), ("en", "Log in")])
def test_language_switch(client, db, language, word):
    client.post("/i18n/setlang/", {"language": language, "next": "/accounts/login/"})
    page = client.get("/accounts/login/").content.decode()
    assert re.search(rf"<h1[^>]*>\s*{word}\s*<", page)


def test_browser_may_load_only_our_own_files(client, db):
    policy = client.get("/accounts/login/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy

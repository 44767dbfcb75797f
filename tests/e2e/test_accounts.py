"""Accounts in a real browser: sign up and confirm, enrol, log in with a code, lose the phone, every page."""

import re
import time

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.urls import URLPattern, get_resolver
from simulated_year import INTAKE, person

from naru.portal.accounts import actions
from naru.portal.accounts.models import User
from naru.portal.mail.models import Mail

PASSWORD = "naru-test-pw"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

# What a person of each kind sees at each address under /accounts/: a page, or a way to another one.
SEES = {
    "visitor": "account_login account_signup account_inactive account_email_verification_sent "
    "account_reset_password account_reset_password_done account_reset_password_from_key "
    "account_reset_password_from_key_done account_confirm_email",
    "signed in": "account_home account_email account_change_password account_logout "
    "usersessions_list mfa_index account_inactive account_email_verification_sent account_reset_password "
    "account_reset_password_done account_reset_password_from_key_done account_confirm_email "
    "account_reset_password_from_key",
    "applicant": "account_reauthenticate mfa_activate_totp",
    "operator": "mfa_deactivate_totp mfa_view_recovery_codes mfa_generate_recovery_codes mfa_reauthenticate",
}
ONLY_A_WAY = "account_end_sessions account_set_password account_confirm_login_code mfa_authenticate"


def code(secret, step=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def link(name):
    mail = Mail.objects.filter(name=name).latest("pk")
    return re.search(r"http://127\.0\.0\.1:8000(/\S+)", mail.body)[1]


def logged_in(desk, user):
    desk.go("/accounts/login/").fill(login=user.email, password=PASSWORD)
    return desk.press("로그인")


def test_from_sign_up_to_the_first_page_by_the_link_in_the_mail(seat):
    desk = seat(None)
    desk.go("/accounts/login/").press("회원가입")
    answers = {"name": "김나루", "email": "Kim@Example.test", "password1": "short", "password2": "short"}
    desk.fill(**answers).press("회원가입").says("입력한 내용을 다시 확인해 주세요")
    strong = {"password1": "ferry-landing-7", "password2": "ferry-landing-7"}
    desk.fill(**strong).press("회원가입").says("메일을 확인하십시오")
    assert desk.violations() == []
    desk.go(link("confirm_address")).says("kim@example.test").press("확인")
    assert desk.page.locator(".account-name").inner_text() == "김나루"
    assert EmailAddress.objects.get(email="kim@example.test").verified


def test_staff_enrol_log_in_with_a_code_and_with_a_recovery_code(seat, world):
    reviewer = world.reviewers[0]
    desk = logged_in(seat(None, 390), reviewer)
    assert desk.path.startswith("/accounts/2fa/totp/activate/")
    assert desk.violations() == []
    secret = desk.page.inner_text("#authenticator_secret")
    desk.fill(code="000000" if code(secret) != "000000" else "000001").press("켜기").says(
        "코드가 맞지 않습니다"
    )
    secret = desk.page.inner_text("#authenticator_secret")
    desk.fill(code=code(secret)).press("켜기").says("이 코드는 지금 한 번만 보입니다")
    assert desk.violations() == []
    codes = desk.page.locator(".recovery-codes code").all_inner_texts()
    with desk.page.expect_download() as loading:
        desk.page.get_by_role("link", name="내려받기").click()
    assert loading.value.path().read_text().split() == codes
    desk.press("보관했습니다. 하던 일로")
    assert desk.path == "/evaluation/mine/"
    desk.press("로그아웃", "header")
    logged_in(desk, reviewer).says("비밀번호는 맞습니다")
    assert desk.violations() == []
    assert desk.open("/evaluation/mine/").url.endswith("/accounts/2fa/authenticate/")
    desk.fill(code=code(secret, step=1)).press("로그인")
    assert desk.path == "/evaluation/mine/"
    desk.press("로그아웃", "header")
    logged_in(desk, reviewer)
    desk.fill(code=codes[0]).press("로그인")
    assert desk.path == "/evaluation/mine/"
    assert desk.go("/accounts/2fa/").says("쓸 수 있는 코드가 9개 남았습니다.")


def test_a_stolen_password_of_staff_opens_nothing(seat, world):
    operator = world.operator
    actions.enrol_second_factor(by=operator, at=INTAKE, secret=SECRET)
    desk = logged_in(seat(None), operator)
    for _ in range(5):
        desk.fill(code="not-it").press("로그인")
    desk.fill(code=code(SECRET)).press("로그인").says("잠시 막혔습니다")
    for page in ("/console/", "/people/", "/accounts/", "/accounts/email/", "/accounts/2fa/totp/deactivate/"):
        assert desk.open(page).url.endswith(("/accounts/2fa/authenticate/", f"/accounts/login/?next={page}"))
    assert Authenticator.objects.filter(user=operator).count() == 2


def test_an_address_is_changed_when_the_new_one_is_confirmed(seat, world):
    user = person("mover")
    desk = logged_in(seat(None), user)
    desk.go("/accounts/email/").fill(email="Moved@Example.test").press("확인 메일 보내기")
    desk.says("바꿀 주소를 아직 확인하지 않았습니다", "moved@example.test")
    assert desk.violations() == []
    user.refresh_from_db()
    assert user.email == "mover@mover.test"
    desk.go(link("confirm_address")).press("확인")
    user.refresh_from_db()
    assert user.email == "moved@example.test"
    assert list(EmailAddress.objects.filter(user=user).values_list("email", "verified", "primary")) == [
        ("moved@example.test", True, True)
    ]
    assert Mail.objects.get(name="address_changed").to == "mover@mover.test"


def test_a_forgotten_password_is_set_anew_and_other_devices_are_logged_out(seat, world):
    user = person("forgetful")
    other = logged_in(seat(None, 390), user)
    desk = seat(None)
    desk.go("/accounts/login/").press("비밀번호를 잊으셨습니까?").fill(email=user.email).press("메일 보내기")
    desk.go(link("password_reset")).fill(password1="new-ferry-pw-9", password2="new-ferry-pw-9")
    desk.press("비밀번호 정하기").says("비밀번호를 정했습니다")
    assert "/accounts/login/" in other.open("/applications/").url
    assert Mail.objects.filter(name="password_changed", to=user.email).count() == 1


def test_devices_are_listed_and_ended_one_by_one(seat, world):
    user = person("everywhere")
    first, second = logged_in(seat(None), user), logged_in(seat(None, 390), user)
    first.go("/accounts/sessions/").says("지금 이 기기", "Chrome")
    assert first.violations() == []
    first.press("로그아웃시키기").says("로그아웃시켰습니다")
    assert first.page.get_by_role("button", name="로그아웃시키기").count() == 0
    assert "/accounts/login/" in second.open("/applications/").url
    first.go("/applications/")


def _account_patterns(patterns, *, inside=False):
    for one in patterns:
        if isinstance(one, URLPattern):
            if inside:
                yield one
        else:
            yield from _account_patterns(one.url_patterns, inside=inside or str(one.pattern) == "accounts/")


def _addresses(user):
    """name -> address of everything under /accounts/; links of mails are made for `user`."""
    pending = EmailAddress.objects.create(user=user, email="pending@example.test")
    reset = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    special = {
        "account_confirm_email": f"confirm-email/{EmailConfirmationHMAC(pending).key}/",
        "account_reset_password_from_key": f"password/reset/key/{reset}/",
    }
    return {
        one.name: "/accounts/" + special.get(one.name, str(one.pattern))
        for one in _account_patterns(get_resolver().url_patterns)
    }


@pytest.mark.parametrize(("width", "language"), [(1280, "ko"), (390, "ko"), (390, "en")])
def test_every_account_page_is_whole_and_accessible(seat, world, width, language):
    operator, applicant = world.operator, person("looker")
    actions.enrol_second_factor(by=operator, at=INTAKE, secret=SECRET)
    addresses = _addresses(User.objects.create(email="new@example.test", name="새 사람", joined_at=INTAKE))
    assert addresses.keys() == {name for names in SEES.values() for name in names.split()} | {
        *ONLY_A_WAY.split()
    }
    everybody = {"visitor": None, "applicant": applicant, "operator": operator}
    found = {}
    for who, user in everybody.items():
        names = SEES[who].split() + (SEES["signed in"].split() if user else [])
        # these two log out whoever is not meant by them, so they are looked at last
        last = {"account_confirm_email", "account_reset_password_from_key"}
        for name in sorted(names, key=lambda one: (one in last, one)):
            cache.clear()
            desk = seat(user, width, language)
            answer = desk.open(addresses[name])
            wrong = [] if answer.status == 200 else [f"status {answer.status}"]
            if name not in last and not desk.path.startswith(addresses[name]):
                wrong.append(f"led to {desk.path}")
            wrong += desk.violations() + desk.wrong
            wide = desk.page.evaluate("document.documentElement.scrollWidth")
            wrong += [f"{wide} px wide"] if wide > width else []
            if language == "en" and re.search("[가-힣]", desk.text.replace("새 사람", "")):
                wrong.append(f"Korean: {re.findall('[가-힣].*', desk.text)[:3]}")
            desk.wrong.clear()
            if wrong:
                found[who, name] = wrong
    assert found == {}

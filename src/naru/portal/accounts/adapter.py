"""How allauth works here: acts are our actions, mail is rows of the outbox, secrets are encrypted."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from naru.portal.accounts import actions, encryption, seen
from naru.portal.accounts.models import User
from naru.portal.mail import outbox
from naru.portal.ui import clock

MAILS = {  # allauth's name of a mail -> ours, and where in its context the link stands
    "account/email/email_confirmation_signup": ("confirm_address", "activate_url"),
    "account/email/email_confirmation": ("confirm_address", "activate_url"),
    "account/email/password_reset_key": ("password_reset", "password_reset_url"),
    "account/email/account_already_exists": ("account_exists", "password_reset_url"),
    "account/email/unknown_account": ("account_unknown", "signup_url"),
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Signing up, confirming an address and changing a password are actions, each with its audit event."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("이메일 또는 비밀번호가 맞지 않습니다."),
        "too_many_login_attempts": _("잘못된 시도가 많아 잠시 막혔습니다. 5분 뒤에 다시 시도하십시오."),
        "enter_current_password": _("지금 쓰는 비밀번호가 아닙니다. 다시 입력하십시오."),
        "incorrect_password": _("비밀번호가 맞지 않습니다."),
        "rate_limited": _("요청이 너무 많습니다. 잠시 뒤에 다시 시도하십시오."),
        "duplicate_email": _("이미 이 계정의 이메일입니다."),
    }

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:  # noqa: ARG002, FBT001, FBT002 - allauth's signature
        """The user made from the sign-up form; `user` (unsaved) is allauth's and is filled from ours."""
        answers = form.cleaned_data
        made = actions.create_user(
            by=None,
            at=clock.now(),
            email=answers["email"],
            name=answers["name"],
            password=answers["password1"],
            language=_language(),
        )
        user.__dict__.update(made.__dict__)
        return user

    def login(self, request: HttpRequest, user: User) -> None:
        """A new session; it was seen just now."""
        super().login(request, user)
        seen.mark(request)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """The link of the mail was opened by the owner of the address."""
        try:
            actions.confirm_address(by=email_address.user, at=clock.now(), address=email_address)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return False
        messages.success(request, _("이메일을 확인했습니다."))
        return True

    def set_password(self, user: User, password: str) -> None:
        """A changed or reset password."""
        actions.change_password(by=user, at=clock.now(), password=password)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the outbox row of one of allauth's mails, in the language of its reader."""
        name, link = MAILS[template_prefix]
        user = context.get("user") or User.objects.filter(email=email).first()
        with transaction.atomic():
            outbox.put(
                to=email,
                language=user.language if user else _language(),
                name=name,
                context={"user": user, "path": urlsplit(context[link]).path},
                at=clock.now(),
                about=user,
            )

    def send_notification_mail(self, *_args: Any, **_named: Any) -> None:
        """Nothing: what is told of an act is written by the act."""

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, str]]:
        """Whoever has a second factor gives a code: the password may be in other hands."""
        methods: list[dict[str, str]] = super().get_reauthentication_methods(user)
        return [one for one in methods if one["id"] == "mfa_reauthenticate"] or methods


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """Secrets stand encrypted in the database."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("코드가 맞지 않습니다. 앱에 지금 보이는 여섯 자리를 입력하십시오."),
    }

    def encrypt(self, text: str) -> str:
        """See `encryption`."""
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """See `encryption`."""
        return encryption.decrypt(encrypted_text)


def _language() -> str:
    """The language of the page the person is looking at."""
    return (get_language() or "ko").partition("-")[0]

"""What a person types about an account."""

from typing import Any

from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import ResetPasswordForm as AllauthResetPasswordForm
from allauth.account.forms import SignupForm as AllauthSignupForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm as AllauthAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as AllauthReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from naru.portal.accounts.models import Role, User

LIVES = 30 * (2 * settings.MFA_TOTP_TOLERANCE + 1)  # seconds in which one code is good (RFC 6238)


class LoginForm(AllauthLoginForm):  # type: ignore[misc]  # allauth is untyped
    """E-mail and password; the page has its own link to a forgotten password."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["password"].help_text = ""
        _without_placeholders(self)


class SignupForm(AllauthSignupForm):  # type: ignore[misc]  # allauth is untyped
    """E-mail, password twice, and the name that appears on documents."""

    name = forms.CharField(
        label=_("이름"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    field_order = ["name", "email", "password1", "password2"]

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        _without_placeholders(self)


def _without_placeholders(form: forms.Form) -> None:
    """They repeat the label, and vanish while one types."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


class ResetPasswordForm(AllauthResetPasswordForm):  # type: ignore[misc]  # allauth is untyped
    """Only the address an account has opens it: not one it is merely about to change to."""

    users: list[User]

    def clean_email(self) -> str:
        """The address in lower case."""
        email: str = super().clean_email()
        self.users = [user for user in self.users if user.email == email]
        return email


class _CodeForm(forms.Form):
    """The six digits of the app, or a recovery code."""

    code = forms.CharField(
        label=_("인증 코드"),
        help_text=_("인증 앱에 보이는 여섯 자리 숫자, 또는 복구 코드 하나"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class AuthenticateForm(_CodeForm, AllauthAuthenticateForm):  # type: ignore[misc]  # allauth is untyped
    """The second step of logging in."""

    def clean_code(self) -> str:
        """The code, once."""
        return _once(self, super().clean_code())


class ReauthenticateForm(_CodeForm, AllauthReauthenticateForm):  # type: ignore[misc]  # allauth is untyped
    """The code again, before something that matters."""

    def clean_code(self) -> str:
        """The code, once."""
        return _once(self, super().clean_code())


def _once(form: Any, code: str) -> str:
    """Refuse a used code: allauth remembers it for one period, and with a tolerance it lives longer."""
    key = f"accounts.code:{form.user.pk}:{form.authenticator.pk}:{code.replace(' ', '')}"
    if form.authenticator.type == "totp" and not cache.add(key, 1, timeout=LIVES):
        raise get_adapter().validation_error("incorrect_code")
    return code


class EnrolForm(ActivateTOTPForm):  # type: ignore[misc]  # allauth is untyped
    """The first code proves that the app has the key."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["code"] = forms.CharField(
            label=_("인증 코드"),
            help_text=_("앱에 지금 보이는 여섯 자리 숫자"),
            widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        )


class ProfileForm(forms.Form):
    """The own name, and the language of the mails."""

    name = forms.CharField(
        label=_("이름"),
        help_text=_("접수증과 협약서에 쓰입니다."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(label=_("메일을 받을 언어"), choices=settings.LANGUAGES)


class SearchForm(forms.Form):
    """Whom an operator looks for."""

    q = forms.CharField(label=_("이름 또는 이메일"), required=False, max_length=80)
    role = forms.ChoiceField(
        label=_("역할"), required=False, choices=[("", _("모든 역할")), *Role.choices[1:]]
    )


class RoleForm(forms.Form):
    """A role to grant."""

    role = forms.ChoiceField(label=_("역할"), choices=Role.choices[1:])


class ReasonForm(forms.Form):
    """Why a second factor is reset, and how the person was recognised."""

    reason = forms.CharField(
        label=_("사유"),
        help_text=_("본인을 어떻게 확인했는지 적으십시오. 예: 등록된 전화번호로 통화"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

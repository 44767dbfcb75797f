"""What a person types to open an account."""

from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.utils.translation import gettext_lazy as _


class SignupForm(AllauthSignupForm):  # type: ignore[misc]  # allauth is untyped
    """E-mail, password twice, and the name that appears on documents."""

    name = forms.CharField(label=_("이름"), max_length=80)
    field_order = ["name", "email", "password1", "password2"]

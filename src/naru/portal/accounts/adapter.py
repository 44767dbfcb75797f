"""How allauth signs a person up here: through the same action as everybody else."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from naru.portal.accounts import actions
from naru.portal.accounts.models import User
from naru.portal.ui import clock


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Signing up is `create_user`, with its audit event."""

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:  # noqa: ARG002, FBT001, FBT002 - allauth's signature
        """The user made from the sign-up form; `user` (unsaved) is allauth's and is filled from ours."""
        answers = form.cleaned_data
        made = actions.create_user(
            by=None,
            at=clock.now(),
            email=answers["email"],
            name=answers["name"],
            password=answers["password1"],
        )
        user.__dict__.update(made.__dict__)
        return user

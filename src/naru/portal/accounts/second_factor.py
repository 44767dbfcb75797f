"""Whether a session has passed the second factor, and the middleware that asks for it (0065)."""

import time
from collections.abc import Callable
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from naru.portal.accounts.models import User

METHOD = "mfa"
OPEN = ("/accounts/", "/i18n/")  # one's own account, logging out, and the language
FRESH = 300  # seconds for which a password or code just given counts as given now


def passed(request: HttpRequest, user: User) -> bool:
    """Whether this session's person gave a code; read from the session, no query."""
    records: list[dict[str, Any]] = get_authentication_records(request, user)
    return any(row.get("method") == METHOD for row in records)


def mark_passed(request: HttpRequest, user: User, authenticator: Authenticator) -> None:
    """The person has just given a code of this authenticator."""
    record_authentication(request, user, METHOD, id=authenticator.pk, type=authenticator.type)


def forget(request: HttpRequest) -> None:
    """The second factor was taken off: this session has not passed any."""
    records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        row for row in records if row.get("method") != METHOD
    ]


def enrolled(user: User) -> bool:
    """Whether the person has an authenticator app."""
    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists())


def must_be_fresh(request: HttpRequest, user: User) -> None:
    """Before a second factor is touched: a password or code of the last five minutes.

    Whoever has a second factor must have passed it as well: a password alone takes nothing off. allauth
    catches the ReauthenticationRequired this raises, asks, and comes back.
    """
    records = get_authentication_records(request, user)
    fresh = [row for row in records if time.time() - row.get("at", 0) < FRESH]
    if not fresh or (enrolled(user) and not passed(request, user)):
        raise ReauthenticationRequired


class SecondFactorMiddleware:
    """Who holds a role beyond applicant sees nothing but the own account before giving the second factor.

    There, too, the role gives no power yet.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on, or send the person to set a second factor up or to give its code."""
        user: Any = request.user
        if not user.is_authenticated or not user.needs_second_factor or passed(request, user):
            return self.get_response(request)
        if request.path_info.startswith(OPEN):
            user.hold_back_roles()
            return self.get_response(request)
        return _sent(request, user)


def _sent(request: HttpRequest, user: User) -> HttpResponseBase:
    if enrolled(user):
        messages.info(request, _("이 화면을 보려면 인증 앱의 코드를 입력하십시오."))
        page = "mfa_reauthenticate"
    else:
        messages.info(
            request, _("맡은 역할이 있는 계정은 2단계 인증을 먼저 설정해야 합니다. 1분이면 됩니다.")
        )
        page = "mfa_activate_totp"
    back = request.get_full_path() if request.method == "GET" else "/home/"
    address = f"{reverse(page)}?{urlencode({'next': back})}"
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(address)
    return HttpResponseRedirect(address)

"""The door of a room: a view names the roles that may enter; everybody else gets a 403 page saying so."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from naru.portal.accounts.models import Role, User

View = Callable[..., HttpResponseBase]


def refusal(*roles: str) -> str:
    """The sentence of the 403 page: which role is needed."""
    names = ", ".join(str(Role(role).label) for role in roles)
    return _("이 화면은 다음 역할만 볼 수 있습니다: %(roles)s") % {"roles": names}


def actor(request: HttpRequest) -> User:
    """The signed-in person of a request, for `by=`; PermissionDenied for a visitor."""
    if not isinstance(request.user, User):
        raise PermissionDenied(_("먼저 로그인하십시오."))
    return request.user


def must_send_as(request: HttpRequest, *roles: str) -> None:
    """On a page more roles may read than write: PermissionDenied when anybody else sends something."""
    if request.method == "POST" and not actor(request).has_role(*(Role(role) for role in roles)):
        raise PermissionDenied(refusal(*roles))


def role_required(*roles: str) -> Callable[[View], View]:
    """Let a function view in only for users with one of `roles` (ids of `Role`).

    A visitor is sent to log in; a user without the role gets PermissionDenied naming the roles.
    """
    wanted = [Role(role) for role in roles]  # a misspelt role fails at import

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not request.user.has_role(*wanted):
                raise PermissionDenied(refusal(*wanted))
            return view(request, *args, **kwargs)

        return guarded

    return decorate

"""Auditors read everything and write nothing: the one place that says so, for every address of the portal."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from naru.portal.accounts.models import Role

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
ASKED = frozenset(
    {
        "audit:verify",  # has a chain read; what was found is kept, no case is touched
        "applications:verify",  # is this receipt genuine: keeps nothing
        "applications:check_eligibility",
        "applications:check_documents",
        "applications:check_model",
    }
)  # answers to a question, sent by POST


class AuditorMiddleware:
    """Refuse whatever an auditor sends, but questions and what concerns their own account and language.

    Addresses without a namespace are allauth's and Django's: log-in, password, second factor, language.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Nothing to do before the view is known."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> None:
        """Raises PermissionDenied for an auditor's write."""
        if request.method in SAFE or not request.user.is_authenticated:
            return
        found = request.resolver_match
        own = found is None or not found.namespaces or found.view_name in ASKED
        if not own and request.user.has_role(Role.AUDITOR):
            raise PermissionDenied(_("감사 역할은 모두 볼 수 있고 아무것도 바꾸지 않습니다."))

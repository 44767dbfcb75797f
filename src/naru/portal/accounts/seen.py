"""When a session was last seen, noted every ten minutes: no page pays for it more often."""

import time
from collections.abc import Callable
from typing import Any

from allauth.usersessions.models import UserSession
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

KEY = "accounts.seen"
EVERY = 600  # seconds


def mark(request: HttpRequest) -> None:
    """Remember in the session that it was seen now."""
    request.session[KEY] = int(time.time())


class SeenMiddleware:
    """Notes on the list of sessions that one is still in use."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Note it when the last note is ten minutes old; two writes then, none otherwise."""
        user: Any = request.user
        if user.is_authenticated and time.time() - request.session.get(KEY, 0) > EVERY:
            mark(request)
            key = request.session.session_key
            UserSession.objects.filter(session_key=key, user=user).update(last_seen_at=timezone.now())
        return self.get_response(request)

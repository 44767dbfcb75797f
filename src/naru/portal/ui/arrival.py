"""When a request reached us: noted before anything else runs, so that a slow page costs nobody the deadline.

A proxy in front may say when it took the request: `X-Request-Start: t=<seconds, milliseconds or
microseconds>`. That is believed only from an address of NARU_TRUSTED_PROXY, never for the future, and
for at most NARU_PROXY_SECONDS before our own clock; anything else leaves our own instant standing.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from naru.portal.ui import clock

HEADER = "HTTP_X_REQUEST_START"
FORM = re.compile(r"(?:t=)?([0-9]{10,16})(?:\.([0-9]{1,6}))?")
UNITS = {10: 1, 13: 1_000, 16: 1_000_000}  # digits of an instant of our years -> parts of a second
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Handler = Callable[[HttpRequest], HttpResponseBase]


def arrival_middleware(get_response: Handler) -> Handler:
    """Note `request.received_at`, first of all middleware."""
    trusted = proxies(settings.NARU_TRUSTED_PROXY)
    longest = timedelta(seconds=settings.NARU_PROXY_SECONDS)

    def note(request: HttpRequest) -> HttpResponseBase:
        taken = None
        if HEADER in request.META and _is_trusted(request.META.get("REMOTE_ADDR", ""), trusted):
            taken = taken_by_proxy(request.META[HEADER], timezone.now(), longest)
        request.received_at = clock.shown(taken) if taken else clock.now()  # type: ignore[attr-defined]  # our own
        return get_response(request)

    return note


def received_at(request: HttpRequest) -> datetime:
    """The instant the request arrived (aware, UTC); now, for a request made without the middleware."""
    found: datetime | None = getattr(request, "received_at", None)
    return found or clock.now()


def taken_by_proxy(header: str, now: datetime, longest: timedelta) -> datetime | None:
    """When the proxy took the request, by its header; None when that is not to be believed."""
    found = FORM.fullmatch(header.strip())
    if found is None or len(found[1]) not in UNITS:
        return None
    microseconds = 1_000_000 // UNITS[len(found[1])]  # of one unit
    part = int((found[2] or "").ljust(6, "0")) * microseconds // 1_000_000
    taken = EPOCH + timedelta(microseconds=int(found[1]) * microseconds + part)
    return taken if now - longest <= taken <= now else None


def proxies(text: str) -> tuple[str, ...]:
    """The addresses and networks of NARU_TRUSTED_PROXY; ImproperlyConfigured names one that is none."""
    named = tuple(one.strip() for one in text.split(",") if one.strip())
    for one in named:
        try:
            ip_network(one)
        except ValueError as error:
            raise ImproperlyConfigured(
                f"NARU_TRUSTED_PROXY: {error}; write addresses with commas, e.g. 127.0.0.1,10.0.0.0/24"
            ) from error
    return named


def _is_trusted(address: str, trusted: tuple[str, ...]) -> bool:
    try:
        found = ip_address(address)
    except ValueError:  # a Unix socket has no address
        return False
    return any(found in ip_network(one) for one in trusted)

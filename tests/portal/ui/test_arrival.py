"""The instant a request arrived: ours, or a trusted proxy's within bounds; nobody else's word counts."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from naru.portal.ui.arrival import arrival_middleware, proxies, received_at, taken_by_proxy

NOW = datetime(2026, 3, 17, 6, 0, 0, 500_000, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def header(instant, parts=1_000_000):
    return str(int((instant - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(microseconds=1)) * parts // 10**6)


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("t=" + header(NOW - SECOND), NOW - SECOND),
        (header(NOW - SECOND), NOW - SECOND),
        ("t=" + header(NOW - SECOND, 1000), NOW - SECOND),
        ("t=" + header(NOW - SECOND, 1000) + ".250", NOW - SECOND + timedelta(microseconds=250)),
        ("t=" + header(NOW, 1) + ".123", NOW.replace(microsecond=123_000)),
        (header(NOW - 30 * SECOND), NOW - 30 * SECOND),
        (header(NOW), NOW),
    ],
)
def test_seconds_milliseconds_and_microseconds_are_read(text, taken):
    assert taken_by_proxy(text, NOW, 30 * SECOND) == taken


@pytest.mark.parametrize(
    "text",
    [
        header(NOW + timedelta(microseconds=1)),
        header(NOW - 30 * SECOND - timedelta(microseconds=1)),
        "t=0",
        "",
        "t=",
        "t=-1",
        "t=1e18",
        "t=NaN",
        "t=" + "9" * 16,
        "t=" + "9" * 5000,
        "t=" + header(NOW - SECOND) + ", t=" + header(NOW),
        "t=" + header(NOW - SECOND).replace("1", "١"),
    ],
)
def test_the_future_the_long_past_and_nonsense_are_not_believed(text):
    assert taken_by_proxy(text, NOW, 30 * SECOND) is None


def seen(settings, address, trusted, **changed):
    """What the middleware notes of a request that says it was taken ten seconds ago; and when we saw it."""
    settings.NARU_TRUSTED_PROXY, settings.NARU_PROXY_SECONDS = trusted, changed.get("seconds", 30)
    before = timezone.now()
    said = header(before - 10 * SECOND)
    request = RequestFactory().get("/", headers={"x-request-start": f"t={said}"}, REMOTE_ADDR=address)
    noted = []
    arrival_middleware(lambda one: noted.append(received_at(one)) or HttpResponse())(request)
    return noted[0] - before < -9 * SECOND


@pytest.mark.parametrize(
    ("address", "trusted", "believed"),
    [
        ("127.0.0.1", "127.0.0.1", True),
        ("127.0.0.1", "10.0.0.1, 127.0.0.1", True),
        ("10.0.0.9", "10.0.0.0/24", True),
        ("::1", "127.0.0.1,::1", True),
        ("127.0.0.1", "", False),
        ("10.0.1.9", "10.0.0.0/24", False),
        ("", "127.0.0.1", False),
        ("unix:", "127.0.0.1", False),
    ],
)
def test_only_a_trusted_address_is_believed(settings, address, trusted, believed):
    assert seen(settings, address, trusted) is believed


def test_no_longer_than_the_setting_says(settings):
    assert seen(settings, "127.0.0.1", "127.0.0.1", seconds=9) is False


def test_the_instant_is_shown_by_the_pages_clock(settings):
    settings.NARU_TRUSTED_PROXY, settings.NARU_CLOCK_OFFSET = "127.0.0.1", timedelta(days=-400)
    taken = timezone.now() - 5 * SECOND
    request = RequestFactory().get("/", headers={"x-request-start": header(taken)})
    arrival_middleware(lambda _request: HttpResponse())(request)
    assert received_at(request) == taken - timedelta(days=400)


@pytest.mark.parametrize("text", ["localhost", "127.0.0.1;10.0.0.1", "300.1.1.1", "10.0.0.1/24"])
def test_a_mistyped_proxy_is_told_at_the_start(text):
    with pytest.raises(ImproperlyConfigured, match="NARU_TRUSTED_PROXY"):
        proxies(text)

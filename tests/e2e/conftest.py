"""A browser on the live server, desks for people, and the pages' clock in the test's hand."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from desk import Desk
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone
from flushing import emptied_for_tests
from playwright.sync_api import sync_playwright
from small_world import World

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.django_db(transaction=True))


def pytest_terminal_summary(terminalreporter):
    if not Path(CHROMIUM).exists():
        terminalreporter.write_line(
            f"THE BROWSER TESTS WERE NOT RUN: {CHROMIUM} is missing; see tools/browser.sh",
            red=True,
            bold=True,
        )


@pytest.fixture(scope="session", autouse=True)
def _rows_can_be_flushed():
    with emptied_for_tests():
        yield


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium; without it the tests are skipped aloud here, and fail where CI is set."""
    if not Path(CHROMIUM).exists():
        if os.environ.get("CI"):
            pytest.fail(f"{CHROMIUM} is missing and nothing may be skipped in CI: install chromium")
        pytest.skip(f"{CHROMIUM} is missing: install chromium, or name it in CHROMIUM")
    # Playwright keeps an event loop in this thread; Django's guard against async callers does not apply
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def clock(settings):
    """clock(instant): every page now judges by this moment (the clock runs on from it)."""

    def move(instant):
        settings.NARU_CLOCK_OFFSET = instant - timezone.now()
        return instant

    yield move
    settings.NARU_CLOCK_OFFSET = timedelta(0)


@pytest.fixture
def world(settings, tmp_path):
    """The small world: people, suppliers and, as far as a test carries it, the year."""
    settings.MEDIA_ROOT = tmp_path
    return World()


@pytest.fixture
def seat(chromium, live_server):
    """seat(user) -> a desk where this person is logged in; seat(None): a visitor's."""
    contexts, desks = [], {}

    def sit(user, width=1280, language="ko"):
        key = (user and user.pk, width, language)
        if key not in desks:
            # axe and the checks come from outside the page, so only they run past its policy
            context = chromium.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
            contexts.append(context)
            cookies = {"django_language": language}
            if user is not None:
                client = Client()
                client.force_login(user, backend=django_settings.AUTHENTICATION_BACKENDS[1])
                cookies["sessionid"] = client.cookies["sessionid"].value
            context.add_cookies(
                [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
            )
            context.set_default_timeout(8000)
            desks[key] = Desk(context.new_page(), live_server.url)
        return desks[key]

    yield sit
    for context in contexts:
        context.close()

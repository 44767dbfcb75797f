"""A browser on the live server, desks for people, and the pages' clock in the test's hand."""

from datetime import timedelta
from pathlib import Path

import pytest
from desk import Desk
from django.conf import settings as django_settings
from django.core.cache import cache
from django.utils import timezone
from flushing import emptied_for_tests
from in_flight import counted
from playwright.sync_api import expect
from seated import SeatedClient
from small_world import World

PATIENCE = 30_000  # ms a page or a condition may take: only a wrong one waits so long, a busy machine may
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session", autouse=True)
def _rows_can_be_flushed():
    with emptied_for_tests():
        yield


@pytest.fixture(autouse=True)
def _no_limit_left_over(transactional_db):
    """The table of log-in limits is no model's, so it is not emptied with the others."""
    cache.clear()


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


@pytest.fixture(scope="session")
def requests():
    """What the live server is at work on."""
    with counted() as kept:
        yield kept


@pytest.fixture
def seat(chromium, live_server, requests):
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
                client = SeatedClient()
                client.force_login(user, backend=django_settings.AUTHENTICATION_BACKENDS[1])
                cookies["sessionid"] = client.cookies["sessionid"].value
            context.add_cookies(
                [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
            )
            context.set_default_timeout(PATIENCE)
            desks[key] = Desk(context.new_page(), live_server.url)
        return desks[key]

    yield sit
    for context in contexts:
        context.set_offline(True)  # a form that saves itself would send once more as it closes
        context.close()
    requests.wait_for_none()

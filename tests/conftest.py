"""For every test: no network except this machine; English compiled; one browser for who needs it."""

import os
from pathlib import Path

import messages
import pytest
from django.db import connection
from playwright.sync_api import sync_playwright
from together import Together

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


def pytest_configure(config):
    # PostgreSQL, the live server and the browser's debugging port are on this machine; nothing else is met
    config.option.allow_hosts = "127.0.0.1,::1"
    config.option.allow_unix_socket = True
    messages.compile_all()


def pytest_collection_modifyitems(config, items):
    """What only PostgreSQL can show is left to `make test-postgres`; nothing is skipped for it here."""
    if connection.vendor == "postgresql":
        return
    elsewhere = [item for item in items if item.get_closest_marker("postgresql")]
    items[:] = [item for item in items if item not in elsewhere]
    config.hook.pytest_deselected(items=elsewhere)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return Together(config, log) if config.getvalue("dist") == "loadgroup" else None


def pytest_terminal_summary(terminalreporter):
    if not Path(CHROMIUM).exists():
        terminalreporter.write_line(
            f"THE BROWSER TESTS WERE NOT RUN: {CHROMIUM} is missing; see tools/browser.sh",
            red=True,
            bold=True,
        )


@pytest.fixture
def client():
    """Django's test client; `force_login` passes the second factor too (plain `Client()` does not)."""
    from seated import SeatedClient  # Django must be set up first

    return SeatedClient()


@pytest.fixture(scope="session")
def chromium():
    """One Chromium per worker; without it the tests are skipped aloud here, and fail where CI is set."""
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

"""For the portal's tests: people of each role, append-only tables that can be emptied."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.utils import translation
from flushing import emptied_for_tests

from naru.codec.call import read_call
from naru.portal.accounts import actions
from naru.portal.calls.actions import publish

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session", autouse=True)
def _rows_can_be_flushed():
    with emptied_for_tests():
        yield


@pytest.fixture(autouse=True)
def _korean_first():
    """A test that switched to English leaves its language behind in this thread."""
    with translation.override("ko"):
        yield


@pytest.fixture
def at():
    """An instant during the 2025 intake."""
    return datetime(2025, 3, 3, 1, 0, tzinfo=UTC)


@pytest.fixture
def make_user(db, at):
    """make_user("kim", "operator") -> a user kim@example.test, password "naru-test-pw", with the roles."""

    def make(name, *roles, **fields):
        user = actions.create_user(
            by=None,
            at=at,
            email=f"{name}@example.test",
            name=name,
            password="naru-test-pw",
            **({"verified": True} | fields),
        )
        for role in roles:
            actions.grant_role(by=None, at=at, user=user, role=role)
        return get_user_model().objects.get(pk=user.pk)

    return make


@pytest.fixture
def applicant_user(make_user):
    return make_user("applicant")


@pytest.fixture
def operator(make_user):
    return make_user("operator", "operator", is_staff=True)


@pytest.fixture
def operator2(make_user):
    return make_user("operator2", "operator", is_staff=True)


@pytest.fixture
def reviewer(make_user):
    return make_user("reviewer", "reviewer")


@pytest.fixture
def vendor_user(make_user):
    return make_user("vendor", "vendor")


@pytest.fixture
def cloud_user(make_user):
    return make_user("cloud", "cloud")


@pytest.fixture
def auditor(make_user):
    return make_user("auditor", "auditor")


@pytest.fixture(scope="session")
def terms():
    """The 2025 call as its file says it."""
    return read_call(ROOT / "calls" / "2025-npu.toml")


@pytest.fixture
def call(terms, operator, at):
    """The 2025 call, announced."""
    return publish(by=operator, at=at, terms=terms).call

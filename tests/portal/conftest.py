"""For the portal's tests: people of each role, append-only tables that can be emptied."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation

from naru.codec.call import read_call
from naru.portal.accounts import actions
from naru.portal.audit import triggers
from naru.portal.calls.actions import publish

ROOT = Path(__file__).parent.parent.parent
APPEND_ONLY = ("audit_event", "evaluation_scoresheet")


@pytest.fixture(scope="session", autouse=True)
def _events_can_be_flushed():
    """Tests with real transactions empty the tables after each test; the triggers would refuse."""
    original = TransactionTestCase._fixture_teardown

    def teardown(self):
        if connection.in_atomic_block or "audit_event" not in connection.introspection.table_names():
            return original(self)
        for table in APPEND_ONLY:
            triggers.remove(connection, table)
        try:
            return original(self)
        finally:
            for table in APPEND_ONLY:
                triggers.install(connection, table)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
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
            by=None, at=at, email=f"{name}@example.test", name=name, password="naru-test-pw", **fields
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

"""`naru audit verify` answers by its exit code."""

import pytest
from django.db import connection
from typer.testing import CliRunner

from naru.cli import app
from naru.portal.accounts.actions import create_user
from naru.portal.audit import triggers


@pytest.fixture
def _record(db):
    from datetime import UTC, datetime

    at = datetime(2025, 3, 3, tzinfo=UTC)
    for name in ("kim", "lee"):
        create_user(by=None, at=at, email=f"{name}@example.test", name=name)


def verify(*arguments):
    return CliRunner().invoke(app, ["audit", "verify", *arguments])


@pytest.mark.usefixtures("_record")
def test_whole_record():
    answer = verify()
    assert (answer.exit_code, answer.stdout) == (0, "decisions: 2 events, whole\n")


@pytest.mark.usefixtures("_record")
def test_changed_record():
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET action = 'other' WHERE number = 2")
    answer = verify("decisions")
    assert answer.exit_code == 1
    assert answer.stdout == "decisions: 2 events, broken at event 2: content was changed\n"


@pytest.mark.usefixtures("_record")
def test_unknown_chain():
    answer = verify("nowhere")
    assert answer.exit_code == 2
    assert "no chain 'nowhere'; the chains are: decisions" in answer.stderr

"""`naru audit verify` answers by its exit code."""

from pathlib import Path

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
    assert (answer.exit_code, answer.stdout) == (
        0,
        "decisions: 2 events, whole\npage-reads: 0 rows, whole\nscore-sheets: 0 rows, whole\n",
    )


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
    assert "no chain 'nowhere'; the chains are: decisions, page-reads, score-sheets" in answer.stderr


def written(path, text):
    path.write_text(text, "utf-8")
    return str(path)


@pytest.fixture
def downloaded(_record, tmp_path):
    from naru.codec.chain import chain_lines
    from naru.portal.audit import queries

    chain = queries.chains().get()
    return written(
        tmp_path / "audit-decisions.jsonl",
        "".join(
            chain_lines(chain=chain.key, length=chain.length, head=chain.head, entries=queries.entries(chain))
        ),
    )


def test_downloaded_chain(downloaded, tmp_path):
    answer = verify(downloaded)
    assert (answer.exit_code, answer.stdout) == (0, "decisions: 2 events, whole\n")
    lines = Path(downloaded).read_text("utf-8").splitlines(keepends=True)
    for name, left, said in (
        (
            "altered",
            [*lines[:2], lines[2].replace("create_user", "drop_user")],
            "event 2: content was changed",
        ),
        ("removed", [lines[0], lines[2]], "event 1: missing"),
        ("reordered", [lines[0], lines[2], lines[1]], "event 1: missing"),
        ("cut", lines[:2], "event 2: the chain's end"),
    ):
        answer = verify(written(tmp_path / f"{name}.jsonl", "".join(left)))
        assert (answer.exit_code, said in answer.stdout) == (1, True), (name, answer.stdout)


def test_no_chain_file(tmp_path):
    answer = verify(written(tmp_path / "other.jsonl", "{}"))
    assert (answer.exit_code, "line 1: not a chain" in answer.stderr) == (2, True)
    assert verify(str(tmp_path / "nowhere.jsonl")).exit_code == 2


@pytest.mark.usefixtures("_record")
def test_published_heads_find_a_cut_tail(tmp_path):
    published = CliRunner().invoke(app, ["audit", "publish"])
    kept = written(tmp_path / "heads.json", published.stdout)
    assert verify("--heads", kept).exit_code == 0
    triggers.remove(connection)
    triggers.remove(connection, "audit_anchor")
    with connection.cursor() as cursor:
        cursor.execute("SELECT hash FROM audit_event WHERE number = 1")
        (head,) = cursor.fetchone()
        cursor.execute("DELETE FROM audit_event WHERE number = 2")
        cursor.execute("UPDATE audit_chain SET length = 1, head = %s", [head])
    assert verify().stdout == (
        "decisions: 1 events, broken at event 2: missing at the end: a published head knows this event\n"
        "page-reads: 0 rows, whole\nscore-sheets: 0 rows, whole\n"
    )
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_anchor")
    assert verify().exit_code == 0, "nothing in this database knows better"
    answer = verify("--heads", kept)
    assert (answer.exit_code, "broken at event 2" in answer.stdout) == (1, True)


def test_heads_that_are_none(tmp_path):
    answer = verify("--heads", written(tmp_path / "heads.json", "[]"))
    assert (answer.exit_code, "not a list of published heads" in answer.stderr) == (2, True)

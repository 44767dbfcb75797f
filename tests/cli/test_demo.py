"""`naru demo`: the small year, stopping early, what it refuses, and that it really serves."""

import html
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

import pytest

ROOT = Path(__file__).parents[2]
WRITE = """
from datetime import UTC, datetime
from django.db import transaction
from naru.portal.mail.models import Mail
from naru.portal.mail.outbox import wake_on_commit
with transaction.atomic():
    given = {{"name": "tried", "language": "ko", "subject": "메일", "body": "본문"}}
    Mail.objects.create(to="{to}", queued_at=datetime.now(UTC), **given)
    wake_on_commit()
"""
NARU = (sys.executable, "-c", "from naru.cli import main; main()")


def naru(*arguments):
    command = [*NARU, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The under-subscribed year in a folder of its own, and its summary."""
    folder = tmp_path_factory.mktemp("small")
    done = naru("demo", "--no-serve", "--json", "--under-subscribed", "--data-dir", folder)
    assert done.returncode == 0, done.stderr[-2000:]
    return folder, json.loads(done.stdout)


def test_forty_applications_for_two_hundred_servers(small):
    _folder, year = small
    assert year["applications"]["submitted"] == 40
    products = year["selection"].values()
    assert sum(row["seats"] for row in products) == 200
    assert all(row["empty"] > 0 for row in products)  # shown, never filled silently
    assert all(2 * row["public"] < row["selected"] for row in products)
    assert year["events"] == year["actions"]
    assert "L-03 too_late_to_refill" in year["refused"]  # a place given up in the last months stays free


def test_a_year_played_by_other_code_is_played_again(small):
    folder, year = small
    summary = folder / "demo.json"
    summary.write_text(json.dumps({**year, "made_by": "older", "actions": 1}), "utf-8")
    again = naru("demo", "--no-serve", "--json", "--under-subscribed", "--data-dir", folder)
    assert json.loads(again.stdout) == year


def test_stopping_early_plays_no_later_act(tmp_path):
    done = naru(
        "demo", "--no-serve", "--json", "--under-subscribed", "--until", "intake", "--data-dir", tmp_path
    )
    year = json.loads(done.stdout)
    assert year["screening"]["corrections"] == 0
    assert year["last_instant"] < "2025-03-17T15:00:00+09:00"
    refused = naru("demo", "--no-serve", "--until", "intake", "--under-subscribed", "--data-dir", tmp_path,
                   "--record", tmp_path / "r.json")  # fmt: skip
    assert (refused.returncode, "nobody was matched" in refused.stderr) == (2, True)


def test_an_act_that_does_not_exist_lists_those_that_do(tmp_path):
    done = naru("demo", "--no-serve", "--until", "lunch", "--data-dir", tmp_path)
    assert done.returncode == 2
    assert "call, intake, screening" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_database_of_somebody_else_is_never_touched(tmp_path):
    theirs = tmp_path / "naru.sqlite3"
    theirs.write_bytes(b"precious")
    done = naru("demo", "--no-serve", "--replay", "--data-dir", tmp_path)
    assert done.returncode == 2
    assert "was not made by the demo" in done.stderr
    assert theirs.read_bytes() == b"precious"


def test_a_port_in_use_is_said_before_anything_is_played(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = naru("demo", "--port", port, "--data-dir", tmp_path)
    assert done.returncode == 2
    assert f"127.0.0.1:{port} is in use" in done.stderr
    assert list(tmp_path.iterdir()) == []


def _free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def _ask(port, method, path, body=None, **headers):
    with closing(HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request(method, path, body, {"Host": f"127.0.0.1:{port}", **headers})
        answer = connection.getresponse()
        return answer, answer.read().decode()


def _wait(port, process):
    for _ in range(150):
        assert process.poll() is None, "the server ended"
        try:
            return _ask(port, "GET", "/accounts/login/")
        except (OSError, HTTPException):
            time.sleep(0.2)
    raise AssertionError("the server did not answer within 30 seconds")


@pytest.fixture
def served(small):
    folder, year = small
    port = _free_port()
    command = [*NARU, "demo", "--under-subscribed", "--data-dir", folder, "--port", port]
    process = subprocess.Popen(
        [str(part) for part in command], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={**os.environ, "NARU_SECRET_KEY": "of somebody else"},
    )  # fmt: skip
    try:
        yield port, year, process
    finally:
        process.terminate()
        process.wait(timeout=20)


class Visitor:
    """A browser without a screen: keeps cookies, sends the token of the page it looks at."""

    def __init__(self, port):
        self.port, self.cookies, self.page = port, {}, ""

    def ask(self, method, path, body=None, **headers):
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer, self.page = _ask(self.port, method, path, body, Cookie=cookie, **headers)
        for header in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = header.split(";")[0].partition("=")
            self.cookies[name] = value
        return answer

    def post(self, path, **fields):
        self.ask("GET", path)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.page)[1]
        form = urlencode({"csrfmiddlewaretoken": token, **fields})
        return self.ask("POST", path, form, **{"Content-Type": "application/x-www-form-urlencoded"})


def test_the_played_year_is_served_and_a_printed_login_opens_it_with_its_code(served, small):
    port, year, process = served
    folder, _year = small
    _wait(port, process)
    visitor = Visitor(port)
    auditor = next(row for row in year["logins"] if row["role"] == "auditor")
    answer = visitor.post("/accounts/login/", login=auditor["email"], password=year["password"])
    assert (answer.status, answer.getheader("Location")) == (302, "/accounts/2fa/authenticate/")
    assert visitor.ask("GET", "/audit/").status == 302  # the password alone opens nothing
    visitor.ask("GET", "/accounts/2fa/authenticate/")
    command = f".venv/bin/naru demo --data-dir {folder} --code {auditor['email']}"
    assert command in html.unescape(visitor.page)
    told = naru("demo", "--code", auditor["email"], "--data-dir", folder)
    assert (told.returncode, len(told.stdout.strip()), told.stdout.strip().isdecimal()) == (0, 6, True)
    assert re.fullmatch(r"holds for \d+ s more; each code works once\n", told.stderr)
    wrong = f"{(int(told.stdout) + 500_000) % 1_000_000:06d}"
    assert visitor.post("/accounts/2fa/authenticate/", code=wrong).status == 200
    answer = visitor.post("/accounts/2fa/authenticate/", code=told.stdout.strip())
    assert (answer.status, answer.getheader("Location")) == (302, "/home/")
    answer = visitor.ask("GET", "/audit/")
    page = visitor.page
    assert answer.status == 200
    assert auditor["name"] in page
    assert "2026" in page  # the clock goes on from the last instant played


def _children(pid):
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return {int(child): Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0") for child in listed}


def _gone(pid):
    """Whether a process has ended, waiting for it up to ten seconds."""
    for _ in range(100):
        status = Path(f"/proc/{pid}/status")
        if not status.exists() or "State:\tZ" in status.read_text():
            return True
        time.sleep(0.1)
    return False


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_worker_beside_the_server_sends_and_ends_with_it(served, small, end):
    folder, _year = small
    port, _year, process = served
    _wait(port, process)
    (worker,) = (pid for pid, command in _children(process.pid).items() if b"naru.cli.worker" in command)
    written = [*NARU, "portal", "shell", "-v", "0", "-c", WRITE.format(to=f"{end.name.lower()}@example.test")]
    surroundings = {
        "DJANGO_SETTINGS_MODULE": "naru.portal.settings",
        "NARU_DATA_DIR": str(folder),
        "NARU_DEMO": "1",
        "NARU_SECRET_KEY": "of a test",
    }
    subprocess.run(written, cwd=ROOT, env=os.environ | surroundings, check=True)
    for _ in range(100):
        if any(
            f"{end.name.lower()}@example.test" in file.read_text() for file in (folder / "mail").glob("*")
        ):
            break
        time.sleep(0.2)
    else:
        raise AssertionError("the worker wrote no file within 20 seconds")
    process.send_signal(end)
    assert process.wait(timeout=20) in (0, -end)
    assert _gone(worker)


def test_a_code_is_told_only_of_the_demos_own_database(tmp_path):
    nothing = naru("demo", "--code", "auditor@naru.example", "--data-dir", tmp_path)
    assert (nothing.returncode, nothing.stdout) == (2, "")
    assert "no year was played" in nothing.stderr
    (tmp_path / "naru.sqlite3").write_bytes(b"precious")
    theirs = naru("demo", "--code", "auditor@naru.example", "--data-dir", tmp_path)
    assert (theirs.returncode, theirs.stdout) == (2, "")
    assert "was not made by the demo" in theirs.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["naru.sqlite3"]


def test_a_login_without_a_second_factor_has_no_code(small):
    folder, year = small
    applicant = next(row["email"] for row in year["logins"] if row["role"].startswith("applicant"))
    told = naru("demo", "--code", applicant, "--data-dir", folder)
    assert (told.returncode, told.stdout) == (2, "")
    assert "has no second factor" in told.stderr

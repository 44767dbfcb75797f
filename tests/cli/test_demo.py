"""`naru demo`: the small year, stopping early, what it refuses, and that it really serves."""

import json
import os
import re
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
pytestmark = pytest.mark.xdist_group("small-demo")
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
    assert "L-03 nobody_waits" in year["refused"]  # places given up stay free


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


def test_the_played_year_is_served_and_a_printed_login_opens_it(served):
    port, year, process = served
    answer, page = _wait(port, process)
    assert answer.status == 200
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    cookie = answer.getheader("Set-Cookie").split(";")[0]
    auditor = next(row for row in year["logins"] if row["role"] == "auditor")
    form = urlencode({"csrfmiddlewaretoken": token, "login": auditor["email"], "password": year["password"]})
    answer, _page = _ask(
        port, "POST", "/accounts/login/", form,
        **{"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"},
    )  # fmt: skip
    assert answer.status == 302
    session = "; ".join(value.split(";")[0] for value in answer.headers.get_all("Set-Cookie"))
    answer, page = _ask(port, "GET", "/audit/", Cookie=session)
    assert answer.status == 200
    assert auditor["name"] in page
    assert "2026" in page  # the clock goes on from the last instant played

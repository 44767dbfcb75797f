"""`naru document check` as a person or a script meets it: text, JSON, exit codes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from made_files import PDF, hwpx, pdf, xlsx
from typer.testing import CliRunner

from naru.cli import app
from naru.documents.gates import EICAR

pytestmark = pytest.mark.requirement("A-02")


def naru(*arguments):
    return CliRunner().invoke(app, ["document", "check", *map(str, arguments)])


def told(*arguments):
    result = naru(*arguments, "--json")
    return result.exit_code, json.loads(result.output)


@pytest.fixture
def file(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def test_an_accepted_file_exits_0(file):
    code, report = told(file("확인서.pdf", PDF))
    assert (code, report["verdict"], report["reasons"]) == (0, "accepted", [])
    assert (report["media_type"], len(report["sha256"])) == ("application/pdf", 64)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("eicar.pdf", EICAR, ["file_malware", "file_kind_refused"]),
        ("확인서.pdf", b"", ["file_empty"]),
        ("확인서.pdf.exe", PDF, ["file_name_program", "file_name_disagrees"]),
        ("현황표.xlsx", xlsx(lambda book: book.active.append(["900101-1234568"])), ["file_resident_number"]),
    ],
)
def test_a_refused_file_exits_1_with_every_reason(file, name, content, expected):
    code, report = told(file(name, content))
    assert (code, report["verdict"]) == (1, "refused")
    assert [reason["code"] for reason in report["reasons"]] == expected
    assert {reason["clause"] for reason in report["reasons"]} == {"A-02"}


def test_a_quarantined_file_exits_3(file, monkeypatch):
    monkeypatch.setenv("NARU_CLAMD", "127.0.0.1:1")
    code, report = told(file("확인서.pdf", PDF))
    assert (code, report["verdict"], [reason["code"] for reason in report["reasons"]]) == (
        3,
        "quarantined",
        ["scanner_silent"],
    )


def test_text_says_what_and_how_to_mend_it_in_both_languages(file):
    result = naru(file("현황표.xlsx", xlsx(lambda book: book.active.append(["900101-1234568"]))))
    assert result.exit_code == 1
    for words in (
        "거절 refused",
        "A-02 file_resident_number",
        "1개 있습니다",
        "It shows 1 number",
        "→ 뒤 여섯 자리를",
    ):
        assert words in result.output
    assert "1234568" not in result.output


def test_text_shows_suggested_dates_and_notes(file):
    dated = naru(file("확인서.hwpx", hwpx("발급일 2025년 3월 2일")))
    assert (dated.exit_code, "발급일 issued on: 2025-03-02" in dated.output) == (0, True)
    scan = naru(file("스캔.pdf", pdf()))
    assert (scan.exit_code, "file_text_missing" in scan.output) == (0, True)


def test_a_kind_that_is_not_asked_for_is_refused(file):
    path = file("확인서.pdf", PDF)
    assert told(path, "--kind", "pdf", "--kind", "jpeg")[0] == 0
    code, report = told(path, "--kind", "hwpx")
    assert (code, [reason["code"] for reason in report["reasons"]]) == (1, ["file_kind_refused"])


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: path, "no such file"),
        (lambda path: path.mkdir(), "no plain file"),
        (lambda path: path.symlink_to("/etc/hostname"), "no plain file"),
        (os.mkfifo, "no plain file"),
    ],
    ids=["none", "folder", "link", "pipe"],
)
def test_what_is_no_file_is_wrong_usage(tmp_path, make, words):
    path = tmp_path / "확인서.pdf"
    make(path)
    result = naru(path, "--json")
    assert (result.exit_code, words in result.output) == (2, True)


def test_an_unknown_kind_is_wrong_usage(file):
    result = naru(file("확인서.pdf", PDF), "--kind", "docx")
    assert (result.exit_code, "pdf, png, jpeg" in result.output) == (2, True)


def test_a_second_name_of_the_file_is_told(file, tmp_path):
    path = file("확인서.pdf", PDF)
    (tmp_path / "second.pdf").hardlink_to(path)
    result = naru(path)
    assert (result.exit_code, "second name" in result.output) == (2, True)


def test_a_name_cannot_steer_the_terminal(file):
    result = naru(file("\x1b[2J확인서.pdf", PDF))
    assert (result.exit_code, "\x1b" in result.output, "확인서" in result.output) == (1, False, True)


def test_nothing_is_written_beside_the_file(file, tmp_path):
    path = file("확인서.pdf", PDF)
    naru(path)
    assert [kept.name for kept in tmp_path.iterdir()] == ["확인서.pdf"]
    assert path.read_bytes() == PDF


def test_the_installed_command_answers(file):
    command = "from naru.cli import main; main()"
    source = Path(__file__).parents[2] / "src"
    result = subprocess.run(
        [sys.executable, "-c", command, "document", "check", str(file("확인서.pdf", PDF)), "--json"],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(source), "PYTHONUTF8": "1"},
    )
    assert (result.returncode, json.loads(result.stdout)["verdict"], result.stderr) == (0, "accepted", "")

"""`naru call` as a person meets it: text, JSON, exit codes."""

import json
import subprocess
import sys

import pytest
from callfile import PATH, changed
from typer.testing import CliRunner

from naru.cli import app

pytestmark = pytest.mark.requirement("C-01")


def naru(*arguments):
    return CliRunner().invoke(app, ["call", *map(str, arguments)])


@pytest.fixture
def broken(tmp_path):
    def write(old, new):
        path = tmp_path / "broken.toml"
        path.write_text(changed(old, new), encoding="utf-8")
        return path

    return write


def test_checking_the_2025_call_passes_with_two_warnings_and_the_readings_taken():
    result = naru("check", PATH)
    assert result.exit_code == 0
    assert "valid, 2 warning(s)" in result.output
    assert "taken: 2025-03-17T15:00:00+09:00" in result.output


def test_the_json_report_lists_path_clause_and_reason():
    result = naru("check", PATH, "--json")
    report = json.loads(result.output)
    assert (result.exit_code, report["valid"], report["errors"]) == (0, True, [])
    assert [(w["path"], w["clause"]) for w in report["warnings"]] == [
        ("schedule[0].ends", "C-02"),
        ("bonuses[0].born_on_or_after", "E-07"),
    ]


def test_an_invalid_call_exits_1_and_names_file_key_and_reason(broken):
    path = broken("points = 10\n", "points = 5\n")
    result = naru("check", path)
    assert result.exit_code == 1
    assert f"{path}: error: criteria[].points: add up to 95, not 100" in result.output


def test_a_syntax_error_in_json_carries_its_line(broken):
    result = naru("check", broken("version = 1", "version = = 1"), "--json")
    [error] = json.loads(result.output)["errors"]
    assert (result.exit_code, error["line"], error["path"]) == (1, 7, "")


@pytest.mark.parametrize("command", ["check", "show"])
def test_a_file_that_does_not_exist_is_wrong_usage(command, tmp_path):
    result = naru(command, tmp_path / "none.toml")
    assert result.exit_code == 2
    assert "there is no such file" in result.output


def test_show_prints_products_with_their_quotas_and_the_closing_instant(monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    result = naru("show", PATH)
    assert result.exit_code == 0
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in result.output.splitlines()]
    quotas = {row[0]: row[-1] for row in rows if row and row[0].startswith("npu-")}
    assert quotas == {"npu-60": "120", "npu-120": "60", "npu-240": "20"}
    assert "2025-03-17T15:00:00+09:00" in result.output
    assert "R-05" in result.output


def test_show_refuses_an_invalid_call(broken):
    assert naru("show", broken("points = 10\n", "points = 5\n")).exit_code == 1


def test_schema_prints_json():
    result = naru("schema")
    assert json.loads(result.output)["properties"]["schema"]["const"] == 1


def test_the_installed_command_answers():
    code = "from naru.cli import main; main()"
    result = subprocess.run(
        [sys.executable, "-c", code, "call", "check", str(PATH)],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(PATH.parent.parent / "src"), "PYTHONUTF8": "1"},
    )
    assert (result.returncode, result.stderr) == (0, "")

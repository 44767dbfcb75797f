"""`naru selection`: a record from files, its verification, and every refusal with its exit code."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from programme import call_2025
from simulated import applications, capacities
from typer.testing import CliRunner

from naru.cli import app
from naru.codec.record import canonical

ROOT = Path(__file__).parent.parent.parent
CALL = ROOT / "calls" / "2025-npu.toml"


def rows(entries):
    return [
        {
            "id": entry.id,
            "unit": entry.unit,
            "sector": entry.sector,
            "product": entry.product,
            "reviews": [{"reviewer": s.reviewer, "points": s.points} for s in entry.sheets],
            "bonus": {"claimed": bool(entry.claimed), "evidenced": list(entry.evidenced)},
            "vendors": entry.vendors,
            "clouds": entry.clouds,
        }
        for entry in entries
    ]


@pytest.fixture
def files(tmp_path):
    groups = [
        {"product": g.product, "vendor": g.vendor, "cloud": g.cloud, "capacity": g.capacity}
        for g in capacities(call_2025(), 3)
    ]
    write(tmp_path / "applications.jsonl", rows(applications(call_2025(), 60)))
    write(tmp_path / "capacities.jsonl", groups)
    (tmp_path / "seed").write_text("a seed\n", encoding="utf-8")
    return tmp_path


def write(path, lines):
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


def naru(*arguments):
    return CliRunner().invoke(app, ["selection", *map(str, arguments)])


def run(files, *more):
    given = ("--call", CALL, "--applications", files / "applications.jsonl", "--seed-file", files / "seed")
    return naru("run", *given, *more)


def test_a_run_writes_a_record_that_verify_and_the_checker_accept(files):
    out = files / "record.json"
    done = run(files, "--capacities", files / "capacities.jsonl", "--out", out)
    assert (done.exit_code, done.stderr) == (0, "")
    record = json.loads(out.read_text(encoding="utf-8"))
    assert record["hashes"]["root"] in done.stdout
    verified = naru("verify", out)
    assert verified.exit_code == 0
    assert f"60 applications, root {record['hashes']['root']}" in verified.stdout
    checked = checker(out)
    assert (checked.returncode, checked.stdout) == (
        0,
        f"OK 60 applications, root {record['hashes']['root']}\n",
    )


def checker(*arguments):
    command = [sys.executable, "-I", str(ROOT / "tools" / "check_record.py"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_without_out_the_record_goes_to_the_screen_and_says_matching_was_not_run(files):
    done = run(files)
    assert done.exit_code == 0
    record = json.loads(done.stdout)
    assert record["capacities"] is None
    assert {ruling["server"] for ruling in record["rulings"]} == {None}


def test_one_changed_score_is_refused_with_its_key_path(files):
    out = files / "record.json"
    run(files, "--out", out)
    record = json.loads(out.read_text(encoding="utf-8"))
    record["rulings"][0]["score"] = "100.00"
    out.write_text(canonical(record), encoding="utf-8")
    refused = naru("verify", out)
    assert refused.exit_code == 1
    assert 'rulings[0].score: recorded "100.00", recomputed "' in refused.stderr
    checked = checker(out)
    assert (checked.returncode, checked.stderr.startswith("WRONG hashes.rulings")) == (1, True)


def test_unresolved_duplicates_are_listed_and_nothing_is_written(files):
    lines = rows(applications(call_2025(), 4))
    write(files / "applications.jsonl", [{**line, "unit": "same"} for line in lines[:2]] + lines[2:])
    done = run(files, "--out", files / "record.json")
    assert done.exit_code == 1
    assert f"duplicates: {lines[0]['id']}, {lines[1]['id']} are of one unit" in done.stderr
    assert not (files / "record.json").exists()


def test_a_broken_row_is_named_and_nothing_is_written(files):
    lines = rows(applications(call_2025(), 4))
    write(files / "applications.jsonl", [*lines[:2], {**lines[2], "product": "none"}])
    done = run(files, "--out", files / "record.json")
    assert done.exit_code == 1
    assert 'applications.jsonl: row 3, column product: "none" is none of npu-60' in done.stderr
    assert not (files / "record.json").exists()


def test_wrong_usage_is_exit_2(files):
    assert naru("verify", files / "nothing.json").exit_code == 2
    assert run(files, "--capacities", files / "nothing.jsonl").exit_code == 2
    assert run(files, "--out", files / "no folder" / "record.json").exit_code == 2
    assert naru("run").exit_code == 2
    assert checker(files / "nothing.json").returncode == 2
    assert checker().returncode == 2


def test_a_broken_call_an_unknown_round_and_no_record_are_exit_1(files):
    assert run(files, "--round", "9").exit_code == 1
    (files / "seed").write_text("", encoding="utf-8")
    assert run(files).exit_code == 1
    broken = files / "call.toml"
    broken.write_text("schema = ", encoding="utf-8")
    given = ("--call", broken, "--applications", files / "applications.jsonl", "--seed-file", files / "seed")
    assert naru("run", *given).exit_code == 1
    assert naru("verify", broken).exit_code == 1
    assert checker(broken).returncode == 1

"""The demo's year, played once by the real command on a fresh SQLite database, and looked at from outside."""

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from naru.portal.demo.papers import TITLES

ROOT = Path(__file__).parents[2]
COMMITTED = ROOT / "docs" / "examples" / "selection-record-2025.json"
NARU = (sys.executable, "-c", "from naru.cli import main; main()")


def naru(*arguments, **options):
    command = [*NARU, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, **options)


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="session")
def year(folder):
    """The summary of the full year, as `--json` prints it."""
    done = naru("demo", "--no-serve", "--json", "--data-dir", folder, "--record", folder / "copy.json")
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


@pytest.fixture(scope="session")
def rows(folder, year):
    """rows("SELECT ...") on the played database, past Django."""
    with sqlite3.connect(folder / "naru.sqlite3") as connection:
        yield lambda query: connection.execute(query).fetchall()


def test_every_action_left_exactly_one_event_and_nothing_else_did(year, rows):
    [(events,)] = rows("SELECT count(*) FROM audit_event")
    assert events == year["actions"] == sum(year["by_action"].values())
    by_action = dict(rows("SELECT action, count(*) FROM audit_event GROUP BY action"))
    assert by_action == year["by_action"]


def test_the_record_runs_forward_in_time_and_is_whole(year, rows):
    assert [(chain["key"], chain["whole"]) for chain in year["chains"]] == [
        ("decisions", True),
        ("decisions:2025-npu", True),
        ("drafts:2025-npu", True),
        ("mail", True),
        ("sheets:2025-npu", True),
    ]
    of_chain = dict(
        rows(
            "SELECT c.key, count(*) FROM audit_event e JOIN audit_chain c ON c.id = e.chain_id GROUP BY c.key"
        )
    )
    assert of_chain == {chain["key"]: chain["events"] for chain in year["chains"]}
    assert of_chain["drafts:2025-npu"] == year["by_action"]["applications.save_answers"]
    assert of_chain["mail"] == year["by_action"]["mail.take"] + year["by_action"]["mail.settle"]
    assert rows(
        "SELECT count(*) FROM audit_event late JOIN audit_event early"
        " ON late.chain_id = early.chain_id AND late.number = early.number + 1 WHERE late.at < early.at"
    ) == [(0,)]


def test_about_420_applications_of_every_kind_were_made(year, rows):
    made = year["applications"]
    assert 400 <= sum(made.values()) <= 440
    assert all(made[state] > 0 for state in ("draft", "submitted", "withdrawn"))
    kinds = dict(rows("SELECT kind, count(*) FROM applications_application GROUP BY kind"))
    assert kinds.keys() == {"sme", "venture", "startup", "university", "university_hospital"}
    assert min(kinds.values()) >= 20
    roles = dict(rows("SELECT role, count(*) FROM applications_application GROUP BY role"))
    assert min(roles["company"], roles["staff"], roles["student"]) >= 60


@pytest.mark.parametrize(
    ("clause", "code"),
    [
        ("E-06", "FAILED"),  # in business for longer than seven years
        ("E-09", "FAILED"),  # in the register from the year before
        ("E-11", "FAILED"),  # still missing after the correction window
        ("E-10", "PERSON"),  # selected for the voucher as well
        ("E-07", "PERSON"),  # born exactly on the cutoff
        ("E-07", "MISSING"),  # youth claimed without evidence
        ("A-05", "PERSON"),  # a model that is not in the table
    ],
)
def test_the_rules_found_what_the_applicants_brought(rows, clause, code):
    [(found,)] = rows(
        f"SELECT count(*) FROM screening_screeningfinding WHERE clause = '{clause}'"  # noqa: S608 - literals
        f" AND outcome = '{code.lower()}'"
    )
    assert found > 0


def test_nobody_with_the_training_programme_was_turned_away_for_it(rows):
    """E-10: the GPU training programme is never a ground."""
    decided = rows(
        "SELECT DISTINCT s.decision FROM screening_screening s JOIN applications_declaration d"
        " ON d.application_id = s.application_id WHERE d.code = 'gpu_training:selected' AND d.declared"
    )
    assert decided == [("eligible",)]


def test_refusals_wrote_nothing_but_were_met(year):
    met = {code.split()[0] for code in year["refused"]}
    assert met == {"A-03", "C-03", "E-03", "E-04", "L-03", "R-05", "R-06"}
    assert year["refused"]["E-03 kind_excluded"] == 6
    assert year["refused"]["E-04 another_confirmed"] == 3  # a second student, until the first is declined


def test_quotas_and_the_public_cap_bind_and_the_shortfall_shows(year):
    products = year["selection"]
    assert {name: row["seats"] for name, row in products.items()} == {
        "npu-60": 120,
        "npu-120": 60,
        "npu-240": 20,
    }
    assert all(2 * row["public"] < row["selected"] for row in products.values())
    assert products["npu-60"]["empty"] == products["npu-240"]["empty"] == 0
    assert products["npu-240"]["public"] == 9  # the most below half of 20
    short = products["npu-120"]
    assert short["public"] == short["private"] - 1  # as many as the private allow
    assert short["empty"] > 0 < short["waiting"]


def test_matching_leaves_a_few_unserved_and_proves_it(year, rows):
    assert 2 <= year["matching"]["PRODUCT_SOLD_OUT"] <= 5
    assert rows(
        "SELECT count(*) FROM selection_match WHERE code = 'PRODUCT_SOLD_OUT' AND certificate IS NULL"
    ) == [(0,)]


def test_the_year_has_its_troubles(year):
    assert year["allocation"]["withdrawals"] == 6
    assert 1 <= year["allocation"]["refills"] <= 5
    progress = year["progress"]
    assert progress["awards_owing_statements"] > 0 < progress["statements"]
    assert progress["awards_stalled"] > progress["awards_owing_statements"]
    assert progress["months_missed"] > 0
    assert progress["final_insufficient"] > 0
    assert progress["cases_dropped"] == 1
    restricted = year["restrictions"]["withdrawal"] + year["restrictions"]["survey_missing"]
    assert restricted + progress["final_insufficient"] == progress["cases_restricted"]


def test_three_leave_the_survey_and_one_is_heard_on_it(year, rows):
    assert year["progress"]["surveys_missing"] == 3
    assert year["by_action"]["progress.answer_survey"] == year["progress"]["surveys"]
    [(state, opinion, facts)] = rows(
        "SELECT c.state, c.statement, e.facts FROM progress_restrictioncase c JOIN audit_event e"
        " ON e.action = 'progress.decide_case' AND e.subject_id = c.id WHERE c.ground = 'survey_missing'"
    )
    assert state == "restricted"
    assert opinion
    [(used,)] = rows(
        "SELECT count(*) FROM allocation_ledgerentry l JOIN progress_restrictioncase c"
        " ON c.award_id = l.award_id WHERE c.ground = 'survey_missing'"
    )
    assert json.loads(facts)["clawback"] >= used > 0


def test_every_server_went_back(rows):
    assert rows("SELECT DISTINCT state FROM allocation_server") == [("returned",)]
    assert dict(rows("SELECT state, count(*) FROM allocation_award GROUP BY state")).keys() == {
        "ended",
        "withdrawn",
    }


def test_only_the_printed_logins_have_a_password(year, rows):
    [(able,)] = rows("SELECT count(*) FROM accounts_user WHERE substr(password, 1, 1) <> '!'")
    assert able == len(year["logins"])
    assert [row["role"] for row in year["logins"]] == [
        "auditor",
        "cloud",
        "operator",
        "operator 2",
        "professor",
        "reviewer",
        "vendor",
        "applicant (waiting)",
        "applicant (selected)",
    ]


def test_everybody_is_marked_as_simulated(rows):
    for table in ("accounts_user", "organisations_organisation", "organisations_supplier"):
        assert rows(f"SELECT count(*) FROM {table} WHERE NOT simulated") == [(0,)]  # noqa: S608 - literals


def test_papers_were_gated_once_per_content(rows):
    [(files, documents)] = rows(
        "SELECT count(DISTINCT sha256), (SELECT count(*) FROM applications_evidencedocument)"
        " FROM applications_storedfile"
    )
    assert files == len(TITLES)
    assert documents > 500


def test_the_committed_record_is_the_one_the_demo_makes(folder, year):
    assert (folder / "copy.json").read_text("utf-8") == COMMITTED.read_text("utf-8"), (
        f"the demo's record changed; naru demo --no-serve --replay --record {COMMITTED.relative_to(ROOT)}"
    )


def test_the_committed_record_verifies():
    assert naru("selection", "verify", COMMITTED).returncode == 0


def test_the_committed_record_passes_the_standalone_checker():
    done = subprocess.run(
        [sys.executable, "-I", ROOT / "tools" / "check_record.py", COMMITTED],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_played_year_is_shown_again_without_playing(folder, year):
    before = (folder / "naru.sqlite3").stat().st_mtime_ns
    again = naru("demo", "--no-serve", "--json", "--data-dir", folder)
    assert json.loads(again.stdout) == year
    assert (folder / "naru.sqlite3").stat().st_mtime_ns == before
    shown = naru("demo", "--no-serve", "--data-dir", folder).stdout
    assert f"{year['actions']:,}" in shown
    assert "naru-demo-2025" in shown

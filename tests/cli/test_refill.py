import json
from datetime import date

from typer.testing import CliRunner

from naru.cli import app
from naru.codec.refill import About, refill_record
from naru.domain.batch import Candidate, Facts, Line, decide_batch
from naru.domain.bound import Bound


def verify(path):
    return CliRunner().invoke(app, ["refill", "verify", str(path)])


def test_a_record_is_verified_and_a_changed_one_is_not(tmp_path):
    waiting = (Candidate(id="n-1", sector="private", tiers=(frozenset({0}),)),)
    line = Line(product="a", monthly_cost=1, seats=1, holders=(0, 0), free=(1,), waiting=waiting)
    facts = Facts(lines=(line,), bound=Bound(), months=3, min_months=2, charged=3)
    about = About(call="c", version=1, day=date(2025, 5, 2))
    record = refill_record(about, facts, decide_batch(facts), {"a": [("v", "c")]})
    path = tmp_path / "record.json"
    path.write_text(json.dumps(record), encoding="utf-8")
    done = verify(path)
    assert (done.exit_code, done.stdout) == (0, f"{path}: verified, 1 offers, root {record['root']}\n")
    record["decided"]["offers"] = []
    path.write_text(json.dumps(record), encoding="utf-8")
    done = verify(path)
    assert (done.exit_code, "decided.offers[0]: recorded nothing" in done.stderr) == (1, True)


def test_no_file_is_wrong_usage_and_no_json_is_refused(tmp_path):
    assert verify(tmp_path / "none.json").exit_code == 2
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    assert verify(tmp_path / "broken.json").exit_code == 1

"""One address names the database; without a secret key nothing starts."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from naru.portal.ui.databases import database


def test_sqlite_waits_for_its_turn_and_keeps_receipts():
    made = database("sqlite:////data/naru.sqlite3")
    assert made["NAME"] == "/data/naru.sqlite3"
    assert made["OPTIONS"] == {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }


def test_postgresql_address():
    made = database("postgresql://na%40ru:se%2Fcret@db.example:5433/portal")
    wanted = {"NAME": "portal", "USER": "na@ru", "PASSWORD": "se/cret", "HOST": "db.example", "PORT": "5433"}
    assert {key: made[key] for key in wanted} == wanted


@pytest.mark.parametrize("address", ["mysql://u@h/db", "sqlite://", "postgresql://host", "portal.db"])
def test_other_addresses_are_refused(address):
    with pytest.raises(ImproperlyConfigured, match="write sqlite:///PATH or postgresql://"):
        database(address)


@pytest.mark.parametrize(
    ("given", "code"), [({}, 1), ({"NARU_DEBUG": "1"}, 0), ({"NARU_SECRET_KEY": "k"}, 0)]
)
def test_start_needs_a_secret_key(given, code, tmp_path):
    kept = {key: value for key, value in os.environ.items() if not key.startswith("NARU_")}
    environment = (
        kept
        | given
        | {
            "DJANGO_SETTINGS_MODULE": "naru.portal.settings",
            "NARU_DATA_DIR": str(tmp_path),
            "PYTHONPATH": "src",
        }
    )
    command = [sys.executable, "-m", "django", "check"]
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert answer.returncode == code, answer.stderr
    assert ("NARU_SECRET_KEY is not set" in answer.stderr) == bool(code)

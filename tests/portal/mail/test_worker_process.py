"""`naru portal db_worker` for real: a process of its own, a real database, a real mail server."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection
from mailserver import MailServer

ROOT = Path(__file__).parents[3]
NARU = [sys.executable, "-c", "from naru.cli import main; main()", "portal"]
WRITE = """
from django.db import transaction
from naru.portal.mail.models import Mail
from naru.portal.mail.outbox import wake_on_commit
from naru.portal.ui import clock
with transaction.atomic():
    for number in range(40):
        Mail.objects.create(to=f"p{number}@example.test", name="tried", language="ko", subject="접수했습니다",
                            body="안녕하십니까.\\n", queued_at=clock.now())
        wake_on_commit()
"""


def environment(server, database):
    host, port = server.server_address
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "naru.portal.settings",
        "NARU_SECRET_KEY": "tests only",
        "NARU_DATABASE_URL": database,
        "NARU_EMAIL_URL": f"smtp://{host}:{port}",
        "PYTHONPATH": str(ROOT / "src"),
    }


def worker(surroundings, *options):
    command = [*NARU, "db_worker", "--batch", "--no-startup-delay", "--no-reload", *options]
    return subprocess.Popen(command, env=surroundings, stderr=subprocess.PIPE, text=True)


@pytest.fixture
def smtp():
    with MailServer() as running:
        yield running


def test_on_an_sqlite_file_the_worker_sends_what_was_written(tmp_path, smtp):
    """Written by one process, sent by two others side by side, each mail once."""
    file = tmp_path / "naru.sqlite3"
    surroundings = environment(smtp, f"sqlite:///{file}") | {"NARU_DATA_DIR": str(tmp_path)}
    subprocess.run([*NARU, "migrate", "-v", "0"], env=surroundings, check=True)
    subprocess.run([*NARU, "shell", "-v", "0", "-c", WRITE], env=surroundings, check=True)
    with closing(sqlite3.connect(file)) as database:
        (queued,) = database.execute(
            "SELECT count(*) FROM django_tasks_database_dbtaskresult"
            " WHERE task_path = 'naru.portal.mail.tasks.deliver'"
        ).fetchone()
        workers = [worker(surroundings) for _ in range(2)]
        for one in workers:
            _out, said = one.communicate(timeout=60)
            assert one.returncode == 0, said
        unsent = database.execute("SELECT count(*) FROM mail_mail WHERE sent_at IS NULL").fetchone()
        failed = database.execute(
            "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status = 'FAILED'"
        ).fetchone()
    assert (queued, unsent, failed) == (1, (0,), (0,))
    assert sorted(smtp.to) == sorted(f"p{number}" for number in range(40))
    assert {letter["Subject"] for _to, letter in smtp.letters} == {"접수했습니다"}


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_on_postgresql_two_workers_at_once_send_each_mail_once(mail, smtp, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    from naru.portal.mail import tasks
    from naru.portal.mail.models import Mail

    for number in range(60):
        mail(f"p{number}")
    for _ in range(2):
        tasks.deliver.enqueue()
    its = connection.settings_dict
    database = f"postgresql://{its['USER']}:{its['PASSWORD']}@{its['HOST']}:{its['PORT']}/{its['NAME']}"
    workers = [worker(environment(smtp, database)) for _ in range(2)]
    for one in workers:
        _out, said = one.communicate(timeout=60)
        assert one.returncode == 0, said
    assert sorted(smtp.to) == sorted(f"p{number}" for number in range(60))
    assert Mail.objects.filter(sent_at=None).count() == 0

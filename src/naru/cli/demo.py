"""`naru demo`: plays a whole synthetic year, says what happened, and serves it."""

import json
import os
import secrets
import shlex
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from naru.cli.portal import prepare

DATABASE, SUMMARY, RECORD, PAPERS = "naru.sqlite3", "demo.json", "record.json", "documents"
MAIL, KEY, KEYS = "mail", "secret-key", "keys"
DATA_DIR = "var/demo"
THREADS = "8"
SECTIONS = (
    "applications",
    "screening",
    "technical_reviews",
    "evaluation",
    "matching",
    "allocation",
    "progress",
    "restrictions",
)


def demo(  # noqa: PLR0913 - each option is a parameter
    *,
    serve: Annotated[bool, typer.Option(help="Serve the played year on 127.0.0.1.")] = True,
    under_subscribed: Annotated[
        bool, typer.Option("--under-subscribed", help="40 applications for 200 servers, as in the real 2025.")
    ] = False,
    until: Annotated[
        str,
        typer.Option(help="Stop after this act, e.g. `intake` or `evaluation`; the clock stops there too."),
    ] = "",
    replay: Annotated[
        bool, typer.Option("--replay", help="Play again even if it is played already.")
    ] = False,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Where to serve.")] = 8000,
    data_dir: Annotated[Path, typer.Option(help="Where the demo keeps its database.")] = Path(DATA_DIR),
    record: Annotated[Path | None, typer.Option(help="Copy the matching's record (JSON) here.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
    code: Annotated[
        str, typer.Option(metavar="EMAIL", help="Print the six digits this login is asked for now; no more.")
    ] = "",
) -> None:
    """Play the synthetic year 2025 through the portal's own actions; print what happened; serve it.

    Exit 0 when played (and served), 1 when the play does not hold, 2 for wrong usage.
    """
    if code:
        _print_code(data_dir, code)
        return
    if serve and not _free(port):
        _usage(f"--port: 127.0.0.1:{port} is in use; choose another port")
    wanted = {"under_subscribed": under_subscribed, "until": until, "made_by": _made_by()}
    found = _played(data_dir)
    if found is None or replay or {key: found.get(key) for key in wanted} != wanted:
        found = _build(data_dir, under_subscribed=under_subscribed, until=until)
    if record is not None:
        _copy_record(data_dir, record)
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2, sort_keys=True))
    else:
        _show(found, port=port if serve else None, command=_command(data_dir))
    if serve:
        _serve(data_dir, port)


def _usage(message: str) -> NoReturn:
    typer.echo(f"naru demo: {message}", err=True)
    raise typer.Exit(2)


def _free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _print_code(data_dir: Path, email: str) -> None:
    """The code on stdout, how long it holds on stderr."""
    if _played(data_dir) is None:
        _usage(f"--code: no year was played in {data_dir}; run `naru demo` first, or name its --data-dir")
    os.environ |= _environment(data_dir, timedelta())
    prepare()
    from naru.portal.demo.codes import current_code

    try:
        digits, seconds = current_code(email)
    except LookupError:
        _usage(
            f"--code: {email} has no second factor in {data_dir}; the staff logins of the summary have one"
        )
    typer.echo(digits)
    typer.echo(f"holds for {seconds} s more; each code works once", err=True)


def _command(data_dir: Path) -> str:
    """What to type for a code: this very program, with the folder where it is not the usual one."""
    program = sys.argv[0] if Path(sys.argv[0]).name == "naru" else ".venv/bin/naru"
    folder = "" if data_dir == Path(DATA_DIR) else f" --data-dir {shlex.quote(str(data_dir.resolve()))}"
    return f"{program} demo{folder}"


def _made_by() -> str:
    """A hash of what the database depends on: tables and the demo itself. Another one: play again."""
    package = Path(__file__).resolve().parents[1]
    files = sorted([*package.glob("portal/*/migrations/*.py"), *package.glob("portal/demo/**/*.py")])
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _played(data_dir: Path) -> dict[str, Any] | None:
    """The summary of the year that stands in a folder, None where there is none.

    A database that no demo left there is never touched.
    """
    summary = data_dir / SUMMARY
    if summary.is_file() and (data_dir / DATABASE).is_file():
        found: dict[str, Any] = json.loads(summary.read_text(encoding="utf-8"))
        return found
    if (data_dir / DATABASE).exists():
        _usage(f"--data-dir: {data_dir / DATABASE} was not made by the demo; choose another folder")
    return None


def _build(data_dir: Path, *, under_subscribed: bool, until: str) -> dict[str, Any]:
    """Play in a folder beside, then put it in place: a half-played year is never seen."""
    building = data_dir / "building"
    shutil.rmtree(building, ignore_errors=True)
    os.environ |= _environment(building, timedelta())
    try:
        prepare()
        from naru.portal.demo import play

        if until and until not in play.NAMES:
            _usage(f"--until: there is no act {until!r}; the acts are: {', '.join(play.NAMES)}")
        found = _play(building, under_subscribed=under_subscribed, until=until)
        for name in (KEY, DATABASE, PAPERS, KEYS, MAIL, RECORD, SUMMARY):
            _replace(building / name, data_dir / name)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return found


def _play(building: Path, *, under_subscribed: bool, until: str) -> dict[str, Any]:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from naru.codec.call import read_call
    from naru.codec.record import write_record
    from naru.portal.demo import play
    from naru.portal.demo.summary import summary

    call_command("migrate", verbosity=0)
    play.hurry()
    terms = read_call(settings.CALLS_DIR / "2025-npu.toml")
    with _bars(len(play.NAMES)) as begin:
        year = play.play_year(terms, begin=begin, under_subscribed=under_subscribed, until=until)
    play_of = {"under_subscribed": under_subscribed, "until": until, "made_by": _made_by()}
    found = {**play_of, **summary(year)}
    broken = [chain["key"] for chain in found["chains"] if not chain["whole"]]
    if broken:
        typer.echo(f"naru demo: the audit record is broken: {', '.join(broken)}", err=True)
        raise typer.Exit(1)
    connection.close()
    if year.matched is not None:
        write_record(building / RECORD, year.matched.record)
    (building / SUMMARY).write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    return found


@contextmanager
def _bars(acts: int) -> Iterator[Callable[[str], Callable[[], object]]]:
    """One bar over the acts on stderr, and one per act that counts its actions."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[actions]:,} actions"))
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True)) as progress:
        whole = progress.add_task("2025", total=acts, actions=0)
        counts: list[int] = []

        def end() -> None:
            if counts:
                progress.update(progress.task_ids[-1], total=1, completed=1, actions=counts[-1])
                progress.update(whole, advance=1, actions=sum(counts))

        def begin(title: str) -> Callable[[], object]:
            end()
            bar = progress.add_task(title, total=None, actions=0)
            counts.append(0)
            return lambda: count(bar)

        def count(bar: TaskID) -> None:
            counts[-1] += 1
            if counts[-1] % 25 == 0:
                progress.update(bar, actions=counts[-1])

        yield begin
        end()


def _environment(folder: Path, offset: timedelta) -> dict[str, str]:
    """What the portal reads of its surroundings, for the database in a folder."""
    return {
        "DJANGO_SETTINGS_MODULE": "naru.portal.settings",
        "NARU_DATA_DIR": str(folder.resolve()),
        "NARU_DATABASE_URL": f"sqlite:///{folder.resolve() / DATABASE}",
        "NARU_SECRET_KEY": _secret_key(folder),
        "NARU_DEBUG": "0",  # Django would keep every query in memory
        "NARU_DEMO": "1",
        "NARU_EMAIL_URL": "",  # files in the folder: nothing leaves this machine, whatever the shell says
        "NARU_CLOCK_OFFSET": str(round(offset.total_seconds())),
    }


def _secret_key(folder: Path) -> str:
    """The key of the played database, made with it: the logins' second factors are encrypted under it."""
    path = folder / KEY
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), "ascii")
    return path.read_text("ascii")


def _replace(source: Path, target: Path) -> None:
    if target.is_dir():
        shutil.rmtree(target)
    else:
        target.unlink(missing_ok=True)
    for leftover in ("-wal", "-shm"):
        Path(f"{target}{leftover}").unlink(missing_ok=True)
    if source.exists():
        source.rename(target)


def _copy_record(data_dir: Path, record: Path) -> None:
    if not (data_dir / RECORD).is_file():
        _usage("--record: nobody was matched before this act; play on with --until matching or later")
    shutil.copyfile(data_dir / RECORD, record)


def _serve(data_dir: Path, port: int) -> NoReturn:
    """Become the web server; its clock goes on from the last act on record, played or a visitor's."""
    with closing(sqlite3.connect(data_dir / DATABASE)) as connection:
        [(latest,)] = connection.execute("SELECT max(at) FROM audit_event")
    last = datetime.fromisoformat(latest).replace(tzinfo=UTC)  # stored in UTC, without saying so
    offset = last + timedelta(minutes=1) - datetime.now(tz=UTC)
    command = [sys.executable, "-m", "gunicorn", "naru.portal.wsgi", "--worker-class", "gthread"]
    command += ["--threads", THREADS, "--bind", f"127.0.0.1:{port}", "--log-level", "warning"]
    shown = {"NARU_SITE_URL": f"http://127.0.0.1:{port}", "NARU_DEMO_COMMAND": _command(data_dir)}
    environment = os.environ | _environment(data_dir, offset) | shown
    sys.stdout.flush()
    _start_worker(environment)
    os.execve(command[0], command, environment)  # noqa: S606 - this interpreter, our own arguments


def _start_worker(environment: dict[str, str]) -> None:
    """A worker beside the server about to be: it ends when the pipe, held by the server alone, is let go."""
    read, write = os.pipe()
    worker = [sys.executable, "-m", "naru.cli.worker"]
    subprocess.Popen(worker, stdin=read, env=environment)  # noqa: S603 - this interpreter, our own arguments
    os.close(read)
    os.set_inheritable(write, True)


def _show(found: dict[str, Any], *, port: int | None, command: str) -> None:
    """The summary as tables: counts, the record's state, addresses and logins."""
    console = Console()
    counts = Table("", "", box=None, show_header=False, title="2025", title_justify="left")
    for name in SECTIONS:
        counts.add_row(name.replace("_", " "), _counts(found[name]))
    for product, row in found["selection"].items():
        counts.add_row(f"selection {product}", _counts(row))
    counts.add_row("refused attempts", _counts(found["refused"]))
    counts.add_row("actions taken", f"{found['actions']:,}")
    counts.add_row("audit events", f"{found['events']:,} (one per action)")
    whole = ", ".join(f"{chain['key']} {chain['events']:,} whole" for chain in found["chains"])
    counts.add_row("audit chains", whole)
    counts.add_row("last instant", found["last_instant"])
    console.print(counts)
    logins = Table(box=None, title_justify="left")
    for column in ("role", "e-mail", "name", "first room"):
        logins.add_column(column, overflow="fold", no_wrap=column != "first room")
    logins.title = f"logins, password {found['password']} (everybody is invented)"
    for row in found["logins"]:
        logins.add_row(row["role"], row["email"], row["name"], row["rooms"])
    console.print(logins)
    console.print("All but applicants and professors are asked for a six-digit code as well; to read it:")
    console.print(f"    {command} --code {found['logins'][0]['email']}", soft_wrap=True, highlight=False)
    if port is not None:
        console.print(f"http://127.0.0.1:{port}/  (Ctrl-C ends it; the played year stays)")


def _counts(row: dict[str, int]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {count:,}" for name, count in row.items()) or "none"

"""`naru call`: check a call file, show it, print the schema its editor can use."""

import json
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.table import Table

from naru.codec.call import CallFileError, Problem, call_hash, call_schema, read_call
from naru.domain.call import Call
from naru.domain.callwarnings import CallWarning, warnings
from naru.domain.quota import largest_remainder

app = typer.Typer(no_args_is_help=True, help="The call (사업공고) as a file.")
File = Annotated[Path, typer.Argument(help="A call file such as calls/2025-npu.toml.", show_default=False)]


@app.command()
def check(
    file: File,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of text.")] = False,  # noqa: FBT002 - typer
) -> None:
    """Check FILE. Exit 0 when valid (warnings allowed), 1 with errors, 2 when there is no such file."""
    errors: tuple[Problem, ...] = ()
    found: tuple[CallWarning, ...] = ()
    try:
        found = warnings(_read(file))
    except CallFileError as error:
        errors = error.problems
    if as_json:
        typer.echo(json.dumps(_report(file, errors, found), ensure_ascii=False, indent=2))
    else:
        _print_report(file, errors, found)
    raise typer.Exit(1 if errors else 0)


@app.command()
def show(file: File) -> None:
    """Show FILE as tables: schedule, products with quotas, rules, clauses. Exit codes as `check`."""
    try:
        call = _read(file)
    except CallFileError as error:
        _print_report(file, error.problems, ())
        raise typer.Exit(1) from error
    console = Console()
    console.print(f"[bold]{call.title.ko}[/bold]\n{call.title.en}")
    console.print(f"{call.id} v{call.version} · {call.agency.ko} · sha256 {call_hash(call)[:16]}\n")
    for table in (_schedule(call), _products(call), _rules(call), _scorecard(call), _clauses(call)):
        console.print(table)


@app.command()
def schema() -> None:
    """Print the JSON schema of a call file."""
    typer.echo(json.dumps(call_schema(), ensure_ascii=False, indent=2))


def _read(file: Path) -> Call:
    if not file.is_file():
        _usage(f"{file}: there is no such file; name a call file such as calls/2025-npu.toml")
    try:
        return read_call(file)
    except OSError as error:
        _usage(f"{file}: cannot be read ({error.strerror}); check its permissions")


def _usage(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(2)


def _report(file: Path, errors: tuple[Problem, ...], found: tuple[CallWarning, ...]) -> dict[str, Any]:
    return {
        "file": str(file),
        "valid": not errors,
        "errors": [{"path": e.path, "reason": e.reason, "line": e.line} for e in errors],
        "warnings": [
            {
                "path": warning.path,
                "clause": warning.clause,
                "reason": warning.reason.en,
                "reason_ko": warning.reason.ko,
                "taken": warning.ambiguity.taken if warning.ambiguity else None,
                "why": warning.ambiguity.why.en if warning.ambiguity else None,
            }
            for warning in found
        ],
    }


def _print_report(file: Path, errors: tuple[Problem, ...], found: tuple[CallWarning, ...]) -> None:
    for error in errors:
        typer.echo(f"{file}: error: {error}", err=True)
    for warning in found:
        typer.echo(f"{file}: warning: {warning.path} ({warning.clause}): {warning.reason.en}")
        typer.echo(f"    {warning.reason.ko}")
        if warning.ambiguity:
            typer.echo(f"    taken: {warning.ambiguity.taken}; {warning.ambiguity.why.en}")
        else:
            typer.echo(f'    record the reading taken in [[ambiguities]], id = "{warning.code}"')
    if errors:
        typer.echo(f"{file}: invalid, {len(errors)} error(s)", err=True)
    else:
        typer.echo(f"{file}: valid, {len(found)} warning(s)")


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", expand=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _schedule(call: Call) -> Table:
    table = _table("일정 · Schedule", "", "인쇄 · printed", "실제 · in force")
    for track in call.tracks:
        for entry in track.rounds:
            closes = entry.last_closing.isoformat() if entry.last_closing else "상시 · continuous"
            table.add_row(
                f"접수 intake {track.id}/{entry.id}",
                ", ".join(closing.printed for closing in entry.closes_at),
                f"{entry.opens_at.isoformat()} … {closes}",
            )
    for row in call.schedule:
        days = " … ".join(str(day) for day in (row.starts, row.ends) if day)
        table.add_row(row.label.ko, row.printed, days)
    table.add_row("지원 종료 support ends", "", str(call.support.ends))
    return table


def _products(call: Call) -> Table:
    entries = [entry for track in call.tracks for entry in track.rounds]
    seats = [f"모집 {entry.id} · seats ({entry.seats})" for entry in entries]
    table = _table(
        "상품 · Products", "", "TOPS", "CPU", "GB", "SSD TB", "Gbps", "share", "cost/month", *seats
    )
    shares = [item.share for item in call.resources]
    quotas = [largest_remainder(entry.seats, shares) for entry in entries]
    for i, item in enumerate(call.resources):
        figures = (item.tops_int8, f"{item.cores} x {item.clock_ghz} GHz", item.memory_gb, item.ssd_tb)
        rest = (item.link_gbps, item.share, item.monthly_cost, *(quota[i] for quota in quotas))
        table.add_row(item.id, *(str(value) for value in (*figures, *rest)))
    return table


def _rules(call: Call) -> Table:
    table = _table("규칙 · Rules", "", "")
    for c in call.constraints:
        bound = f"{c.group} {c.op} {c.share} of {c.base} per {c.scope} ({c.hardness})"
        table.add_row(f"구성 constraint {c.clause}", bound)
    for party in call.parties:
        kinds = ", ".join(kind.title.ko for kind in party.kinds)
        table.add_row(f"{party.title.ko} {party.clause}", f"{kinds}: {party.sets_per_unit} / {party.unit}")
    table.add_row("선정 순서 order", " > ".join(call.selection.order))
    table.add_row("평가 scoring", f"trim from {call.scoring.trim_from}, at least {call.scoring.min_reviews}")
    stalls = ", ".join(f"{stage.title.ko} {stage.stall_months or '-'}" for stage in call.stages)
    table.add_row("단계 stages (stall months)", stalls)
    return table


def _scorecard(call: Call) -> Table:
    table = _table("배점 · Scorecard", "", "", "")
    for criterion in call.criteria:
        table.add_row(criterion.id, criterion.title.ko, str(criterion.points))
    for bonus in call.bonuses:
        table.add_row(bonus.id, f"{bonus.title.ko} (≥ {bonus.born_on_or_after})", f"+{bonus.points}")
    return table


def _clauses(call: Call) -> Table:
    table = _table("조항 · Clauses", "code", "sentence", "guide")
    for clause in call.clauses:
        table.add_row(clause.code, f"{clause.text.ko}\n{clause.text.en}", clause.place)
    return table

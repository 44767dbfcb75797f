"""`naru audit`: is the record whole?"""

from functools import partial
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, TaskID

from naru.cli.portal import prepare

app = typer.Typer(no_args_is_help=True, help="The audit record (감사 기록) of the portal's database.")


@app.callback()
def audit() -> None:
    """Keep `verify` a command of its own."""


@app.command()
def verify(
    chain: Annotated[str, typer.Argument(help="A chain's key; all chains when left out.")] = "",
) -> None:
    """Recompute every hash. Exit 0 when each chain is whole, 1 when one is broken, 2 for an unknown chain."""
    prepare()
    from naru.portal.audit import queries

    chosen = [row for row in queries.chains() if chain in {"", row.key}]
    if chain and not chosen:
        known = ", ".join(row.key for row in queries.chains()) or "none yet"
        typer.echo(f"naru audit verify: no chain {chain!r}; the chains are: {known}", err=True)
        raise typer.Exit(2)
    broken = 0
    with Progress(console=Console(stderr=True), transient=True) as progress:
        for row in chosen:
            bar = progress.add_task(row.key, total=row.length)
            found = queries.verify(row, seen=partial(_show, progress, bar))
            broken += found is not None
            verdict = f"broken at event {found.number}: {found.reason}" if found else "whole"
            typer.echo(f"{row.key}: {row.length} events, {verdict}")
    raise typer.Exit(1 if broken else 0)


def _show(progress: Progress, bar: TaskID, number: int) -> None:
    progress.update(bar, completed=number)

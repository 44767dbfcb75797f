"""`naru audit`: is the record whole, and where does it stand?"""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import Progress, TaskID

from naru.cli.portal import prepare
from naru.codec.chain import ChainFileError, heads_text, read_chain, read_heads
from naru.domain.chain import Break, first_break

app = typer.Typer(
    no_args_is_help=True, help="The audit record (감사 기록): the portal's, or a downloaded chain."
)
Heads = Mapping[str, Mapping[int, str]]


@app.command()
def verify(
    chain: Annotated[
        str,
        typer.Argument(help="A chain's key, or a downloaded chain (FILE.jsonl); every chain when left out."),
    ] = "",
    *,
    heads: Annotated[
        Path | None,
        typer.Option(
            help="Published heads kept from earlier (/audit/heads.json): finds a history rewritten whole."
        ),
    ] = None,
) -> None:
    """Recompute every hash, those of score sheets too.

    Exit 0 when each chain is whole, 1 when one is broken, 2 for an unknown chain.
    A file is checked without the portal and its database.
    """
    kept = _read(heads)
    if chain.endswith(".jsonl"):
        raise typer.Exit(_verify_file(Path(chain), kept))
    prepare()
    from naru.portal.audit import held, queries

    rows = list(queries.chains())
    keys = {row.key for row in rows}
    further = {name: check for name, check in held.checks().items() if chain in {"", name}}
    if chain and chain not in keys and not further:
        _refuse(f"no chain {chain!r}; the chains are: {', '.join([*sorted(keys), *held.checks()])}")
    broken = 0
    with Progress(console=Console(stderr=True), transient=True) as progress:
        for row in rows:
            if chain not in {"", row.key}:
                continue
            bar = progress.add_task(row.key, total=row.length)
            found = queries.verify(row, anchors=kept.get(row.key), seen=partial(_show, progress, bar))
            broken += found is not None
            _tell(row.key, row.length, found)
        for key in sorted(kept.keys() - keys if not chain else ()):
            broken += 1
            typer.echo(f"{key}: missing, though its head was published")
    for name, check in further.items():
        kept_rows = check()
        broken += bool(kept_rows.breaks)
        state = f"{len(kept_rows.breaks)} broken" if kept_rows.breaks else "whole"
        typer.echo(f"{name}: {kept_rows.rows} rows, {state}")
        for line in kept_rows.breaks:
            typer.echo(f"  {line}")
    raise typer.Exit(1 if broken else 0)


@app.command()
def publish() -> None:
    """Publish where every chain stands now and print every published head as JSON, to be kept elsewhere.

    The worker does so once a day; exit 0.
    """
    prepare()
    from naru.portal.audit import actions, queries
    from naru.portal.ui import clock

    at = clock.now()
    actions.publish_heads(by=None, at=at)
    typer.echo(heads_text(queries.heads(), at=at), nl=False)


def _verify_file(path: Path, kept: Heads) -> int:
    """The exit code for a downloaded chain."""
    try:
        with path.open(encoding="utf-8") as lines:
            read = read_chain(lines)
            found = first_break(
                read.entries, length=read.length, head=read.head, anchors=kept.get(read.chain)
            )
    except (OSError, UnicodeDecodeError, ChainFileError) as wrong:
        _refuse(f"{path}: {wrong}")
    _tell(read.chain, read.length, found)
    return 1 if found else 0


def _read(heads: Path | None) -> Heads:
    if heads is None:
        return {}
    try:
        return read_heads(heads.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ChainFileError) as wrong:
        _refuse(f"{heads}: {wrong}")


def _tell(key: str, length: int, found: Break | None) -> None:
    verdict = f"broken at event {found.number}: {found.reason}" if found else "whole"
    typer.echo(f"{key}: {length} events, {verdict}")


def _refuse(reason: str) -> NoReturn:
    typer.echo(f"naru audit verify: {reason}", err=True)
    raise typer.Exit(2)


def _show(progress: Progress, bar: TaskID, number: int) -> None:
    progress.update(bar, completed=number)

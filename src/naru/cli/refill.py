"""`naru refill`: verify the record of a day's refill (L-03)."""

from pathlib import Path
from typing import Annotated, NoReturn

import typer

from naru.codec.record import load_record
from naru.codec.refill import verify_refill
from naru.codec.rows import RowsFileError

app = typer.Typer(no_args_is_help=True, help="The refill (충원): verify a day's record.")


@app.callback()
def refill() -> None:
    """The refill (충원): verify a day's record."""


@app.command()
def verify(
    record: Annotated[Path, typer.Argument(help="A record downloaded from the waiting list.")],
) -> None:
    """Repeat the batch from its record. Exit 0 when equal, 1 with the first difference, 2 for no file."""
    if not record.is_file():
        _end(f"{record}: there is no such file", 2)
    try:
        data = load_record(record)
    except RowsFileError as error:
        _end(str(error), 1)
    except OSError as error:
        _end(f"{record}: {error.strerror}; check its permissions", 2)
    difference = verify_refill(data)
    if difference is not None:
        _end(f"{record}: {difference}", 1)
    typer.echo(f"{record}: verified, {len(data['decided']['offers'])} offers, root {data['root']}")


def _end(message: str, code: int) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(code)

"""`naru selection`: run a selection from files into a verifiable record, and verify one (R-05)."""

from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import Progress

from naru.codec.applications import read_applications, read_capacities, read_seed
from naru.codec.call import CallFileError, read_call
from naru.codec.record import dump_record, load_record, make_record, write_record
from naru.codec.rows import RowsFileError
from naru.codec.verification import verify as verify_record
from naru.domain.run import SelectionRefusedError, Settings

app = typer.Typer(no_args_is_help=True, help="The selection (선정): run it from files, verify its record.")
NO_FILE = "there is no such file"


@app.command()
def run(
    call: Annotated[Path, typer.Option(help="The call file.")],
    applications: Annotated[Path, typer.Option(help="Applications, one JSON object a line.")],
    seed_file: Annotated[Path, typer.Option(help="The lottery seed, one line of text.")],
    capacities: Annotated[
        Path | None, typer.Option(help="Server groups, one a line; without them matching is not run.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Write the record here instead of to the screen.")] = None,
    round_id: Annotated[
        str | None, typer.Option("--round", help="Which round, when the call has several.")
    ] = None,
) -> None:
    """Select and match. Exit 0 with a record, 1 when refused (each cause listed), 2 for missing files."""
    for file in (call, applications, seed_file, *([capacities] if capacities else [])):
        if not file.is_file():
            _usage(f"{file}: {NO_FILE}")
    if out is not None and not out.absolute().parent.is_dir():
        _usage(f"{out}: the folder does not exist; create it first")
    try:
        console = Console(stderr=True)
        with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
            rules = read_call(call)
            seed = read_seed(seed_file)
            reading = progress.add_task("applications", total=applications.stat().st_size)
            entries = read_applications(applications, rules, lambda count: progress.advance(reading, count))
            groups = None if capacities is None else read_capacities(capacities, rules)
            progress.add_task("selection", total=None)
            record = make_record(rules, entries, seed, groups, Settings(round=round_id))
            if out is None:
                typer.echo(dump_record(record), nl=False)
            else:
                write_record(out, record)
    except (CallFileError, RowsFileError) as error:
        _refuse(str(error))
    except SelectionRefusedError as error:
        _refuse("\n".join(f"{applications}: {line}" for line in error.problems))
    except OSError as error:
        _usage(f"{error.filename}: {error.strerror}; check its permissions")
    if out is not None:
        typer.echo(f"{out}: root {record['hashes']['root']}")


@app.command()
def verify(
    record: Annotated[Path, typer.Argument(help="A record written by `naru selection run`.")],
) -> None:
    """Repeat the run from the record alone. Exit 0 when equal, 1 with the first difference, 2 for no file."""
    if not record.is_file():
        _usage(f"{record}: {NO_FILE}")
    try:
        with Console(stderr=True).status("verifying"):
            data = load_record(record)
            difference = verify_record(data)
    except RowsFileError as error:
        _refuse(str(error))
    except OSError as error:
        _usage(f"{record}: {error.strerror}; check its permissions")
    if difference is not None:
        _refuse(f"{record}: {difference}")
    count = len(data["applications"])
    typer.echo(f"{record}: verified, {count} applications, root {data['hashes']['root']}")


def _refuse(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(1)


def _usage(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(2)

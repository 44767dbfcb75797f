"""`naru demo`: plays a whole synthetic year, says what happened, and serves it."""

import os
import secrets
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

FILE = "demo.sqlite3"


def demo(
    *,
    serve: Annotated[bool, typer.Option(help="Serve the played year afterwards.")] = True,
    under_subscribed: Annotated[
        bool, typer.Option("--under-subscribed", help="40 applications for 200 servers, as in the real 2025.")
    ] = False,
    replay: Annotated[bool, typer.Option("--replay", help="Play again where a year is played already.")] = False,
    until: Annotated[str, typer.Option(help="Stop after this act, e.g. `evaluation`.")] = "",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port on 127.0.0.1.")] = 8000,
    data_dir: Annotated[Path, typer.Option(help="Where the database and the papers are kept.")] = Path("var"),
    record: Annotated[Path | None, typer.Option(help="Write the matching's record (JSON) to this file.")] = None,
) -> None:
    """Play the synthetic year 2025 on a fresh SQLite database and serve it on this machine."""
    _environment(data_dir)
    from naru.cli.portal import prepare
    prepare()
    from naru.portal.demo import play
    database = data_dir / FILE
    if database.exists() and not replay:
        pass
    _build(until)


def _environment(data_dir: Path) -> None:
    os.environ["NARU_DATA_DIR"] = str(data_dir)
    os.environ["NARU_DATABASE_URL"] = f"sqlite:///{(data_dir / FILE).resolve()}"
    os.environ["NARU_DEBUG"] = "1"
    os.environ["NARU_DEMO"] = "1"


def _build(until):
    from django.core.management import call_command
    from naru.codec.call import read_call
    from naru.portal.demo import play
    call_command("migrate", verbosity=0)
    play.hurry()
    import time
    terms = read_call(Path("calls/2025-npu.toml"))
    t=[time.time(),""]
    def begin(title):
        print(t[1], round(time.time()-t[0],1)); t[0]=time.time(); t[1]=title
        return lambda: None
    y = play.play_year(terms, begin=begin, until=until)
    begin("")
    print(y.player.taken, y.player.refused, y.player.taken.total())
    return y

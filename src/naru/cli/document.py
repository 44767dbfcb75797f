"""`naru document`: judge a document by the gates of the portal, before anybody uploads it (A-02)."""

import json
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from naru.documents import GateVerdict, Limits, Verdict, gate_file
from naru.documents.kinds import KINDS
from naru.documents.verdicts import verdict_data
from naru.domain.decision import Finding
from naru.sandbox import Stop
from naru.sandbox.source import SourceRefusedError

app = typer.Typer(no_args_is_help=True, help="A document (증빙서류): would the portal take this file?")
EXIT = {Verdict.ACCEPTED: 0, Verdict.REFUSED: 1, Verdict.QUARANTINED: 3}
TITLES = {
    Verdict.ACCEPTED: "[bold]통과 accepted[/bold]",
    Verdict.REFUSED: "[bold]거절 refused[/bold]",
    Verdict.QUARANTINED: "[bold]보관 후 확인 quarantined[/bold]",
}
FIELDS = {
    "issued_on": "발급일 issued on",
    "valid_from": "유효 시작일 valid from",
    "valid_until": "유효 종료일 valid until",
    "fiscal_year_end": "사업연도 말일 fiscal year end",
}
NOT_A_FILE = {
    Stop.NO_FILE: "there is no such file, or it may not be read",
    Stop.NOT_REGULAR: "is no plain file (a folder, a link or a device); name the file itself",
    Stop.LINKED: "has a second name (hard link); copy it and check the copy",
}


@app.callback()
def document() -> None:
    """Keep `check` a command of its own."""


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="A PDF, PNG, JPEG, HWP, HWPX or XLSX.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of text.")] = False,  # noqa: FBT002 - typer
    kind: Annotated[
        list[str] | None,
        typer.Option(help=f"Take only this kind; may be given again. One of: {', '.join(KINDS)}."),
    ] = None,
) -> None:
    """Pass FILE through the gates of an upload. Exit 0 accepted, 1 refused, 3 quarantined, 2 no such file.

    The ClamAV daemon named in NARU_CLAMD is asked as well; without it the other gates decide.
    """
    unknown = sorted(set(kind or ()) - KINDS.keys())
    if unknown:
        _usage(f"--kind {unknown[0]}: no such kind; one of: {', '.join(KINDS)}")
    try:
        verdict = gate_file(file, limits=Limits(kinds=frozenset(kind or KINDS)))
    except SourceRefusedError as refused:
        _usage(f"{_printable(str(file))}: {NOT_A_FILE[refused.stop]}")
    if as_json:
        data = {"file": _printable(str(file)), **verdict_data(verdict)}
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        _show(file, verdict)
    raise typer.Exit(EXIT[verdict.verdict])


def _show(file: Path, verdict: GateVerdict) -> None:
    """The verdict, then each reason with what mends it, in both languages."""
    console = Console(highlight=False, soft_wrap=True)
    console.print(TITLES[verdict.verdict])
    console.print(_printable(str(file)), markup=False)
    if verdict.media_type:
        console.print(f"{verdict.media_type} · sha256 {verdict.sha256[:16]}", style="dim")
    for title, findings in (("사유 Reasons", verdict.reasons), ("참고 Notes", verdict.notes)):
        if findings:
            console.print(f"\n[bold]{title}[/bold]")
        for finding in findings:
            _show_finding(console, finding)
    if verdict.suggestions:
        console.print("\n[bold]읽은 날짜 (확인 필요) Dates read, to be confirmed[/bold]")
    for found in verdict.suggestions:
        line = f"  {FIELDS[found.field]}: {found.value.isoformat()}  ({_printable(found.words)})"
        console.print(line, markup=False)


def _show_finding(console: Console, finding: Finding) -> None:
    console.print(f"  {finding.clause} {finding.code}", style="cyan")
    for text, mark in ((finding.reason, "  "), (finding.mend, "→ ")):
        if text is not None:
            console.print(f"    {mark}{_printable(text.ko)}\n    {mark}{_printable(text.en)}", markup=False)


def _printable(text: str) -> str:
    """A hostile name or text shall not steer a terminal."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)


def _usage(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(2)

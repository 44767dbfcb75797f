"""The gates an uploaded file passes before it is kept: name, size, kind, structure, content, malware.

Names and the marks of kinds are judged here; everything that parses runs in a child process of
`naru.sandbox`, one file a child. What a gate cannot decide is a quarantine, never a loss.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from naru import sandbox
from naru.documents.kinds import KINDS, Kind, disguises, locked_package, recognise
from naru.documents.names import file_ending, name_faults, name_fits
from naru.documents.scanner import Scanner, State, configured
from naru.documents.verdicts import GateVerdict, Suggestion, Verdict
from naru.documents.words import CLAUSE, WORDS, finding, known
from naru.domain.decision import Finding, Outcome
from naru.sandbox.source import SourceRefusedError, opened

__all__ = ["CLAUSE", "EICAR", "WORDS", "Limits", "gate", "gate_file", "name_fits"]

# The antivirus industry's harmless test file, in halves so that this module is no alarm itself.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + rb"ANTIVIRUS-TEST-FILE!$H+H*"
TASK = "naru.documents.inspection.inspect"
WORDS_SHOWN = 80  # characters of a suggestion's source
FIELDS = ("issued_on", "valid_from", "valid_until", "fiscal_year_end")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How large a file may be (bytes), which kinds (ids of `kinds.KINDS`) are taken, what a child may use."""

    max_bytes: int = 20_000_000
    kinds: frozenset[str] = field(default=frozenset(KINDS))
    child: sandbox.Limits = field(default=sandbox.Limits())


@dataclass(frozen=True, slots=True)
class _Inspected:
    """What the child saw; all empty when no child was needed."""

    reasons: tuple[Finding, ...] = ()
    notes: tuple[Finding, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()


def gate(
    content: bytes,
    filename: str,
    *,
    limits: Limits,
    scanner: Scanner | None = None,
    today: date | None = None,
) -> GateVerdict:
    """Judge one file by its bytes and name; every reason is given, not only the first.

    Args:
        content: the file's bytes.
        filename: the name it came with.
        limits: size, kinds, and what the child may use.
        scanner: asked about malware; when not given, the one named in NARU_CLAMD, if any.
        today: the day against which birth dates are plausible; the present day in UTC when not given.
    """
    kind = recognise(content)
    reasons = [*_of_the_name(filename), *_of_the_bytes(content, filename, kind, limits)]
    seen = _Inspected()
    if kind is not None and kind.id in limits.kinds and len(content) <= limits.max_bytes:
        seen = _inspected(content, kind, limits, today or datetime.now(tz=UTC).date())
    reasons += seen.reasons
    asked = scanner or configured()
    if asked is not None and 0 < len(content) <= limits.max_bytes:
        reasons += _of_the_scanner(content, asked)
    return GateVerdict(
        verdict=_verdict(reasons),
        reasons=tuple(dict.fromkeys(reasons)),
        media_type=kind.media_type if kind else "",
        sha256=sha256(content).hexdigest(),
        notes=seen.notes,
        suggestions=seen.suggestions,
    )


def gate_file(
    path: Path, *, limits: Limits, scanner: Scanner | None = None, today: date | None = None
) -> GateVerdict:
    """Judge a file on disk: no link, no device, no second name; more than the limit is not read.

    Raises:
        SourceRefusedError: the path is not such a file.
        OSError: it cannot be read.
    """
    try:
        with opened(path, limits.max_bytes) as descriptor, open(descriptor, "rb", closefd=False) as file:
            content = file.read(limits.max_bytes + 1)
    except SourceRefusedError as refused:
        if refused.stop is not sandbox.Stop.TOO_LARGE:
            raise
        size = path.stat().st_size
        reasons = [*_of_the_name(path.name), finding("file_too_large", size=size, limit=limits.max_bytes)]
        return GateVerdict(verdict=Verdict.REFUSED, reasons=tuple(reasons), media_type="", sha256="")
    return gate(content, path.name, limits=limits, scanner=scanner, today=today)


def _verdict(reasons: list[Finding]) -> Verdict:
    if any(reason.outcome is Outcome.FAILED for reason in reasons):
        return Verdict.REFUSED
    return Verdict.QUARANTINED if reasons else Verdict.ACCEPTED


def _of_the_name(filename: str) -> Iterator[Finding]:
    for code in name_faults(filename):
        yield finding(code)


def _of_the_bytes(content: bytes, filename: str, kind: Kind | None, limits: Limits) -> Iterator[Finding]:
    ending = file_ending(filename)
    if not content:
        yield finding("file_empty")
        return
    if len(content) > limits.max_bytes:
        yield finding("file_too_large", size=len(content), limit=limits.max_bytes)
    if EICAR in content:
        yield finding("file_malware")
    for other in disguises(content, kind):
        yield finding("file_polyglot", other=other)
    if kind is None and locked_package(content):
        yield finding("file_encrypted")
    elif kind is None or kind.id not in limits.kinds:
        yield finding("file_kind_refused", ending=_plain(ending), allowed=_allowed(limits))
    elif ending not in kind.endings:
        yield finding("file_name_disagrees", ending=_plain(ending), kind=kind.id)


def _plain(ending: str) -> str:
    """An ending fit to be shown: a hostile name shall not speak through a reason."""
    return "".join(letter for letter in ending[:10] if letter.isalnum())


def _allowed(limits: Limits) -> str:
    return ", ".join(ending for kind in KINDS.values() if kind.id in limits.kinds for ending in kind.endings)


def _of_the_scanner(content: bytes, scanner: Scanner) -> Iterator[Finding]:
    scan = scanner.scan(content)
    if scan.state is State.FOUND:
        yield finding("file_malware_found", signature=scan.detail)
    elif scan.state is State.SILENT:
        yield finding("scanner_silent")


def _inspected(content: bytes, kind: Kind, limits: Limits, today: date) -> _Inspected:
    """Run the inspection in its child and turn what it reports into findings."""
    arguments = {"kind": kind.id, "today": today.isoformat()}
    result = sandbox.run(TASK, content, limits=limits.child, arguments=arguments)
    if result.stopped is not None:
        code = "file_exhausts" if result.stopped.blames_source else "check_unfinished"
        return _Inspected((finding(code, kind=kind.id, limit=result.stopped.value),))
    try:
        return _read(result.value)
    except (KeyError, TypeError, ValueError):  # a parser that was taken over may answer anything
        return _Inspected((finding("check_unfinished", kind=kind.id, limit=sandbox.Stop.CRASHED.value),))


def _read(report: dict[str, Any]) -> _Inspected:
    return _Inspected(
        tuple(finding(known(code), **facts) for code, facts in report["reasons"]),
        tuple(finding(known(code), **facts) for code, facts in report["notes"]),
        tuple(
            Suggestion(field=_field(name), value=date.fromisoformat(value), words=words[:WORDS_SHOWN])
            for name, value, words in report["dates"]
        ),
    )


def _field(name: str) -> str:
    if name not in FIELDS:
        raise ValueError(f"{name!r} is no date of a document")
    return name

"""The gates an uploaded file passes before it is kept: size, kind, password, known test malware.

These are the gates that need no parser: they look at the bytes' own marks. Structure, resident numbers,
embedded scripts and a malware scanner need a limited child process and are not here yet, so "accepted"
means "nothing against it was found by these gates" and no more.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from pathlib import PurePosixPath

from naru.documents.kinds import KINDS, Kind, complete, encrypted, recognise
from naru.domain.decision import Finding, Outcome
from naru.domain.terms import Text

CLAUSE = "A-02"
# The antivirus industry's harmless test file, in halves so that this module is no alarm itself.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + rb"ANTIVIRUS-TEST-FILE!$H+H*"
MACRO = b"xl/vbaProject.bin"
UNSAFE_NAME = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069/\\]")


class Verdict(StrEnum):
    """May the file stay: yes, no, or not decided (kept apart for a person)."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How large a file may be (bytes) and which kinds (ids of `kinds.KINDS`) are taken."""

    max_bytes: int = 20_000_000
    kinds: frozenset[str] = field(default=frozenset(KINDS))


@dataclass(frozen=True, slots=True, kw_only=True)
class GateVerdict:
    """What the gates say: the verdict, every reason against the file, its media type and SHA-256 (hex).

    `media_type` comes from the bytes, never from the name; empty when the kind is unknown.
    """

    verdict: Verdict
    reasons: tuple[Finding, ...]
    media_type: str
    sha256: str


def gate(content: bytes, filename: str, *, limits: Limits) -> GateVerdict:
    """Judge one file by its bytes and name; every reason is given, not only the first."""
    kind = recognise(content)
    reasons = tuple(_reasons(content, filename, kind, limits))
    return GateVerdict(
        verdict=Verdict.REFUSED if reasons else Verdict.ACCEPTED,
        reasons=reasons,
        media_type=kind.media_type if kind else "",
        sha256=sha256(content).hexdigest(),
    )


def file_ending(filename: str) -> str:
    """The last ending of a file's name in lower case, without its dot."""
    return PurePosixPath(filename).suffix.removeprefix(".").lower()


def name_fits(filename: str, media_type: str) -> bool:
    """Whether a file of this media type, gated before, may carry this name as well."""
    endings = next((kind.endings for kind in KINDS.values() if kind.media_type == media_type), ())
    return not UNSAFE_NAME.search(filename) and file_ending(filename) in endings


def _reasons(content: bytes, filename: str, kind: Kind | None, limits: Limits) -> Iterator[Finding]:
    ending = file_ending(filename)
    if UNSAFE_NAME.search(filename):
        yield _finding("file_name_unsafe")
    if not content:
        yield _finding("file_empty")
        return
    if len(content) > limits.max_bytes:
        yield _finding("file_too_large", size=len(content), limit=limits.max_bytes)
    if EICAR in content:
        yield _finding("file_malware")
        return
    if encrypted(content, kind):
        yield _finding("file_encrypted")
        if kind is None:
            return
    if kind is None or kind.id not in limits.kinds:
        yield _finding("file_kind_refused", ending=ending, allowed=_allowed(limits))
    else:
        yield from _disagreements(content, ending, kind)


def _disagreements(content: bytes, ending: str, kind: Kind) -> Iterator[Finding]:
    """What speaks against a file of a kind that is taken."""
    if ending not in kind.endings:
        yield _finding("file_name_disagrees", ending=ending, kind=kind.id)
    if not complete(content, kind):
        yield _finding("file_incomplete", kind=kind.id)
    if MACRO in content:
        yield _finding("file_macro")


def _allowed(limits: Limits) -> str:
    return ", ".join(ending for kind in KINDS.values() if kind.id in limits.kinds for ending in kind.endings)


def _finding(code: str, **facts: object) -> Finding:
    (ko, en), (mend_ko, mend_en) = WORDS[code]
    shown = {name: f"{value:,}" if isinstance(value, int) else str(value) for name, value in facts.items()}
    return Finding(
        clause=CLAUSE,
        code=code,
        outcome=Outcome.FAILED,
        reason=Text(ko=ko.format(**shown), en=en.format(**shown)),
        facts=tuple((name, str(value)) for name, value in facts.items()),
        mend=Text(ko=mend_ko.format(**shown), en=mend_en.format(**shown)),
    )


# code: (reason ko, en), (what mends it ko, en)
WORDS = {
    "file_name_unsafe": (
        ("파일 이름에 쓸 수 없는 글자가 있습니다.", "The file's name has characters that cannot be used."),
        ("파일 이름을 한글, 영문, 숫자로 바꿔 다시 올려 주세요.", "Rename it with letters and digits."),
    ),
    "file_empty": (
        ("파일에 내용이 없습니다.", "The file is empty."),
        ("파일이 열리는지 확인하고 다시 올려 주세요.", "Check that the file opens, then upload it again."),
    ),
    "file_too_large": (
        ("파일이 너무 큽니다: {size}바이트.", "The file is too large: {size} bytes."),
        (
            "{limit}바이트를 넘지 않게 쪽수나 해상도를 줄여 다시 올려 주세요.",
            "Reduce its pages or resolution to at most {limit} bytes.",
        ),
    ),
    "file_malware": (
        ("악성코드 검사 문자열이 들어 있습니다.", "The file holds the test string of malware scanners."),
        (
            "발급처에서 새로 내려받은 파일을 올려 주세요.",
            "Upload the file freshly downloaded from its issuer.",
        ),
    ),
    "file_encrypted": (
        ("암호가 걸린 파일이라 심사할 수 없습니다.", "The file needs a password, so it cannot be screened."),
        ("암호를 풀고 저장한 파일을 올려 주세요.", "Save it without a password and upload that."),
    ),
    "file_kind_refused": (
        (
            "받을 수 있는 형식의 파일이 아닙니다 (이름의 끝: {ending}).",
            "This is not a kind of file that is accepted (ending: {ending}).",
        ),
        (
            "다음 형식으로 저장해 올려 주세요: {allowed}.",
            "Save it as one of these: {allowed}.",
        ),
    ),
    "file_name_disagrees": (
        (
            "내용은 {kind} 파일인데 이름은 .{ending}(으)로 끝납니다.",
            "The content is a {kind} file but its name ends in .{ending}.",
        ),
        (
            "원본 프로그램에서 다시 저장하거나 이름의 끝을 {kind}에 맞게 고쳐 주세요.",
            "Save it again from its program, or give the name the ending of a {kind} file.",
        ),
    ),
    "file_incomplete": (
        ("{kind} 파일의 끝부분이 없습니다.", "The end of the {kind} file is missing."),
        (
            "내려받기가 끝난 파일인지 확인하고 다시 올려 주세요.",
            "Check that its download had finished, then upload it again.",
        ),
    ),
    "file_macro": (
        ("매크로가 들어 있는 파일입니다.", "The file holds macros."),
        ("매크로 없이 저장한 파일을 올려 주세요.", "Save it without macros and upload that."),
    ),
}

"""The package (a ZIP) around an HWPX or XLSX: read within bounds, its parts where they say they are."""

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping

from naru.documents.inspection.report import Report
from naru.documents.kinds import OLE, ZIP

MAX_PARTS = 5_000
MAX_TOTAL = 150_000_000  # bytes unpacked; the largest honest sheets are a tenth
MAX_RATIO = 120  # of one part above `SMALL`; XML of repeated rows reaches 60
SMALL = 1_000_000
LOCAL_HEADER = 30
UNSAFE = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:|\\|[\x00-\x1f]")
LOCKED = 1  # general purpose bit of a part with a password
FOREIGN = (OLE, ZIP, b"%PDF-", b"MZ", b"\x7fELF", b"Rar!", b"7z\xbc\xaf\x27\x1c")


def unpacked(content: bytes, report: Report) -> dict[str, bytes] | None:
    """The parts by name; None when the package is refused as a whole (the report says why)."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if not _sound(package, content, report):
                return None
            return {part.filename: package.read(part) for part in package.infolist() if not part.is_dir()}
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        complete = b"PK\x05\x06" in content[-65_557:]
        report.refuse("file_damaged" if complete else "file_incomplete", kind=report.kind)
        return None


def foreign_parts(parts: Mapping[str, bytes]) -> Iterator[str]:
    """Names of the parts that are files of their own: archives, programs, documents, OLE objects."""
    return (name for name, body in parts.items() if body.startswith(FOREIGN))


def _sound(package: zipfile.ZipFile, content: bytes, report: Report) -> bool:
    parts = package.infolist()
    if any(part.flag_bits & LOCKED for part in parts):
        report.refuse("file_encrypted")
    if _grows(parts):
        report.refuse("file_bomb")
    names = [part.filename for part in parts]
    if len(set(names)) < len(names) or any(_hostile(part) for part in parts) or _overlap(package, parts):
        report.refuse("file_entry_unsafe")
    if len(content) > package.start_dir + _directory(package, content):
        report.refuse("file_trailing", kind=report.kind)
    return not report.reasons


def _grows(parts: list[zipfile.ZipInfo]) -> bool:
    return (
        len(parts) > MAX_PARTS
        or sum(part.file_size for part in parts) > MAX_TOTAL
        or any(part.file_size > max(SMALL, MAX_RATIO * part.compress_size) for part in parts)
    )


def _hostile(part: zipfile.ZipInfo) -> bool:
    return bool(UNSAFE.search(part.orig_filename)) or stat.S_ISLNK(part.external_attr >> 16)


def _overlap(package: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> bool:
    """Whether two parts share bytes, or a part reaches into the directory."""
    ordered = sorted(parts, key=lambda part: part.header_offset)
    starts = [part.header_offset for part in ordered]
    ends = [*starts[1:], package.start_dir]
    return any(
        part.header_offset + LOCAL_HEADER + part.compress_size > end
        for part, end in zip(ordered, ends, strict=True)
    )


def _directory(package: zipfile.ZipFile, content: bytes) -> int:
    """The length of the directory with its closing record and comment."""
    end = content.rindex(b"PK\x05\x06")
    return end - package.start_dir + 22 + len(package.comment)

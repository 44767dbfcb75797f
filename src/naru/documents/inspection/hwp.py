"""HWP 5 (an OLE compound file): password, scripts, embedded objects, and the words of every paragraph."""

import struct
import zlib
from collections.abc import Iterator

from hwpx.errors import HwpxError
from hwpx.hwp5.bodytext import split_text
from hwpx.hwp5.cfb import CompoundFile

from naru.documents.inspection.packages import FOREIGN
from naru.documents.inspection.report import Report
from naru.documents.inspection.scripts import does_something

HEADER = "FileHeader"
FLAGS_AT = 36  # in the header, behind the signature (32 bytes) and the version (4)
COMPRESSED = 1 << 0
# password, document for distribution, rights management, encryption and rights by certificate
LOCKED = 1 << 1 | 1 << 2 | 1 << 4 | 1 << 8 | 1 << 10
PARAGRAPH_TEXT = 67  # tag of a record
CONTROLS = {9: "\t", 10: "\n", 24: "-", 30: " ", 31: " "}  # control characters that are seen as these
LONG = 0xFFF  # the size that says: the size follows
MAX_STREAM = 60_000_000  # bytes of one stream, unpacked
MAX_TOTAL = 120_000_000
OBJECT_PREFIX = 4  # an OLE object stands behind its length


class TooLargeError(Exception):
    """The streams unpack beyond what an honest document holds."""


def read(content: bytes, report: Report) -> None:
    """Judge the streams of the compound file."""
    try:
        document = _Document(content)
        if document.flags & LOCKED:
            report.refuse("file_encrypted")
            return
        _contents(document, report)
    except TooLargeError:
        report.refuse("file_bomb")
    except (HwpxError, zlib.error, struct.error, ValueError, IndexError, KeyError):
        report.refuse("file_damaged", kind="hwp")


class _Document:
    def __init__(self, content: bytes) -> None:
        self.file = CompoundFile(content)
        self.flags = int.from_bytes(self.file.read(HEADER)[FLAGS_AT : FLAGS_AT + 4], "little")
        self.left = MAX_TOTAL

    def names(self, storage: str) -> list[str]:
        return [path for path in self.file.stream_paths() if path.startswith(storage)]

    def stream(self, path: str) -> bytes:
        """A stream, unpacked within bounds."""
        raw = self.file.read(path)
        if not self.flags & COMPRESSED:
            return raw
        most = min(MAX_STREAM, self.left)
        body = zlib.decompressobj(-15).decompress(raw, most + 1)
        self.left -= len(body)
        if len(body) > most:
            raise TooLargeError
        return body


def _contents(document: _Document, report: Report) -> None:
    for path in document.names("Scripts/"):
        if path.endswith("DefaultJScript") and any(map(does_something, _scripts(document.stream(path)))):
            report.refuse("file_script")
    for path in document.names("BinData/"):
        if path.lower().endswith(".ole") or _foreign(document, path):
            report.refuse("file_embedded")
    sections = document.names("BodyText/")
    if not sections:
        report.refuse("file_damaged", kind="hwp")
    for path in sections:
        report.text(path.rpartition("/")[2], "\n".join(_paragraphs(document.stream(path))))
    for path in document.names("PrvText"):
        report.text("preview", document.file.read(path).decode("utf-16-le", errors="replace"))
    for path in document.names("\x05"):
        report.text("metadata", document.file.read(path).decode("utf-16-le", errors="replace"))


def _foreign(document: _Document, path: str) -> bool:
    """Whether an attachment is a file of its own; pictures may be stored without compression."""
    try:
        body = document.stream(path)
    except zlib.error:
        body = document.file.read(path)
    return body.startswith(FOREIGN) or body.startswith(FOREIGN, OBJECT_PREFIX)


def _scripts(stream: bytes) -> Iterator[str]:
    """Its four texts: head, source, before, after; each behind its length in UTF-16 units."""
    place = 0
    for _ in range(4):
        if place + 4 > len(stream):
            return
        units = int.from_bytes(stream[place : place + 4], "little")
        if units == 0xFFFFFFFF:  # noqa: PLR2004 - the mark of the end
            return
        yield stream[place + 4 : place + 4 + units * 2].decode("utf-16-le", errors="replace")
        place += 4 + units * 2


def _paragraphs(section: bytes) -> Iterator[str]:
    place = 0
    while place + 4 <= len(section):
        head = int.from_bytes(section[place : place + 4], "little")
        place += 4
        size = head >> 20
        if size == LONG:
            size = int.from_bytes(section[place : place + 4], "little")
            place += 4
        if head & 0x3FF == PARAGRAPH_TEXT:
            chunks, _ = split_text(section[place : place + size])
            yield "".join(chunk.text or CONTROLS.get(chunk.code, "") for chunk in chunks)
        place += size

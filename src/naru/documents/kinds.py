"""Which kind of file the bytes say they are, told from marks at known places.

Nothing is decompressed and no format is parsed here; `inspection` does that in a limited child process.
"""

import re
import struct
from dataclasses import dataclass

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
ZIP_END = b"PK\x05\x06"
ZIP_TAIL = 65_557  # the closing record of a ZIP: 22 bytes and a comment of at most 65,535
HWP = b"HWP Document File".ljust(32, b"\0")
SNIFFED = 1024  # how far browsers and readers look for the beginning of a file
HTML = re.compile(rb"<(?:!doctype\s+html|html|script|svg|iframe|body|head)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of file: its id, the media type it is stored with, and the endings its name may have."""

    id: str
    media_type: str
    endings: tuple[str, ...]


KINDS = {
    kind.id: kind
    for kind in (
        Kind(id="pdf", media_type="application/pdf", endings=("pdf",)),
        Kind(id="png", media_type="image/png", endings=("png",)),
        Kind(id="jpeg", media_type="image/jpeg", endings=("jpg", "jpeg")),
        Kind(id="hwp", media_type="application/x-hwp", endings=("hwp",)),
        Kind(id="hwpx", media_type="application/hwp+zip", endings=("hwpx",)),
        Kind(
            id="xlsx",
            media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            endings=("xlsx",),
        ),
    )
}


def recognise(content: bytes) -> Kind | None:
    """The kind whose marks stand at the places where that kind puts them; None when there is none."""
    if content.startswith(b"%PDF-"):
        return KINDS["pdf"]
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return KINDS["png"]
    if content.startswith(b"\xff\xd8\xff"):
        return KINDS["jpeg"]
    if content.startswith(OLE) and HWP in content:
        return KINDS["hwp"]
    if content.startswith(ZIP):
        return _zipped(content)
    return None


def _zipped(content: bytes) -> Kind | None:
    name = int.from_bytes(content[26:28], "little")
    extra = int.from_bytes(content[28:30], "little")
    body = content[30 + name + extra :]
    if content[30 : 30 + name] == b"mimetype" and body.startswith(b"application/hwp+zip"):
        return KINDS["hwpx"]
    if b"[Content_Types].xml" in content and b"xl/workbook.xml" in content:
        return KINDS["xlsx"]
    return None


def locked_package(content: bytes) -> bool:
    """Whether this is an office document with a password: an OLE file with a stream EncryptedPackage."""
    return content.startswith(OLE) and "EncryptedPackage".encode("utf-16-le") in content


def disguises(content: bytes, kind: Kind | None) -> tuple[str, ...]:
    """What else the bytes pass for: "html" at the beginning, "zip" or another archive or program behind."""
    found = []
    if HTML.search(content[:SNIFFED]):
        found.append("html")
    if kind is None:
        return (*found, "pdf") if b"%PDF-" in content[:SNIFFED] else tuple(found)
    if kind.id not in {"hwpx", "xlsx"} and ends_as_zip(content):
        found.append("zip")
    return tuple(found)


def ends_as_zip(content: bytes) -> bool:
    """Whether a ZIP reader, which starts at the end, finds a directory of entries in these bytes."""
    start = max(0, len(content) - ZIP_TAIL)
    place = content.rfind(ZIP_END, start)
    while place >= 0:
        if len(content) - place >= 22:  # noqa: PLR2004 - the size of the record
            count, size = struct.unpack_from("<HI", content, place + 10)
            if count and size <= place and content.startswith(b"PK\x01\x02", place - size):
                return True
        place = content.rfind(ZIP_END, start, place)
    return False

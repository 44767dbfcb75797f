"""Which kind of file the bytes say they are, and what can be told from them without opening the file.

Only markers at known places are looked at; nothing is decompressed and no format is parsed here. A
structural check of each format belongs in a limited child process and is not in this room yet.
"""

import re
from dataclasses import dataclass

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
HWP = b"HWP Document File".ljust(32, b"\0")
HWP_FLAGS = 36  # after the signature (32 bytes) and the version (4): little-endian property bits
HWP_PASSWORD = 0b10
ZIP_FLAGS = slice(6, 8)  # general purpose bits of the first local header; bit 0: encrypted
PDF_ENCRYPT = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R\b|<<)")
TAIL = 2048  # how far from its end a file's closing mark is looked for


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


def encrypted(content: bytes, kind: Kind | None) -> bool:
    """Whether a marker says that a password is needed.

    An XLSX with a password is an OLE file with a stream named EncryptedPackage, so its kind is None. A
    password set inside an HWPX package is not seen without unpacking it.
    """
    if kind is None:
        return content.startswith(OLE) and "EncryptedPackage".encode("utf-16-le") in content
    if kind.id == "pdf":
        return PDF_ENCRYPT.search(content) is not None
    if kind.id == "hwp":
        flags = content.index(HWP) + HWP_FLAGS
        return bool(int.from_bytes(content[flags : flags + 4], "little") & HWP_PASSWORD)
    if kind.id in {"hwpx", "xlsx"}:
        return bool(int.from_bytes(content[ZIP_FLAGS], "little") & 1)
    return False


def complete(content: bytes, kind: Kind) -> bool:
    """Whether the mark that ends a file of this kind is there; its absence means a broken upload."""
    tail = content[-TAIL:]
    match kind.id:
        case "pdf":
            return b"%%EOF" in tail
        case "png":
            return b"IEND\xaeB`\x82" in tail
        case "jpeg":
            return b"\xff\xd9" in tail
        case "hwpx" | "xlsx":
            return b"PK\x05\x06" in content[-(TAIL + 65535) :]
    return True

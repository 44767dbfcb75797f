"""PNG and JPEG: whole, of a bearable size, and with nothing that runs appended."""

import contextlib
import io
import re
import zlib
from collections.abc import Iterator

from PIL import Image

from naru.documents.inspection.report import Report

MAX_PIXELS = 120_000_000  # A3 at 600 dpi is 70 million
# beginnings of archives, programs and documents; a phone appends its own data (a depth map, a short film)
APPENDED = re.compile(
    rb"PK\x03\x04|PK\x05\x06|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|%PDF-|<script|<html|\x7fELF"
    rb"|cannot be run in DOS mode",
    re.IGNORECASE,
)
MAX_CHUNK = 1_000_000  # bytes of one text of a PNG
ENDS = {"png": b"IEND\xaeB`\x82", "jpeg": b"\xff\xd9"}
SCAN = 0xDA  # JPEG: from here on an end mark is the picture's own, not that of a thumbnail


def read(content: bytes, report: Report) -> None:
    """Judge a picture without decoding its pixels."""
    Image.MAX_IMAGE_PIXELS = None  # judged below, with a reason of our own
    try:
        with Image.open(io.BytesIO(content), formats=[report.kind.upper()]) as picture:
            width, height = picture.size
            if width * height > MAX_PIXELS:
                report.refuse("file_pixels", width=width, height=height, limit=MAX_PIXELS)
            _metadata(content, picture, report)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - Pillow raises many kinds for damaged files
        report.refuse("file_damaged", kind=report.kind)
        return
    end = _end(content, report.kind)
    if end is None:
        report.refuse("file_incomplete", kind=report.kind)
    elif APPENDED.search(content, end):
        report.refuse("file_trailing", kind=report.kind)
    elif not _verified(content, report.kind):
        report.refuse("file_damaged", kind=report.kind)
    report.note("file_text_missing")


def _metadata(content: bytes, picture: Image.Image, report: Report) -> None:
    """The words beside the pixels; Pillow would decode a PNG's pixels to find those behind them."""
    if report.kind == "png":
        texts = list(_png_texts(content))
    else:
        texts = [value for value in picture.getexif().values() if isinstance(value, str)]
        comment = picture.info.get("comment")
        if isinstance(comment, bytes):
            texts.append(comment.decode("utf-8", errors="replace"))
    report.text("metadata", "\n".join(texts))


def _png_texts(content: bytes) -> Iterator[str]:
    """Text chunks of a PNG, compressed ones within bounds."""
    place = 8
    while place + 8 <= len(content):
        size = int.from_bytes(content[place : place + 4], "big")
        name, data = content[place + 4 : place + 8], content[place + 8 : place + 8 + size]
        if name == b"zTXt":
            with contextlib.suppress(zlib.error):
                data = zlib.decompressobj().decompress(data.partition(b"\0")[2][1:], MAX_CHUNK)
        if name in {b"tEXt", b"iTXt", b"zTXt"}:
            yield data[:MAX_CHUNK].decode("utf-8", errors="replace")
        place += size + 12


def _end(content: bytes, kind: str) -> int | None:
    """Where the picture is over; None when its closing mark is missing."""
    place = content.find(ENDS[kind], _scan(content) if kind == "jpeg" else 0)
    return None if place < 0 else place + len(ENDS[kind])


def _scan(content: bytes) -> int:
    """Where the pixels of a JPEG begin: behind its segments, each with its length."""
    place = 2
    while content[place : place + 1] == b"\xff" and content[place + 1 : place + 2] != bytes([SCAN]):
        place += 2 + int.from_bytes(content[place + 2 : place + 4], "big")
    return place


def _verified(content: bytes, kind: str) -> bool:
    try:
        with Image.open(io.BytesIO(content), formats=[kind.upper()]) as picture:
            picture.verify()
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - as above
        return False
    return True

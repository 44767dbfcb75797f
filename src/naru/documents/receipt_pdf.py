"""The receipt as a tagged PDF (PDF/UA-1) a screen reader can read, with its JSON file attached.

Typst sets the page in 30 to 60 ms from the template beside this file. What people wrote is data, never
markup; fonts of the machine are not looked at, so the same receipt gives the same bytes.
"""

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import typst
from PIL import ImageFont

TEMPLATE = Path(__file__).with_name("receipt.typ").read_bytes()
UNDISPLAYED = "could not be displayed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptPage:
    """What the page says: rows of label and value, and how to check it, in one language ("ko" or "en")."""

    language: str
    issuer: str
    title: str
    lead: str
    head: tuple[str, str]
    rows: Sequence[tuple[str, str]]
    how: str
    notes: Sequence[str]


def receipt_pdf(page: ReceiptPage, *, received: datetime, filename: str, file: str, fonts: Path) -> bytes:
    """The page as PDF; `file` is attached as `filename`. `fonts` holds NanumGothic.

    A letter no font here can draw is written as its compatible form (㎡: m2) or its number ([U+6F22]);
    the attached file holds what was written. Raises typst.TypstError when the page cannot be set.
    """
    given = {
        "lang": page.language,
        "issuer": page.issuer,
        "title": page.title,
        "lead": page.lead,
        "head": page.head,
        "rows": page.rows,
        "how": page.how,
        "notes": page.notes,
        "filename": filename,
        "date": list(received.timetuple()[:6]),
    }
    try:
        return _compiled(json.dumps(_plain(given), ensure_ascii=False), file, received, fonts)
    except typst.TypstError as error:
        if UNDISPLAYED not in str(error):
            raise
    drawable = json.dumps(_plain(given, fonts), ensure_ascii=False)
    return _compiled(drawable, file, received, fonts)


def _compiled(given: str, file: str, received: datetime, fonts: Path) -> bytes:
    compiler = typst.Compiler(
        TEMPLATE,
        font_paths=_fonts(fonts),
        sys_inputs={"given": given, "file": file},
    )
    made = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=int(received.timestamp()))
    if not isinstance(made, bytes):
        raise TypeError(f"typst gave {type(made).__name__}, not one PDF")
    return made


@lru_cache(maxsize=2)
def _fonts(folder: Path) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder)])


def _plain(value: object, fonts: Path | None = None) -> object:
    """The same values with composed letters and without control signs; only drawable ones, given `fonts`."""
    if isinstance(value, str):
        signs = unicodedata.normalize("NFC", value)
        kept = "".join(" " if unicodedata.category(sign) in {"Cc", "Cf", "Cs"} else sign for sign in signs)
        return kept if fonts is None else "".join(_drawable(sign, fonts) for sign in kept)
    if isinstance(value, dict):
        return {key: _plain(held, fonts) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(held, fonts) for held in value]
    return value


@lru_cache(maxsize=4096)
def _drawable(sign: str, fonts: Path) -> str:
    for form in (sign, unicodedata.normalize("NFKC", sign)):
        if all(_has(one, fonts) for one in form):
            return form
    return f"[U+{ord(sign):04X}]"


@lru_cache(maxsize=4096)
def _has(sign: str, fonts: Path) -> bool:
    if sign.isspace():
        return True
    font = _face(fonts)
    return bytes(font.getmask(sign)) != bytes(font.getmask("\U0010ffff"))


@lru_cache(maxsize=2)
def _face(fonts: Path) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(fonts / "NanumGothic-Regular.ttf"), 20)

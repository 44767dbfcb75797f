"""Dates a certificate prints, read from its text as suggestions: the words around them are kept.

Only dates beside a known label are read; a date without one could be anything.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

MAX_TEXT = 200_000  # characters; a certificate is short
NUMBER_DATE = r"(\d{4})\s*(?:년|[.\-/])\s*(\d{1,2})\s*(?:월|[.\-/])\s*(\d{1,2})\s*일?\.?"
ENGLISH_DATE = re.compile(r"(?P<month>[A-Z][a-z]{2})[a-z]*\.?\s+(?P<day>\d{1,2}),?\s+(?P<year>\d{4})")
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
GAP = r"[\s:：()\[\]|]{0,12}"


def _labels(korean: str, english: str) -> str:
    """A pattern of labels; Korean ones are often set with spaces between their syllables."""
    spaced = [r"\s*".join(label) for label in korean.split()]
    return f"(?:{'|'.join([*spaced, *english.split('|')])})"


ISSUED = _labels("발급연월일 발급일자 발급일 발행일자 발행일", r"Date\s+of\s+issue|Issued\s+on|Issue\s+date")
VALID = _labels("유효기간 유효기한 확인기간", r"Validity\s+period|Validity|Valid\s+from|Valid")
UNTIL = _labels(
    "유효기간만료일 유효기한 만료일자 만료일", r"Valid\s+until|Expiry\s+date|Expires\s+on|Expires"
)
FISCAL = _labels("직전사업연도 사업연도 사업년도 회계연도 과세기간 결산일", r"Fiscal\s+year")
SPAN = rf"{NUMBER_DATE}\s*(?:부터|~|∼|〜|-|–|to)\s*{NUMBER_DATE}"
# the fields a label's dates belong to, in the order the dates stand in the pattern
PATTERNS = (
    (("valid_from", "valid_until"), re.compile(rf"{VALID}{GAP}{SPAN}", re.IGNORECASE)),
    (("", "fiscal_year_end"), re.compile(rf"{FISCAL}{GAP}{SPAN}", re.IGNORECASE)),
    (("issued_on",), re.compile(rf"{ISSUED}{GAP}{NUMBER_DATE}", re.IGNORECASE)),
    (("valid_until",), re.compile(rf"{UNTIL}{GAP}{NUMBER_DATE}(?!\s*(?:부터|~|∼|〜))", re.IGNORECASE)),
    (
        ("fiscal_year_end",),
        re.compile(rf"{FISCAL}\s*(?:말\s*일|종\s*료\s*일|end){GAP}{NUMBER_DATE}", re.IGNORECASE),
    ),
)


def dates_in(text: str) -> list[tuple[str, date, str]]:
    """(field, date, words) of each labelled date, one for a field; a field with two answers is left out.

    Two different dates with the same label say that the text is no plain certificate, so nothing is
    suggested.
    """
    flat = unicodedata.normalize("NFKC", text[:MAX_TEXT])
    flat = ENGLISH_DATE.sub(_numeric, flat)
    found: dict[str, dict[date, str]] = {}
    for name, value, words in _labelled(flat):
        found.setdefault(name, {}).setdefault(value, words)
    return [(name, *next(iter(dates.items()))) for name, dates in found.items() if len(dates) == 1]


def _labelled(flat: str) -> Iterator[tuple[str, date, str]]:
    for fields, pattern in PATTERNS:
        for match in pattern.finditer(flat):
            words = " ".join(match[0].split())
            for place, name in enumerate(fields):
                value = _date(*match.groups()[place * 3 : place * 3 + 3])
                if name and value:
                    yield name, value, words


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _numeric(match: re.Match[str]) -> str:
    """An English date as 2025-03-02, so that one set of patterns reads both; other words stay."""
    if match["month"] not in MONTHS:
        return match[0]
    return f"{match['year']}-{MONTHS.index(match['month']) + 1:02}-{int(match['day']):02}"

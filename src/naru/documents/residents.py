"""Resident registration numbers (주민등록번호, 외국인등록번호) in a text, and what only looks like one.

The rule is ADR 0062. Six digits of a birth date, a seventh that says century and sex, six more. A check
digit ends numbers given before October 2020; later ones are random, so it can clear nobody. A corporate
registration number (법인등록번호) has the same shape; its label, or its own check digit, tells it apart.
"""

import re
import unicodedata
from datetime import date
from itertools import cycle

# separators seen in documents: hyphens and dashes of several scripts, a dot, spaces, a line's end
HYPHEN = r"\s{0,3}[-\u00ad\u2010-\u2015\u2212\u30fc\uff0d\uff70~.\u00b7/]\s{0,3}"
SHAPE = re.compile(rf"(?<![\d-])(\d{{6}})({HYPHEN}|\s{{0,4}})([1-8]\d{{6}})(?![\d*])(?!-\d)")
INVISIBLE = dict.fromkeys([*range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2065), 0xFEFF])
NEAR = 30  # characters before a number in which its label is looked for
CORPORATE = re.compile(
    r"법\s*인\s*(?:등\s*록\s*)?(?:번\s*호|등\s*록)|corporate\s+reg|corporation\s+(?:reg|no)", re.IGNORECASE
)
RESIDENT = re.compile(
    r"주\s*민\s*(?:등\s*록\s*)?(?:번\s*호)?|외\s*국\s*인\s*등\s*록|거\s*소\s*신\s*고"
    r"|resident\s+(?:reg|no|number)|alien\s+reg",
    re.IGNORECASE,
)
CENTURIES = {"1": 1900, "2": 1900, "5": 1900, "6": 1900, "3": 2000, "4": 2000, "7": 2000, "8": 2000}
OLDEST = 110  # years; nobody in a programme is older
RESIDENT_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
FOREIGN = frozenset("5678")


def resident_numbers(text: str, *, today: date) -> set[str]:
    """The distinct numbers (13 digits) in a text that must be taken for those of persons."""
    flat = unicodedata.normalize("NFKC", text.translate(INVISIBLE))
    return {
        match[1] + match[3]
        for match in SHAPE.finditer(flat)
        if _personal(match[1] + match[3], flat[max(0, match.start() - NEAR) : match.start()], match[2], today)
    }


def _personal(digits: str, before: str, separator: str, today: date) -> bool:
    if not _plausible_birth(digits, today):
        return False
    label = _label(before)
    if label is not None:
        return label == "resident"
    checked = resident_check(digits)
    if not separator.strip():  # thirteen bare digits are a number of anything, unless they check
        return checked and not corporate_check(digits)
    return checked or not corporate_check(digits)


def _label(before: str) -> str | None:
    """Which label stands nearest before a number: "resident", "corporate" or none."""
    ends = {
        name: max((match.end() for match in pattern.finditer(before)), default=-1)
        for name, pattern in (("resident", RESIDENT), ("corporate", CORPORATE))
    }
    nearest = max(ends, key=lambda name: ends[name])
    return nearest if ends[nearest] >= 0 else None


def _plausible_birth(digits: str, today: date) -> bool:
    """Whether the first seven digits are a birthday of somebody alive."""
    try:
        born = date(CENTURIES[digits[6]] + int(digits[:2]), int(digits[2:4]), int(digits[4:6]))
    except ValueError:
        return False
    return born <= today and today.year - born.year <= OLDEST


def resident_check(digits: str) -> bool:
    """Whether the thirteenth digit is the check digit of a resident's, or a foreigner's, number."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, RESIDENT_WEIGHTS, strict=False))
    shift = 13 if digits[6] in FOREIGN else 11
    return (shift - total % 11) % 10 == int(digits[12])


def corporate_check(digits: str) -> bool:
    """Whether the thirteenth digit is the check digit of a corporation's number."""
    total = sum(int(digit) * weight for digit, weight in zip(digits[:12], cycle((1, 2)), strict=False))
    return -total % 10 == int(digits[12])

"""Dates, remaining time, money and numbers as words, in Korean or English, judged in Asia/Seoul.

Pure functions of their arguments and the active language; the template filters are thin covers of these.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from django.utils.translation import get_language

ZONE = ZoneInfo("Asia/Seoul")
WEEKDAYS = {"ko": "월화수목금토일", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DASH = "–"


def korean() -> bool:
    """Whether the page is being shown in Korean."""
    return (get_language() or "ko").startswith("ko")


def local(value: datetime) -> datetime:
    """The same instant in Asia/Seoul; a naive datetime is a programming error."""
    if value.tzinfo is None:
        raise ValueError("moment: the time has no zone; pass an aware datetime")
    return value.astimezone(ZONE)


def day(value: date | datetime | None, *, year: bool = True) -> str:
    """A date with its weekday: "2025년 3월 17일(월)" or "Mon 17 March 2025"."""
    if value is None:
        return DASH
    when = local(value) if isinstance(value, datetime) else value
    if korean():
        head = f"{when.year}년 " if year else ""
        return f"{head}{when.month}월 {when.day}일({WEEKDAYS['ko'][when.weekday()]})"
    tail = f" {when.year}" if year else ""
    return f"{WEEKDAYS['en'][when.weekday()]} {when.day} {MONTHS[when.month - 1]}{tail}"


def moment(value: datetime | None, *, year: bool = True) -> str:
    """An instant: "2025년 3월 17일(월) 15:00" or "Mon 17 March 2025, 15:00 KST"."""
    if value is None:
        return DASH
    when = local(value)
    clock = f"{when:%H:%M}"
    return f"{day(when, year=year)} {clock}" if korean() else f"{day(when, year=year)}, {clock} KST"


def precise(value: datetime | None) -> str:
    """An instant to the millisecond, never rounded up: "2025년 3월 17일(월) 14:59:59.999 (한국시간)"."""
    if value is None:
        return DASH
    when = local(value)
    clock = f"{when:%H:%M:%S}.{when.microsecond // 1000:03d}"
    return f"{day(when)} {clock} (한국시간)" if korean() else f"{day(when)}, {clock} KST"


def span(length: timedelta) -> str:
    """A length of time in its two largest units: "2일 4시간", "4시간 10분", "12분", "1분 미만"."""
    minutes = int(abs(length).total_seconds()) // 60
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    if days:
        parts = [(days, "일", "day"), (hours, "시간", "hour")]
    else:
        parts = [(hours, "시간", "hour"), (minutes, "분", "minute")]
    present = [part for part in parts if part[0]]
    if not present:
        return "1분 미만" if korean() else "less than a minute"
    if korean():
        return " ".join(f"{count}{unit}" for count, unit, _english in present)
    return " ".join(f"{count} {unit}{'' if count == 1 else 's'}" for count, _korean, unit in present)


def remaining(until: datetime, now: datetime) -> str:
    """What is left until an instant, or how long ago it passed."""
    words = span(until - now)
    if until > now:
        return f"{words} 남음" if korean() else f"{words} left"
    return f"{words} 지남" if korean() else f"{words} ago"


def deadline(until: datetime, now: datetime) -> str:
    """An instant and what is left: "3월 17일(월) 15:00, 2일 4시간 남음"; the year only when it is another."""
    same_year = local(until).year == local(now).year
    joint = ", " if korean() else "; "
    return f"{moment(until, year=not same_year)}{joint}{remaining(until, now)}"


def grouped(value: int | Decimal | Fraction | None) -> str:
    """A number with thousands separators; fractions as exact decimals where they end, else to 0.01."""
    if value is None:
        return DASH
    if isinstance(value, Fraction):
        value = int(value) if value.denominator == 1 else hundredths(value)
    return f"{value:,}"


def hundredths(value: Fraction | Decimal | int) -> Decimal:
    """A score or share rounded half up to 0.01, once, for display."""
    exact = Fraction(value)
    cents = (Decimal(exact.numerator * 100) / Decimal(exact.denominator)).quantize(
        Decimal(1), rounding=ROUND_HALF_UP
    )
    return (cents / 100).quantize(Decimal("0.01"))


def won(value: int | None) -> str:
    """An amount of money in won: "12,000,000원" or "KRW 12,000,000"."""
    if value is None:
        return DASH
    return f"{value:,}원" if korean() else f"KRW {value:,}"


def units(value: int | Decimal | Fraction | None, unit: str) -> str:
    """A number with its unit: "60 TOPS"; a Korean counter (건, 명, 대, 점 ...) stands without a space."""
    gap = "" if unit[:1] >= "가" else "\N{NO-BREAK SPACE}"
    return DASH if value is None else f"{grouped(value)}{gap}{unit}"


def percent(part: int, whole: int) -> int:
    """Whole per cent, rounded down, 0 where the whole is 0: for the length of a bar, never for a decision."""
    return min(100, max(0, 100 * part // whole)) if whole > 0 else 0


def localised(value: object) -> str:
    """The active language of a two-language text: an object or mapping with `ko` and `en`; text stays."""
    if value is None:
        return ""
    language = "ko" if korean() else "en"
    if isinstance(value, Mapping):
        return str(value.get(language) or value.get("ko") or "")
    return str(getattr(value, language, value))


def file_size(size: int) -> str:
    """A file's size: "812 B", "17 KB", "3.4 MB"."""
    kilo, mega = 1000, 1_000_000
    if size < kilo:
        return f"{size} B"
    if size < mega:
        return f"{size // kilo} KB"
    return f"{Decimal(size) / mega:.1f} MB"

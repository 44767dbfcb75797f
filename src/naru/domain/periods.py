"""Days, months and periods as the programme counts them: calendar units, judged in the call's zone.

Periods follow the counting of the Korean Civil Act (articles 155-161): the day of the event does not
count, a period in months or years ends on the eve of the corresponding day, and where that day does not
exist it ends with the month.
"""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

YEAR = 12
DAY = timedelta(days=1)


def day_in(zone: str, at: datetime) -> date:
    """The calendar day of an aware instant in the zone; ValueError for a naive one."""
    if at.tzinfo is None:
        raise ValueError("at: a moment without its offset cannot be judged; pass an aware datetime")
    return at.astimezone(ZoneInfo(zone)).date()


def month_of(day: date) -> date:
    """The month a day lies in, as its first day."""
    return day.replace(day=1)


def last_day(month: date) -> date:
    """The last day of the month a day lies in."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def month_after(month: date, count: int) -> date:
    """The first day of the month `count` months after (negative: before) the month of a day."""
    index = month.year * YEAR + month.month - 1 + count
    return date(index // YEAR, index % YEAR + 1, 1)


def months_between(earlier: date, later: date) -> int:
    """How many month boundaries lie between two days; the day of the month does not count."""
    return (later.year - earlier.year) * YEAR + later.month - earlier.month


def months_from(first: date, last: date) -> tuple[date, ...]:
    """Every month touched from the day `first` to the day `last`, as first days; empty when reversed."""
    return tuple(month_after(first, step) for step in range(months_between(first, last) + 1))


def last_day_of_period(first_day: date, months: int) -> date:
    """The last day of a period of `months` whose first counted day is `first_day`."""
    month = month_after(first_day, months)
    if first_day.day > last_day(month).day:
        return last_day(month)
    return month.replace(day=first_day.day) - DAY


def last_day_after(event: date, months: int) -> date:
    """The last day of `months` that run from an event; the day of the event does not count."""
    return last_day_of_period(event + DAY, months)


def whole_months(first_day: date, last: date) -> int:
    """How many whole months fit from `first_day` to `last`, both counted; 0 when reversed."""
    count = max(0, months_between(first_day, last) + 1)
    while count and last_day_of_period(first_day, count) > last:
        count -= 1
    return count


def end_of_day(zone: str, day: date) -> datetime:
    """The instant a day is over in the zone (exclusive): the next midnight."""
    return datetime.combine(day + DAY, time(), tzinfo=ZoneInfo(zone))

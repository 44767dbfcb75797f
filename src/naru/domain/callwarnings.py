"""What in a valid call deserves a look: printed values that disagree with each other or with the rules.

A warning never stops a call. Each carries the `[[ambiguities]]` entry of the same name where the call
records which reading was taken and why; a warning without one asks for that entry.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from naru.domain.call import Ambiguity, Call
from naru.domain.terms import Bonus, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CallWarning:
    """One thing to look at: its code, key path, clause ("" when none), reason, and the reading recorded."""

    code: str
    path: str
    clause: str
    reason: Text
    ambiguity: Ambiguity | None = None


def warnings(call: Call) -> tuple[CallWarning, ...]:
    """Every warning of the call, in the order of the file; empty when nothing disagrees."""
    checks = (_closing, _printed, _schedule, _products, _youth)
    return tuple(_linked(call, warning) for check in checks for warning in check(call))


def _linked(call: Call, warning: CallWarning) -> CallWarning:
    """The warning with the ambiguity that answers it."""
    for entry in call.ambiguities:
        if entry.id == warning.code:
            return CallWarning(
                code=warning.code,
                path=warning.path,
                clause=entry.clause,
                reason=warning.reason,
                ambiguity=entry,
            )
    return warning


def _closing_dates(call: Call) -> set[date]:
    zone = ZoneInfo(call.zone)
    closings = (entry.last_closing for track in call.tracks for entry in track.rounds)
    return {closing.astimezone(zone).date() for closing in closings if closing is not None}


def _closing(call: Call) -> Iterator[CallWarning]:
    """A schedule row that lets the intake end on a day no round closes on (C-02)."""
    closings = _closing_dates(call)
    for i, row in enumerate(call.schedule):
        if row.step == "intake" and row.ends is not None and closings and row.ends not in closings:
            days = ", ".join(str(day) for day in sorted(closings))
            yield CallWarning(
                code="closing_date",
                path=f"schedule[{i}].ends",
                clause="",
                reason=Text(
                    ko=f"일정표의 접수 종료일 {row.ends}이 접수마감일 {days}과 다릅니다.",
                    en=f"the schedule ends the intake on {row.ends}, closes_at on {days}",
                ),
            )


def _printed(call: Call) -> Iterator[CallWarning]:
    """A closing label whose year, month, day or hour differ from the instant beside it."""
    zone = ZoneInfo(call.zone)
    for t, track in enumerate(call.tracks):
        for r, entry in enumerate(track.rounds):
            for c, closing in enumerate(entry.closes_at):
                local = closing.at.astimezone(zone)
                numbers = [int(number) for number in re.findall(r"\d+", closing.printed)]
                wanted = [local.year, local.month, local.day, local.hour, local.minute]
                if numbers and numbers != wanted[: len(numbers)]:
                    yield CallWarning(
                        code="printed_closing",
                        path=f"tracks[{t}].rounds[{r}].closes_at[{c}].printed",
                        clause="",
                        reason=Text(
                            ko=f'인쇄된 "{closing.printed}"이 마감 시각 {local.isoformat()}과 다릅니다.',
                            en=f'"{closing.printed}" is printed beside the instant {local.isoformat()}',
                        ),
                    )


def _schedule(call: Call) -> Iterator[CallWarning]:
    """Rows of the briefing and of the use that disagree with the tables they announce."""
    zone = ZoneInfo(call.zone)
    announced = {"use": call.support.ends}
    if call.briefing is not None:
        announced["briefing"] = call.briefing.starts_at.astimezone(zone).date()
    for i, row in enumerate(call.schedule):
        wanted = announced.get(row.step)
        if wanted is not None and row.ends is not None and row.ends != wanted:
            yield CallWarning(
                code=f"schedule_{row.step}",
                path=f"schedule[{i}].ends",
                clause="",
                reason=Text(
                    ko=f"일정표는 {row.ends}, 해당 항목은 {wanted}이라고 합니다.",
                    en=f"the schedule says {row.ends}, the table it announces says {wanted}",
                ),
            )


def _products(call: Call) -> Iterator[CallWarning]:
    """Two products that promise the same computing power: an applicant could not tell them apart."""
    seen: dict[int, str] = {}
    for i, resource in enumerate(call.resources):
        other = seen.setdefault(resource.tops_int8, resource.id)
        if other != resource.id:
            yield CallWarning(
                code="product_overlap",
                path=f"resources[{i}].tops_int8",
                clause=resource.clause,
                reason=Text(
                    ko=f"{other}와 {resource.id}의 성능이 {resource.tops_int8} TOPS로 같습니다.",
                    en=f"{other} and {resource.id} both offer {resource.tops_int8} TOPS",
                ),
            )


def _youth(call: Call) -> Iterator[CallWarning]:
    """A birth date and a printed age that part ways for somebody (E-07)."""
    closings = _closing_dates(call)
    reference = call.notice_date
    if call.reference_dates.youth == "closing_date" and closings:
        reference = max(closings)
    for i, bonus in enumerate(call.bonuses):
        reason = _youth_reason(bonus, reference)
        if reason is not None:
            path = f"bonuses[{i}].born_on_or_after"
            yield CallWarning(code="youth_birthday", path=path, clause=bonus.clause, reason=reason)


def _youth_reason(bonus: Bonus, reference: date) -> Text | None:
    if bonus.max_age is None:
        return None
    born, eve = bonus.born_on_or_after, bonus.born_on_or_after - timedelta(days=1)
    if age_on(born, reference) > bonus.max_age:
        age = age_on(born, reference)
        return Text(
            ko=f"{born}에 태어난 사람은 {reference}에 만 {age}세라서 만 {bonus.max_age}세 이하가 아닙니다.",
            en=f"born exactly on {born} means aged {age} on {reference}, not {bonus.max_age} or younger",
        )
    if age_on(eve, reference) <= bonus.max_age:
        return Text(
            ko=f"{eve}에 태어난 사람도 {reference}에 만 {bonus.max_age}세 이하인데 날짜로는 빠집니다.",
            en=f"born on {eve} is still {bonus.max_age} or younger on {reference}, but the date excludes it",
        )
    return None


def age_on(born: date, day: date) -> int:
    """Full years (만 나이) completed on `day`; a birthday counts from its first moment."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

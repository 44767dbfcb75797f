"""Duplicates (중복신청): one set per company, one per professor; who is held and who is left (E-04).

Selection may not run while a group is held. The call may instead keep the latest application of a unit or
exclude the whole group. People who stand behind two units are only warned about: a person decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from naru.domain.terms import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What counts as one application of one unit; `persons` are keys of people or units behind it."""

    id: str
    unit: str
    submitted_at: datetime | None = None
    persons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedPerson:
    """Application `id` names a person who is, or stands behind, another `unit`."""

    id: str
    unit: str

    @property
    def reason(self) -> Text:
        """What the operator reads."""
        return Text(
            ko=f"{self.id}: 다른 신청 단위 {self.unit}와(과) 같은 사람이 있습니다. 담당자 확인이 필요합니다.",
            en=f"{self.id} shares a person with {self.unit}; a person has to look at it.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Ids that go on, ids excluded as duplicates, and groups still held; all in ascending order."""

    kept: tuple[str, ...]
    excluded: tuple[str, ...] = ()
    held: tuple[tuple[str, ...], ...] = ()


def groups_held(filings: Sequence[Filing]) -> tuple[tuple[str, ...], ...]:
    """Every unit with more than one live application, as ascending ids, groups by their first id."""
    units: dict[str, list[str]] = {}
    for filing in filings:
        units.setdefault(filing.unit, []).append(filing.id)
    return tuple(sorted(tuple(sorted(ids)) for ids in units.values() if len(ids) > 1))


def resolve(filings: Sequence[Filing], policy: Literal["hold", "latest", "exclude_all"]) -> Resolution:
    """Apply the call's policy; "latest" keeps the last submitted.

    Raises ValueError under "latest" when two of one unit have no, or the same, time of submission.
    """
    held = groups_held(filings)
    grouped = {key for group in held for key in group}
    alone = [filing.id for filing in filings if filing.id not in grouped]
    if policy == "hold":
        return Resolution(kept=tuple(sorted(alone)), held=held)
    by_id = {filing.id: filing for filing in filings}
    latest = [_latest([by_id[key] for key in group]) for group in held] if policy == "latest" else []
    return Resolution(
        kept=tuple(sorted([*alone, *latest])), excluded=tuple(sorted(grouped.difference(latest)))
    )


def shared_persons(filings: Sequence[Filing]) -> tuple[SharedPerson, ...]:
    """Warnings: an application names another unit, or a person an earlier id of another unit also names."""
    units = {filing.unit for filing in filings}
    behind: dict[str, list[str]] = {}
    found: set[tuple[str, str]] = set()
    for filing in sorted(filings, key=lambda entry: entry.id):
        for person in filing.persons:
            others = [*behind.get(person, ()), *([person] if person in units else [])]
            found.update((filing.id, unit) for unit in others if unit != filing.unit)
            behind.setdefault(person, []).append(filing.unit)
    return tuple(SharedPerson(id=key, unit=unit) for key, unit in sorted(found))


def _latest(group: Sequence[Filing]) -> str:
    """The id submitted last."""
    timed = [(filing.submitted_at, filing.id) for filing in group if filing.submitted_at is not None]
    last = max((at for at, _ in timed), default=None)
    candidates = [key for at, key in timed if at == last]
    if len(timed) < len(group) or len(candidates) != 1:
        ids = ", ".join(filing.id for filing in group)
        raise ValueError(f"submitted_at: {ids} are of one unit; each needs its own time of submission")
    return candidates[0]

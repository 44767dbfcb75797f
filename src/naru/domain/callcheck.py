"""What must hold between the parts of a call: sums, references, order of dates, names that stand once.

`problems` is called by `Call.__post_init__`, so no call that breaks one of these exists. Each line reads
"key path: what is wrong and how to mend it", with list places counted from 0 as in `resources[1].share`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from fractions import Fraction
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from naru.domain import consent

if TYPE_CHECKING:  # the call imports this module
    from naru.domain.call import Call

SCORECARD_TOTAL = 100


def problems(call: Call) -> tuple[str, ...]:
    """Every broken invariant of the call, in the order of the file; empty for a valid call."""
    zone = tuple(_zone(call))
    if zone:  # dates cannot be judged without a zone
        return zone
    checks = (
        _names,
        _dates,
        _rounds,
        _shares,
        _constraints,
        _scorecard,
        _plan,
        consent.problems,
        _references,
        _clauses,
        _ambiguities,
        _version,
    )
    return tuple(line for check in checks for line in check(call))


def _zone(call: Call) -> Iterator[str]:
    try:
        ZoneInfo(call.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield f'zone: "{call.zone}" is not an IANA time zone; write for example "Asia/Seoul"'


def _names(call: Call) -> Iterator[str]:
    """Ids and codes stand once in their list."""
    lists: dict[str, Iterable[str]] = {
        "tracks": (track.id for track in call.tracks),
        "tracks[].rounds": (entry.id for track in call.tracks for entry in track.rounds),
        "parties": (party.id for party in call.parties),
        "parties[].kinds": [kind.id for party in call.parties for kind in party.kinds]
        + [kind.id for kind in call.excluded_kinds],
        "resources": (resource.id for resource in call.resources),
        "constraints": (constraint.id for constraint in call.constraints),
        "documents": (document.code for document in call.documents),
        "forms": (form.code for form in call.forms),
        "exclusions": (ground.id for ground in call.exclusions),
        "other_programmes": (programme.id for programme in call.other_programmes),
        "plan": (section.id for section in call.plan),
        "consents": (entry.id for entry in call.consents),
        "criteria": (criterion.id for criterion in call.criteria),
        "bonuses": (bonus.id for bonus in call.bonuses),
        "stages": (stage.id for stage in call.stages),
        "obligations": (obligation.id for obligation in call.obligations),
        "sanction.grounds": (ground.id for ground in call.sanction.grounds),
        "retention": (entry.record_class for entry in call.retention),
        "clauses": (clause.code for clause in call.clauses),
        "ambiguities": (ambiguity.id for ambiguity in call.ambiguities),
    }
    for key, values in lists.items():
        for value, count in Counter(values).items():
            if count > 1:
                yield f'{key}: "{value}" stands {count} times; give each entry its own name'
    for key in ("tracks", "parties", "resources", "criteria", "stages", "clauses"):
        if not getattr(call, key):
            yield f"{key}: is empty; a call needs at least one entry"


def _dates(call: Call) -> Iterator[str]:
    zone = ZoneInfo(call.zone)
    for t, track in enumerate(call.tracks):
        for r, entry in enumerate(track.rounds):
            path = f"tracks[{t}].rounds[{r}]"
            opens = entry.opens_at.astimezone(zone).date()
            if opens < call.notice_date:
                yield f"{path}.opens_at: {opens} is before the notice date {call.notice_date}"
            last = entry.last_closing
            if last is not None and last.astimezone(zone).date() >= call.support.ends:
                yield f"support.ends: {call.support.ends} is not after {path}.closes_at {last.isoformat()}"
    for i, row in enumerate(call.schedule):
        if row.starts is not None and row.ends is not None and row.ends < row.starts:
            yield f"schedule[{i}].ends: {row.ends} is before starts {row.starts}"
    if call.briefing is not None and call.briefing.starts_at.tzinfo is None:
        yield "briefing.starts_at: write the offset, e.g. 2025-02-20T13:30:00+09:00"


def _rounds(call: Call) -> Iterator[str]:
    """Rounds of one track follow each other: an application belongs to exactly one."""
    for t, track in enumerate(call.tracks):
        for r, (earlier, later) in enumerate(zip(track.rounds, track.rounds[1:], strict=False)):
            if earlier.last_closing is None or later.opens_at < earlier.last_closing:
                yield (
                    f'tracks[{t}].rounds[{r + 1}].opens_at: round "{later.id}" opens before round '
                    f'"{earlier.id}" has closed; an application would belong to both'
                )


def _shares(call: Call) -> Iterator[str]:
    total = sum((resource.share for resource in call.resources), Fraction(0))
    if call.resources and total != 1:
        listed = " + ".join(str(resource.share) for resource in call.resources)
        yield f"resources[].share: {listed} is {total}, not 1; the products share all seats"


def _constraints(call: Call) -> Iterator[str]:
    """One bound per sector, and the bounds of all sectors together leave no seat nobody may take."""
    parties: set[str] = {party.id for party in call.parties}
    for i, constraint in enumerate(call.constraints):
        if constraint.group not in parties:
            yield f'constraints[{i}].group: "{constraint.group}" is not among parties'
    groups = Counter(constraint.group for constraint in call.constraints)
    for group, count in groups.items():
        if count > 1:
            yield f'constraints: "{group}" is bounded {count} times; keep one bound per sector'
    if parties and parties == set(groups) and all(c.hardness == "hard" for c in call.constraints):
        total = sum((constraint.share for constraint in call.constraints), Fraction(0))
        strict = any(constraint.op == "<" for constraint in call.constraints)
        if total < 1 or (total == 1 and strict):
            yield f"constraints[].share: the bounds add up to {total}; some seats could go to nobody"


def _scorecard(call: Call) -> Iterator[str]:
    total = sum(criterion.points for criterion in call.criteria)
    if call.criteria and total != SCORECARD_TOTAL:
        yield f"criteria[].points: add up to {total}, not {SCORECARD_TOTAL}"
    known = {"score", "lottery", *(criterion.id for criterion in call.criteria)}
    for i, key in enumerate(call.selection.order):
        if key not in known:
            yield f'selection.order[{i}]: "{key}" is not "score", "lottery" or the id of a criterion'
    for i, bonus in enumerate(call.bonuses):
        if bonus.points <= 0:
            yield f"bonuses[{i}].points: {bonus.points} is not positive"


def _plan(call: Call) -> Iterator[str]:
    """Sections of the usage plan mirror the criteria: each criterion is asked for, in the same order."""
    asked = [section.criterion for section in call.plan]
    wanted = [criterion.id for criterion in call.criteria]
    for i, name in enumerate(asked):
        if name not in wanted:
            yield f'plan[{i}].criterion: "{name}" is not the id of a criterion'
            return
    if list(dict.fromkeys(asked)) != wanted:
        yield f"plan[].criterion: sections ask for {', '.join(asked)}; the criteria are {', '.join(wanted)}"


def _references(call: Call) -> Iterator[str]:
    """Names used in one table exist in the table they point at."""
    parties: set[str] = {party.id for party in call.parties}
    kinds = {kind.id for party in call.parties for kind in party.kinds}
    codes = {document.code for document in call.documents}
    for i, document in enumerate(call.documents):
        yield from _unknown(f"documents[{i}].parties", document.parties, parties, "parties")
        yield from _unknown(f"documents[{i}].kinds", document.kinds, kinds, "parties[].kinds")
    for i, form in enumerate(call.forms):
        yield from _unknown(f"forms[{i}].party", (form.party,), parties, "parties")
    for i, bonus in enumerate(call.bonuses):
        yield from _unknown(f"bonuses[{i}].parties", bonus.parties, parties, "parties")
        yield from _unknown(f"bonuses[{i}].evidence", bonus.evidence, codes, "documents")


def _unknown(path: str, names: Iterable[str], known: set[str], table: str) -> Iterator[str]:
    for name in names:
        if name not in known:
            yield f'{path}: "{name}" is not among {table}'


def _clauses(call: Call) -> Iterator[str]:
    """Every `clause` anywhere in the call is the code of one of `clauses`."""
    known = {clause.code for clause in call.clauses}
    for path, code in _cited(call, ""):
        if code not in known:
            yield f'{path}: "{code}" is not the code of one of clauses'


def _cited(value: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, tuple):
        for i, item in enumerate(value):
            yield from _cited(item, f"{path}[{i}]")
    elif is_dataclass(value):
        for field in fields(value):
            inner = getattr(value, field.name)
            where = f"{path}.{field.name}" if path else field.name
            if field.name == "clause":
                yield where, inner
            else:
                yield from _cited(inner, where)


def _ambiguities(call: Call) -> Iterator[str]:
    """The key of an ambiguity leads to a value of this call."""
    for i, ambiguity in enumerate(call.ambiguities):
        value: object = call
        for name, place in re.findall(r"(\w+)|\[(\d+)\]", ambiguity.key):
            if name:
                value = getattr(value, name, None)
            else:
                value = value[int(place)] if isinstance(value, tuple) and int(place) < len(value) else None
        if value is None:
            yield f'ambiguities[{i}].key: "{ambiguity.key}" leads to nothing in this call'


def _version(call: Call) -> Iterator[str]:
    if call.version < 1:
        yield f"version: {call.version} is not 1 or more"
    elif call.version == 1 and call.amendment is not None:
        yield "amendment: version 1 amends nothing; raise version or remove the table"
    elif call.version > 1 and call.amendment is None:
        yield f"amendment: version {call.version} needs its reason, actor and date"

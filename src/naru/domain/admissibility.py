"""Whether a selection may run at all (선정 실행 조건): every cause against it, before anything is computed.

Each line names the application, what is wrong and how to mend it, so that one look is enough (E-04, R-03).
"""

from collections import Counter
from collections.abc import Sequence

from naru.domain.application import Application
from naru.domain.call import Call
from naru.domain.duplicates import Filing, resolve
from naru.domain.matching import ServerGroup
from naru.domain.scoring import check_sheets

Held = tuple[tuple[str, ...], ...]


def refusals(
    call: Call, entries: Sequence[Application], capacities: Sequence[ServerGroup], round_id: str | None
) -> tuple[tuple[str, ...], Held]:
    """(problems, duplicate groups still held); both empty when the selection may run."""
    lines = _call_problems(call, round_id)
    twice = sorted(key for key, count in Counter(entry.id for entry in entries).items() if count > 1)
    lines += [f"id: {key} stands more than once; keep one row per application" for key in twice]
    for entry in entries:
        lines += _entry_problems(call, entry)
    lines += _capacity_problems(call, capacities)
    if twice:
        return tuple(lines), ()
    more, held = _duplicate_problems(call, entries)
    return (*lines, *more), held


def _call_problems(call: Call, round_id: str | None) -> list[str]:
    rounds = [entry.id for track in call.tracks for entry in track.rounds]
    lines = []
    if round_id is None and len(rounds) > 1:
        lines.append(f"round: the call has several; name one of {', '.join(rounds)}")
    if round_id is not None and round_id not in rounds:
        lines.append(f"round: the call has no round {round_id}; it has {', '.join(rounds)}")
    if len(call.constraints) > 1:
        lines.append("constraints: selection knows one bound per product; the call states several")
    return lines


def _entry_problems(call: Call, entry: Application) -> list[str]:
    lines = []
    products = [resource.id for resource in call.resources]
    if entry.product not in products:
        lines.append(f"{entry.id}: product {entry.product} is none of {', '.join(products)}")
    sectors = [party.id for party in call.parties]
    if entry.sector not in sectors:
        lines.append(f"{entry.id}: sector {entry.sector} is none of {', '.join(sectors)}")
    bonuses = {bonus.id for bonus in call.bonuses}
    unknown = sorted({*entry.claimed, *entry.evidenced} - bonuses)
    if unknown:
        lines.append(f"{entry.id}: bonus {', '.join(unknown)} is not offered by the call")
    try:
        check_sheets(entry.sheets, scoring=call.scoring, criteria=call.criteria)
    except ValueError as error:
        lines.append(f"{entry.id}: {error}")
    return lines


def _capacity_problems(call: Call, capacities: Sequence[ServerGroup]) -> list[str]:
    products = {resource.id for resource in call.resources}
    keys = Counter((group.product, group.vendor, group.cloud) for group in capacities)
    lines = [
        f"capacities: product {product} is not in the call"
        for product in sorted({key[0] for key in keys} - products)
    ]
    return lines + [
        f"capacities: {' / '.join(key)} stands more than once; add the servers up in one row"
        for key, count in sorted(keys.items())
        if count > 1
    ]


def _duplicate_problems(call: Call, entries: Sequence[Application]) -> tuple[list[str], Held]:
    filings = [
        Filing(id=entry.id, unit=entry.unit, submitted_at=entry.submitted_at, persons=entry.persons)
        for entry in entries
    ]
    try:
        held = resolve(filings, call.selection.duplicates).held
    except ValueError as error:
        return [str(error)], ()
    lines = [
        f"duplicates: {', '.join(group)} are of one unit; withdraw or exclude all but one" for group in held
    ]
    return lines, held

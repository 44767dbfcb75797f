"""The applicant's letter: scores by criterion, rank and cut-off, the reason, the server or the proof."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from naru.domain import call as terms
from naru.portal.selection.models import Match, SelectionOutcome
from naru.portal.selection.tables.places import proof_words
from naru.portal.ui.wording import localised

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One criterion: its title, points at most, and the exact mean over all valid sheets."""

    title: Any
    points: int
    mean: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What one applicant is told; `ranked` of `of` in the product, cut-off of its own sector."""

    lines: tuple[Line, ...]
    mean: Fraction
    bonus: Fraction
    reviews: int
    trimmed: bool
    ranked: int
    seats: int
    filled: int
    cutoff: str | None
    finding: Data
    server: Data | None
    proof: str
    offers: tuple[str, ...]


def letter(
    call: terms.Call, outcome: SelectionOutcome, match: Match | None, names: Mapping[str, str]
) -> Letter:
    """The letter of an outcome from its run's record, and from the confirmed matching where there is one."""
    record = outcome.run.record
    number = outcome.application.number
    ruling = _of(record["rulings"], "id", number)
    entry = _of(record["applications"], "id", number)
    product = _of(record["products"], "product", outcome.product)
    reviews = len(entry["reviews"])
    titles = {resource.id: resource.title for resource in call.resources}
    server = _of(match.run.record["rulings"], "id", number)["server"] if match else None
    return Letter(
        lines=tuple(
            Line(
                title=criterion.title,
                points=criterion.points,
                mean=Fraction(ruling["criteria"][criterion.id]),
            )
            for criterion in call.criteria
        ),
        mean=Fraction(ruling["mean"]),
        bonus=Fraction(ruling["bonus"]),
        reviews=reviews,
        trimmed=reviews >= call.scoring.trim_from,
        ranked=len(product["selected"]) + len(product["waitlist"]),
        seats=product["seats"],
        filled=product["filled"],
        cutoff=product["cutoffs"][outcome.sector],
        finding=ruling["finding"],
        server=server,
        proof=proof_words(match.code, match.certificate, names) if match else "",
        offers=tuple(
            f"{localised(titles[one['product']])}·{names.get(one['vendor'], one['vendor'])}"
            for one in (server["offers"] if server else ())
        ),
    )


def _of(rows: list[Data], key: str, value: Any) -> Data:
    return next(row for row in rows if row[key] == value)

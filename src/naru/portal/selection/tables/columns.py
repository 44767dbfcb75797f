"""The three columns of the selection room: each product's seats, readings, cut-offs and ranked list.

Drawn from the data of a record, so that a what-if answer and a stored run look the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from naru.codec.rulings import product_data
from naru.domain import call as terms
from naru.domain.bound import Bound
from naru.domain.run import Decision
from naru.domain.selection import Candidate, readings
from naru.portal.selection import words

WHOLE = 30  # a list no longer than this is shown whole
TOP = 5
NEAR = 5  # rows on each side of a cut-off line


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One application of a ranked list; `status` is a key of `words.STATUS`.

    `cut` says whose cut-off line runs below.
    """

    number: str
    rank: int | None
    sector: str
    score: str
    bonus: str
    status: str
    waiting: int | None
    cut: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One reading of the sector rule: how many it would select, who would enter and leave by it."""

    label: Any
    used: bool
    filled: int
    private: int
    public: int
    empty: int
    enter: tuple[str, ...] = ()
    leave: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Rows folded away between two ranks, both counted."""

    first: int
    last: int

    @property
    def count(self) -> int:
        """How many rows are folded."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One product; `bound`: the sector rule in use has a cap."""

    product: str
    title: Any
    quota: int
    seats: int
    demand: int
    proposal: int
    filled: int
    empty: int
    public: int
    cap: int
    bound: bool
    private_cutoff: str | None
    public_cutoff: str | None
    readings: tuple[Reading, ...]
    shortfall: tuple[str, ...]
    rows: tuple[Row, ...]
    left_out: tuple[Row, ...]
    whole: bool = False

    @property
    def folded(self) -> list[Row | Gap]:
        """The ranked list as it is shown first: its top and the neighbourhood of each cut-off line."""
        if self.whole or len(self.rows) <= WHOLE:
            return list(self.rows)
        cuts = [place for place, row in enumerate(self.rows) if row.cut]
        near = {place for cut in cuts for place in range(cut - NEAR + 1, cut + NEAR + 1)}
        found: list[Row | Gap] = []
        for place, row in enumerate(self.rows):
            if place < TOP or place in near:
                found.append(row)
            elif found and isinstance(found[-1], Gap):
                found[-1] = replace(found[-1], last=place + 1)
            else:
                found.append(Gap(first=place + 1, last=place + 1))
        return found

    @property
    def waiting(self) -> int:
        """How many wait."""
        return sum(row.waiting is not None for row in self.rows)

    @property
    def private(self) -> int:
        """Selected of the sectors that are not bounded."""
        return self.filled - self.public


def of_decision(call: terms.Call, decision: Decision) -> list[Column]:
    """The columns of a decision that was only asked for."""
    rows = [
        Row(
            number=ruling.id,
            rank=ruling.rank,
            sector=ruling.sector,
            score=ruling.score,
            bonus=words.float_free(ruling.bonus) if ruling.bonus else "",
            status=_status(ruling.status, ruling.finding.code),
            waiting=ruling.waiting,
        )
        for ruling in decision.rulings
    ]
    by_product = {ruling.id: ruling.product for ruling in decision.rulings}
    products = [product_data(call, result, decision) for result in decision.products]
    return _columns(call, products, rows, by_product)


def of_record(call: terms.Call, record: Mapping[str, Any]) -> list[Column]:
    """The columns of a run that was kept."""
    sectors = {entry["id"]: entry["sector"] for entry in record["applications"]}
    rows = [
        Row(
            number=ruling["id"],
            rank=ruling["rank"],
            sector=sectors[ruling["id"]],
            score=ruling["score"],
            bonus="" if ruling["bonus"] == "0" else ruling["bonus"],
            status=_status(ruling["status"], ruling["finding"]["code"]),
            waiting=ruling["waiting"],
        )
        for ruling in record["rulings"]
    ]
    by_product = {ruling["id"]: ruling["product"] for ruling in record["rulings"]}
    return _columns(call, record["products"], rows, by_product)


def opened(columns: Sequence[Column], product: str | None) -> list[Column]:
    """The columns with the whole ranked list of one product, where somebody asked for it."""
    return [replace(one, whole=True) if one.product == product else one for one in columns]


def spill(columns: Sequence[Column]) -> list[Column]:
    """The products whose seats the spill-over proposal would change; empty where no product would gain."""
    if all(column.proposal <= column.quota for column in columns):
        return []
    return [column for column in columns if column.proposal != column.quota]


def _status(status: str, code: str) -> str:
    return code if status == "waiting" else status


def _columns(
    call: terms.Call, products: Iterable[Mapping[str, Any]], rows: Iterable[Row], of: Mapping[str, str]
) -> list[Column]:
    lists: dict[str, list[Row]] = {}
    for row in rows:
        lists.setdefault(of[row.number], []).append(row)
    titles = words.product_titles(call)
    entries = list(products)
    takers = any(entry["proposal"] > entry["quota"] for entry in entries)
    return [
        _column(titles[entry["product"]], entry, lists.get(entry["product"], []), takers=takers)
        for entry in entries
    ]


def _column(title: Any, entry: Mapping[str, Any], rows: Sequence[Row], *, takers: bool) -> Column:
    group = entry["group"]
    ranked = sorted((row for row in rows if row.rank is not None), key=lambda row: row.rank or 0)
    chosen = [row for row in ranked if row.status == "selected"]
    cutoffs = entry["cutoffs"]
    private = next((score for sector, score in cutoffs.items() if sector != group), None)
    return Column(
        product=entry["product"],
        title=title,
        quota=entry["quota"],
        seats=entry["seats"],
        demand=entry["demand"],
        proposal=entry["proposal"],
        filled=entry["filled"],
        empty=entry["empty"],
        public=sum(row.sector == group for row in chosen),
        cap=entry["public_cap"],
        bound=entry["reading"] in ("ratio", "quota"),
        private_cutoff=private,
        public_cutoff=cutoffs[group],
        readings=tuple(_readings(entry, ranked)),
        shortfall=tuple(_shortfall(entry, takers=takers)),
        rows=tuple(_cut(ranked, group)),
        left_out=tuple(row for row in rows if row.rank is None),
    )


def _readings(entry: Mapping[str, Any], ranked: Sequence[Row]) -> Iterable[Reading]:
    """Every reading beside the one in use, drawn anew from the ranked list: a record keeps counts alone."""
    bound = Bound(
        reading=entry["reading"], group=entry["group"], op=entry["op"], share=Fraction(entry["share"])
    )
    pool = [Candidate(id=row.number, sector=row.sector) for row in ranked]
    used = set(entry["selected"])
    for one in readings(pool, entry["seats"], bound):
        chosen = set(one.selected)
        yield Reading(
            label=words.READING_SHORT[one.reading],
            used=one.reading == bound.reading,
            filled=one.filled,
            private=one.filled - one.bounded,
            public=one.bounded,
            empty=one.empty,
            enter=tuple(row.number for row in ranked if row.number in chosen - used),
            leave=tuple(row.number for row in ranked if row.number in used - chosen),
        )


def _shortfall(entry: Mapping[str, Any], *, takers: bool) -> Iterable[str]:
    """Why seats stay empty and what each other reading, or the spill-over, would fill, a sentence each."""
    if not entry["empty"]:
        return
    yield _("%(count)d자리가 빕니다. 뽑을 수 있는 신청이 모자랍니다.") % {"count": entry["empty"]}
    for one in entry["readings"]:
        more = one["filled"] - entry["filled"]
        if more > 0:
            yield _("‘%(reading)s’이면 %(count)d자리가 더 찹니다.") % {
                "reading": words.READING_SHORT[one["reading"]],
                "count": more,
            }
    if takers and entry["proposal"] < entry["seats"]:
        yield _("다른 상품으로 %(count)d자리를 넘길 수 있습니다.") % {
            "count": entry["seats"] - entry["proposal"]
        }


def _cut(ranked: Sequence[Row], group: str) -> Iterable[Row]:
    """The rows with a cut-off line below the last selected of each sector."""
    last = {row.sector == group: row.number for row in ranked if row.status == "selected"}
    marks = {number: "public" if bounded else "private" for bounded, number in last.items()}
    for row in ranked:
        mark = marks.get(row.number, "")
        yield replace(row, cut=mark) if mark else row

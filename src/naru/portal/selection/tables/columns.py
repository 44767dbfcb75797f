"""The three columns of the selection room: each product's seats, readings, cut-offs and ranked list.

Drawn from the data of a record, so that a what-if answer and a stored run look the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from naru.codec.rulings import product_data
from naru.domain import call as terms
from naru.domain.run import Decision
from naru.portal.selection import words


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
    """One reading of the sector rule: who it would select."""

    label: Any
    used: bool
    filled: int
    private: int
    public: int
    empty: int


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
        readings=tuple(_reading(one, entry["reading"]) for one in entry["readings"]),
        shortfall=tuple(_shortfall(entry, takers=takers)),
        rows=tuple(_cut(ranked, group)),
        left_out=tuple(row for row in rows if row.rank is None),
    )


def _reading(one: Mapping[str, Any], used: str) -> Reading:
    return Reading(
        label=words.READING_SHORT[one["reading"]],
        used=one["reading"] == used,
        filled=one["filled"],
        private=one["filled"] - one["bounded"],
        public=one["bounded"],
        empty=one["empty"],
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

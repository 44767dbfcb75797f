"""Applications and server capacities as JSON Lines, read against a call (R-03, R-07).

An application: `id`, `unit`, `sector`, `product`, `reviews` (`reviewer`, `points` by criterion), `bonus`
(`claimed`, `evidenced`: bonus ids, or true / false where the call offers one bonus), `vendors` that can
support the model, `clouds` in the order preferred; `persons` and `submitted_at` may follow. A capacity:
`product`, `vendor`, `cloud`, `capacity`.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from naru.codec.rows import RowProblem, RowsFileError, read_rows
from naru.domain.application import Application
from naru.domain.call import Call
from naru.domain.matching import ServerGroup
from naru.domain.scoring import Sheet, sheet_problems

Name = Annotated[str, Field(min_length=1)]
Pairs = list[tuple[str, str]]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class ReviewRow(_Strict):
    """One reviewer's sheet."""

    reviewer: Name
    points: dict[str, int]


class BonusRow(_Strict):
    """Bonus ids claimed and evidenced; true means the call's only bonus."""

    claimed: list[Name] | bool = []
    evidenced: list[Name] | bool = []


class ApplicationRow(_Strict):
    """One line of an applications file, and of the record."""

    id: Name
    unit: Name
    sector: Name
    product: Name
    reviews: list[ReviewRow]
    bonus: BonusRow = BonusRow()
    vendors: list[Name] = []
    clouds: list[Name] = []
    persons: list[Name] = []
    submitted_at: AwareDatetime | None = None


class CapacityRow(_Strict):
    """One line of a capacities file, and of the record."""

    product: Name
    vendor: Name
    cloud: Name
    capacity: Annotated[int, Field(ge=0)]


def read_applications(
    path: Path, call: Call, advance: Callable[[int], None] = lambda _bytes: None
) -> tuple[Application, ...]:
    """The applications in the file; RowsFileError naming every broken row, OSError when unreadable."""
    seen: dict[str, int] = {}

    def check(row: ApplicationRow) -> Pairs:
        seen[row.id] = seen.get(row.id, 0) + 1
        again = [("id", f"{row.id} stands in an earlier row too; keep one")] if seen[row.id] > 1 else []
        return again + application_problems(row, call)

    return tuple(application_of(row, call) for row in read_rows(path, ApplicationRow, check, advance))


def read_capacities(path: Path, call: Call) -> tuple[ServerGroup, ...]:
    """The server groups in the file; RowsFileError naming every broken row, OSError when unreadable."""
    seen: set[tuple[str, str, str]] = set()

    def check(row: CapacityRow) -> Pairs:
        key = (row.product, row.vendor, row.cloud)
        again = [("cloud", "this product, vendor and cloud stand in an earlier row; add them up")]
        pairs = again if key in seen else []
        seen.add(key)
        return pairs + _one_of("product", row.product, [resource.id for resource in call.resources])

    return tuple(group_of(row) for row in read_rows(path, CapacityRow, check))


def read_seed(path: Path) -> str:
    """The lottery seed: the file's one line of text; RowsFileError when it is empty or has several lines."""
    try:
        text = path.read_bytes().decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        reason = f"is not UTF-8 text (byte {error.start}); save the seed as UTF-8"
        raise RowsFileError(str(path), [RowProblem(row=0, column="", reason=reason)]) from error
    if not text or len(text.splitlines()) > 1:
        reason = "needs the seed as one line of text, the one whose hash was published"
        raise RowsFileError(str(path), [RowProblem(row=0, column="", reason=reason)])
    return text


def application_problems(row: ApplicationRow, call: Call) -> Pairs:
    """What the call refuses in a well-formed row, as (column, reason)."""
    pairs = _one_of("product", row.product, [resource.id for resource in call.resources])
    pairs += _one_of("sector", row.sector, [party.id for party in call.parties])
    offered = [bonus.id for bonus in call.bonuses]
    for column, value in (("claimed", row.bonus.claimed), ("evidenced", row.bonus.evidenced)):
        if isinstance(value, bool):
            if value and len(offered) != 1:
                pairs.append((f"bonus.{column}", f"true is for a call with one bonus; name {offered}"))
        else:
            pairs += [pair for key in value for pair in _one_of(f"bonus.{column}", key, offered)]
    for place, review in enumerate(row.reviews):
        for line in sheet_problems(Sheet(reviewer=review.reviewer, points=review.points), call.criteria):
            key = line.partition(" ")[0]
            pairs.append((f"reviews[{place}].points.{key}", line))
    reviewers = [review.reviewer for review in row.reviews]
    pairs += _twice("reviews", reviewers) + _twice("vendors", row.vendors) + _twice("clouds", row.clouds)
    return pairs


def application_of(row: ApplicationRow, call: Call) -> Application:
    """The domain's application; `row` has passed `application_problems`."""
    return Application(
        id=row.id,
        unit=row.unit,
        sector=row.sector,
        product=row.product,
        sheets=tuple(Sheet(reviewer=review.reviewer, points=review.points) for review in row.reviews),
        claimed=_bonus_ids(row.bonus.claimed, call),
        evidenced=_bonus_ids(row.bonus.evidenced, call),
        vendors=tuple(row.vendors),
        clouds=tuple(row.clouds),
        persons=tuple(row.persons),
        submitted_at=_plain(row.submitted_at),
    )


def group_of(row: CapacityRow) -> ServerGroup:
    """The domain's server group."""
    return ServerGroup(product=row.product, vendor=row.vendor, cloud=row.cloud, capacity=row.capacity)


def _plain(at: datetime | None) -> datetime | None:
    """The instant with the standard library's own fixed offset."""
    return None if at is None else datetime.fromisoformat(at.isoformat())


def _bonus_ids(value: Sequence[str] | bool, call: Call) -> tuple[str, ...]:  # noqa: FBT001 - the shorthand
    if isinstance(value, bool):
        return tuple(bonus.id for bonus in call.bonuses) if value else ()
    return tuple(sorted(set(value)))


def _one_of(column: str, value: str, known: Sequence[str]) -> Pairs:
    return [] if value in known else [(column, f'"{value}" is none of {", ".join(known) or "none offered"}')]


def _twice(column: str, values: Sequence[str]) -> Pairs:
    return [
        (column, f'"{value}" stands twice; keep one')
        for value in sorted(set(values))
        if values.count(value) > 1
    ]

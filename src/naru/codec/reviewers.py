"""The reviewers' list as text: a CSV an operator sends in, whole and right or with every fault named.

Column names are the Korean or the English ones; the file is UTF-8, or CP949 as Korean spreadsheets save it.
"""

import csv
import io
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from naru.domain import registration
from naru.domain.terms import Text

COLUMNS = {
    "이메일": "email",
    "소속": "affiliation",
    "사업자등록번호": "business_number",
    "전문분야": "expertise",
    "참여": "available",
    "최대건수": "ceiling",
}
MOST_BYTES, MOST_ROWS, MOST_CEILING = 65536, 500, 1000
YES, NO = frozenset({"예", "yes", "y", "1"}), frozenset({"아니오", "no", "n", "0"})
TAKEN_TWICE = Text(ko="두 번 나옵니다", en="stands twice")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewerRow:
    """One reviewer of the list; `ceiling` None: as many sheets as come."""

    email: str
    affiliation: str = ""
    business_number: str = ""
    expertise: tuple[str, ...] = ()
    available: bool = True
    ceiling: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListProblem:
    """One fault: the line counted from 1 (0: the file itself), the column, and what is wrong."""

    line: int
    column: str
    reason: Text


class ReviewersFileError(ValueError):
    """A list that cannot be used, with every `ListProblem` found in it."""

    def __init__(self, problems: tuple[ListProblem, ...]) -> None:
        super().__init__("; ".join(f"{one.line} {one.column}: {one.reason.en}" for one in problems))
        self.problems = problems


def parse_reviewers(content: bytes, fields: Collection[str]) -> tuple[ReviewerRow, ...]:
    """Every reviewer of the list; `fields` are the fields of expertise there are.

    Raises ReviewersFileError naming all faults; no row is read by halves.
    """
    reader: csv.DictReader[str] = csv.DictReader(io.StringIO(_text(content), newline=""))
    titles = [name.strip() for name in reader.fieldnames or ()]
    reader.fieldnames = titles
    names = {name: COLUMNS.get(name, name) for name in titles}
    _check_names(names)
    rows: list[ReviewerRow] = []
    problems: list[ListProblem] = []
    seen: set[str] = set()
    for line in reader:
        cells = {names[key]: (value or "").strip() for key, value in line.items() if key is not None}
        if len(line) > len(titles):
            problems.append(
                _problem(reader.line_num, "", "칸이 머리글보다 많습니다", "more cells than columns")
            )
        elif any(cells.values()):
            found = list(_faults(cells, reader.line_num, fields, seen))
            problems += found
            if not found:
                rows.append(_row(cells))
    if not rows and not problems:
        problems.append(_problem(0, "", "평가위원이 한 명도 없습니다", "holds no reviewer"))
    if len(rows) > MOST_ROWS:
        problems.append(_problem(0, "", f"{MOST_ROWS}명까지만 됩니다", f"at most {MOST_ROWS} reviewers"))
    if problems:
        raise ReviewersFileError(tuple(problems))
    return tuple(rows)


def _text(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise ReviewersFileError((_problem(0, "", "64 KB까지만 됩니다", "at most 64 KB"),))
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ReviewersFileError((_problem(0, "", "CSV(UTF-8)로 저장해 주십시오", "save it as CSV (UTF-8)"),))


def _check_names(names: Mapping[str, str]) -> None:
    known = set(COLUMNS.values())
    problems = [
        _problem(1, name, "모르는 열입니다", "is no column of the list")
        for name, column in names.items()
        if column not in known
    ]
    if "email" not in names.values():
        problems.append(_problem(1, "이메일", "열이 없습니다", "the column is missing"))
    if problems:
        raise ReviewersFileError(tuple(problems))


def _faults(
    cells: Mapping[str, str], line: int, fields: Collection[str], seen: set[str]
) -> Iterator[ListProblem]:
    """What is wrong with one line; its address is remembered in `seen`."""
    email = cells.get("email", "").lower()
    if "@" not in email:
        yield _problem(line, "이메일", "이메일 주소가 아닙니다", "is no mail address")
    elif email in seen:
        yield ListProblem(line=line, column="이메일", reason=TAKEN_TWICE)
    seen.add(email)
    if number := cells.get("business_number", ""):
        try:
            registration.normalise(number)
        except ValueError:
            yield _problem(line, "사업자등록번호", "숫자 10자리가 아니거나 틀립니다", "is no valid number")
    unknown = [one for one in _listed(cells.get("expertise", "")) if one not in fields]
    if unknown:
        known = ", ".join(fields)
        yield _problem(line, "전문분야", f"{', '.join(unknown)}: {known} 중에서 적습니다", f"use {known}")
    if cells.get("available", "").lower() not in YES | NO | {""}:
        yield _problem(line, "참여", "예 또는 아니오로 적습니다", "write yes or no")
    ceiling = cells.get("ceiling", "")
    if ceiling and not (ceiling.isascii() and ceiling.isdigit() and 0 < int(ceiling) <= MOST_CEILING):
        yield _problem(
            line, "최대건수", f"1부터 {MOST_CEILING}까지의 정수로 적습니다", f"1 to {MOST_CEILING}"
        )


def _row(cells: Mapping[str, str]) -> ReviewerRow:
    number, ceiling = cells.get("business_number", ""), cells.get("ceiling", "")
    return ReviewerRow(
        email=cells["email"].lower(),
        affiliation=cells.get("affiliation", "")[:120],
        business_number=registration.normalise(number) if number else "",
        expertise=_listed(cells.get("expertise", "")),
        available=cells.get("available", "").lower() not in NO,
        ceiling=int(ceiling) if ceiling else None,
    )


def _listed(text: str) -> tuple[str, ...]:
    """The words of a cell, separated by semicolons, each once."""
    return tuple(dict.fromkeys(word.strip() for word in text.split(";") if word.strip()))


def _problem(line: int, column: str, ko: str, en: str) -> ListProblem:
    return ListProblem(line=line, column=column, reason=Text(ko=ko, en=en))

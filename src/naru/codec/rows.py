"""JSON Lines as text: one object a line, every broken row named by file, row and column, none half-read.

A column is the place in the line for a syntax error, and the key path (`reviews[0].points.contents`) else.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from naru.codec.reasons import NEEDS, key_path

Row = TypeVar("Row", bound=BaseModel)
MORE_NEEDS = {
    "string_too_short": "is empty; write it",
    "list_type": "needs a list",
    "dict_type": "needs a table of keys",
    "model_type": "needs a table of keys",
    "greater_than_equal": "must not be negative",
    "timezone_aware": "needs an instant with its offset, such as 2025-03-17T15:00:00+09:00",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RowProblem:
    """One fault of a file: row counted from 1 (0: the file itself), column as text, what is wrong."""

    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        return f"row {self.row}, column {self.column}: {self.reason}" if self.row else self.reason


class RowsFileError(ValueError):
    """A file that cannot be used: its `name` and every `RowProblem` found in it."""

    def __init__(self, name: str, problems: Sequence[RowProblem]) -> None:
        super().__init__("\n".join(f"{name}: {problem}" for problem in problems))
        self.name = name
        self.problems = tuple(problems)


def read_rows(
    path: Path,
    model: type[Row],
    check: Callable[[Row], Sequence[tuple[str, str]]],
    advance: Callable[[int], None] = lambda _bytes: None,
) -> tuple[Row, ...]:
    """Every row of the file as `model`; `check` gives further (column, reason) pairs of a well-formed row.

    Blank lines are passed over. `advance` hears how many bytes each line had. Raises RowsFileError with all
    problems, OSError when the file cannot be read.
    """
    rows: list[Row] = []
    problems: list[RowProblem] = []
    for number, line in enumerate(path.read_bytes().split(b"\n"), start=1):
        advance(len(line) + 1)
        if not line.strip():
            continue
        found = _row(line, model)
        if isinstance(found, BaseModel):
            rows.append(found)
            pairs = check(found)
        else:
            pairs = found
        problems += [RowProblem(row=number, column=column, reason=reason) for column, reason in pairs]
    if problems:
        raise RowsFileError(str(path), problems)
    return tuple(rows)


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object hook that refuses a key standing twice."""
    table = dict(pairs)
    if len(table) < len(pairs):
        keys = [key for key, _ in pairs]
        raise ValueError(next(key for key in keys if keys.count(key) > 1))
    return table


def _row(line: bytes, model: type[Row]) -> Row | list[tuple[str, str]]:
    """The row, or (column, reason) pairs."""
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return [(str(error.start + 1), "is not UTF-8 text; save the file as UTF-8")]
    try:
        json.loads(text, object_pairs_hook=once)
    except json.JSONDecodeError as error:
        return [(str(error.colno), f"is not JSON ({error.msg.lower()}); write one object a line")]
    except RecursionError:
        return [("1", "is nested too deeply; write one flat object a line")]
    except ValueError as error:
        return [(str(error), "stands twice in one object; keep one")]
    try:
        return model.model_validate_json(text)
    except ValidationError as error:
        return [(key_path(entry["loc"]) or "1", _reason(entry, model)) for entry in error.errors()]


def _reason(entry: Any, model: type[BaseModel]) -> str:
    kind = entry["type"]
    if kind == "extra_forbidden":
        known = ", ".join(model.model_fields)
        return f"is not a known key; remove it{f' (known: {known})' if len(entry['loc']) == 1 else ''}"
    if kind == "value_error":
        return str(entry["ctx"]["error"])
    if kind == "literal_error":
        return f"is not one of {entry['ctx']['expected']}"
    return NEEDS.get(kind) or MORE_NEEDS.get(kind) or f"is refused: {entry['msg'].lower()}"

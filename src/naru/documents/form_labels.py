"""Answers found by their labels in a filled form, wherever its tables have been moved to; plain values only.

A label is told by its letters and digits: spacing, line breaks, numbering, colons and asterisks do not count.
Nothing is dropped: every text that is neither the form's own nor an answer is handed back as unplaced.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass
from typing import Any, Self

NUMBERING = re.compile(r"^\s*(?:\d{1,2}|[가-하])[.)]\s*")
MARK = r"[☑☒■✔✓✅▣●◉]|\[\s*[vVxXoO○]\s*\]"
EMPTY = r"[☐□○◯]|\[\s*\]"
CHOICE = re.compile(rf"(?P<mark>{MARK})|(?P<empty>{EMPTY})")
LEAST_HEADINGS = 2  # so many headings in one row make it the head of a grid


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: where it stands, how far it reaches, its text."""

    row: int
    column: int
    rows: int
    columns: int
    text: str

    @classmethod
    def of(cls, row: Any, column: Any, rows: Any, columns: Any, text: Any) -> Self:
        """From JSON values, whatever a child said they are."""
        return cls(int(row), int(column), int(rows), int(columns), str(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledForm:
    """What a filled form holds: tables of cells, and the lines outside them."""

    tables: tuple[tuple[Cell, ...], ...]
    lines: tuple[str, ...]

    @classmethod
    def of(cls, read: Mapping[str, Any]) -> Self:
        """From the values of `form_cells.read_cells`; raises TypeError or ValueError for anything else."""
        tables = tuple(tuple(Cell.of(*cell) for cell in table) for table in read["tables"])
        return cls(tables=tables, lines=tuple(str(line) for line in read["lines"]))

    def data(self) -> dict[str, Any]:
        """The same as JSON values."""
        return {
            "tables": [[list(astuple(cell)) for cell in table] for table in self.tables],
            "lines": list(self.lines),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What to look for: labels of fields, the headings of each grid by its name, the form's own lines."""

    labels: frozenset[str]
    grids: Mapping[str, tuple[str, ...]]
    own: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """The text found for each label, the rows of each grid (heading -> text), and what has no place.

    A label or grid that the file does not show is in neither mapping: it is no answer, not an empty one.
    """

    values: Mapping[str, str]
    rows: Mapping[str, tuple[Mapping[str, str], ...]]
    unplaced: tuple[str, ...]


def key_of(text: str) -> str:
    """What tells a label: its letters and digits, compatibility forms made one."""
    plain = NUMBERING.sub("", unicodedata.normalize("NFKC", text))
    return "".join(letter for letter in plain.casefold() if letter.isalnum())


def ticked(text: str) -> list[str] | None:
    """The choices whose box is marked, by their words; None when the text has no box at all."""
    marks = list(CHOICE.finditer(text))
    if not marks:
        return None
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    return [
        text[mark.end() : end].strip() for mark, end in zip(marks, ends, strict=True) if mark.group("mark")
    ]


def place(form: FilledForm, wanted: Wanted) -> Placed:
    """Give every answer to its label: right of it, else below it, else behind a colon after it."""
    return _Placing(wanted).run(form)


class _Placing:
    def __init__(self, wanted: Wanted) -> None:
        self.labels = {key_of(label): label for label in wanted.labels}
        self.grids = {
            name: {key_of(heading): heading for heading in found} for name, found in wanted.grids.items()
        }
        self.own = {key_of(line) for line in wanted.own}
        self.values: dict[str, str] = {}
        self.rows: dict[str, list[dict[str, str]]] = {}  # a grid that was not found has no entry
        self.unplaced: list[str] = []

    def run(self, form: FilledForm) -> Placed:
        for table in form.tables:
            self._table(table)
        for line in form.lines:
            self._leftover(line)
        rows = {name: tuple(found) for name, found in self.rows.items()}
        return Placed(values=self.values, rows=rows, unplaced=tuple(self.unplaced))

    def _label(self, text: str) -> str | None:
        """The label a cell shows: alone, or in its first line above lines of the form's own."""
        if (label := self.labels.get(key_of(text))) is not None:
            return label
        first, *rest = text.strip().split("\n")
        label = self.labels.get(key_of(first))
        return label if label is not None and all(key_of(line) in self.own for line in rest) else None

    def _table(self, table: Iterable[Cell]) -> None:
        cells = sorted(table, key=lambda cell: (cell.row, cell.column))
        used: set[Cell] = set()
        for cell in cells:
            if cell in used:
                continue
            if (head := self._head(cells, cell.row)) is not None:
                used |= self._grid(cells, cell.row, *head)
            elif (label := self._label(cell.text)) is not None:
                used.add(cell)
                answer = self._answer(cells, cell, used)
                if answer is not None and label not in self.values:
                    used.add(answer)
                    self.values[label] = answer.text.strip()
        for cell in cells:
            if cell not in used:
                self._leftover(cell.text)

    def _answer(self, cells: list[Cell], label: Cell, used: set[Cell]) -> Cell | None:
        right = _at(cells, label.row, label.column + label.columns)
        below = _at(cells, label.row + label.rows, label.column)
        for cell in (right, below):
            if cell is not None and cell not in used and self._label(cell.text) is None:
                return cell
        return None

    def _head(self, cells: list[Cell], row: int) -> tuple[str, dict[int, str]] | None:
        """The grid whose headings stand in a row: its name and the heading of each column."""
        texts = {cell.column: key_of(cell.text) for cell in cells if cell.row == row}
        for name, headings in self.grids.items():
            columns = {column: headings[text] for column, text in texts.items() if text in headings}
            if len(columns) >= min(LEAST_HEADINGS, len(headings)):
                return name, columns
        return None

    def _grid(self, cells: list[Cell], row: int, name: str, columns: dict[int, str]) -> set[Cell]:
        """The rows below the head until another head or a label; empty ones are none."""
        used = {cell for cell in cells if cell.row == row and cell.column in columns}
        found = self.rows.setdefault(name, [])
        for below in sorted({cell.row for cell in cells if cell.row > row}):
            across = [cell for cell in cells if cell.row == below]
            labels = any(self._label(cell.text) is not None for cell in across if cell.column not in columns)
            if self._head(cells, below) is not None or labels or _is_labelled(self, across, columns):
                break
            mine = [cell for cell in across if cell.column in columns]
            used |= set(mine)
            values = {columns[cell.column]: cell.text.strip() for cell in mine}
            if any(values.values()):
                found.append(values)
        return used

    def _leftover(self, text: str) -> None:
        """A text outside every answer: the form's own, an answer after its label and a colon, or unplaced."""
        for line in text.split("\n"):
            if not key_of(line) or key_of(line) in self.own or key_of(line) in self.labels:
                continue
            before, colon, after = line.replace("：", ":").partition(":")
            label = self.labels.get(key_of(before))
            if colon and label is not None and not self.values.get(label):
                self.values[label] = after.strip()
            else:
                self.unplaced.append(line.strip())


def _is_labelled(placing: _Placing, across: list[Cell], columns: dict[int, str]) -> bool:
    """Whether a row below a grid is a field's: it begins with a label and has fewer cells than the grid."""
    first = min(across, key=lambda cell: cell.column)
    return len(across) < len(columns) and placing._label(first.text) is not None  # noqa: SLF001 - its own


def _at(cells: Iterable[Cell], row: int, column: int) -> Cell | None:
    """The cell that covers a place."""
    return next((cell for cell in _covering(cells, row) if 0 <= column - cell.column < cell.columns), None)


def _covering(cells: Iterable[Cell], row: int) -> Iterator[Cell]:
    return (cell for cell in cells if 0 <= row - cell.row < cell.rows)

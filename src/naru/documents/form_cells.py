"""The tables and lines of a filled HWPX form as plain values; runs in the limited child process only."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO

from hwpx import HwpxDocument

MAX_CELLS = 5_000
MAX_CHARACTERS = 200_000


class TooMuchError(ValueError):
    """The file holds more cells or text than any form of a call has."""


def read_cells(file: BinaryIO) -> dict[str, Any]:
    """The form's tables and its lines outside tables, as JSON values; for `form_labels.FilledForm.of`.

    A cell is [row, column, rows, columns, text]. Raises TooMuchError, and what the library
    raises for a file that is no HWPX (its reader refuses entities and declared bombs).
    """
    with HwpxDocument.open(BytesIO(file.read())) as document:
        tables = [_cells(table) for section in document.sections for table in _tables(section.paragraphs)]
        lines = [paragraph.text or "" for paragraph in document.paragraphs if not paragraph.tables]
    cells = [cell for table in tables for cell in table]
    if len(cells) > MAX_CELLS or sum(len(cell[4]) for cell in cells) + sum(map(len, lines)) > MAX_CHARACTERS:
        raise TooMuchError
    return {"tables": tables, "lines": [line for line in lines if line.strip()]}


def _tables(paragraphs: Any) -> Iterator[Any]:
    """The tables of paragraphs, those inside their cells after them."""
    for paragraph in paragraphs:
        for table in paragraph.tables:
            yield table
            for row in table.rows:
                for cell in row.cells:
                    yield from _tables(cell.paragraphs)


def _cells(table: Any) -> list[list[Any]]:
    found = []
    for row in table.rows:
        for cell in row.cells:
            rows, columns = cell.span
            if rows and columns:  # a cell that a merge has covered spans nothing
                found.append([*cell.address, rows, columns, cell.text])
    return found

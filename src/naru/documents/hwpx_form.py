"""A form printed as an HWPX file: parts with labelled answers and tables, as an office would lay it out."""

from dataclasses import dataclass
from io import BytesIO

from hwpx import HwpxDocument

SHADE = "#EEF2F7"  # behind a label
LINE = "#8A94A6"
LABEL_SHARE, VALUE_SHARE = 1, 3  # of the page's width
TITLE, HEADING, BODY, NOTE = 18, 13, 10, 9  # points


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One labelled answer. `tall` gives the answer the page's whole width, below its label and note."""

    label: str
    value: str = ""
    note: str = ""
    tall: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Answers of one kind, a row each, under their headings; all rows have the headings' length."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the form with its heading; its fields stand before its grid."""

    heading: str
    note: str = ""
    fields: tuple[Field, ...] = ()
    grid: Grid | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedForm:
    """A whole form: what it is called, how it is filled in, its parts in order."""

    title: str
    lead: tuple[str, ...]
    parts: tuple[Part, ...]

    def texts(self) -> frozenset[str]:
        """Every line the form itself prints: title, lead, headings, notes, labels."""
        lines = {self.title, *self.lead}
        for part in self.parts:
            lines |= {part.heading, part.note}
            lines |= {text for field in part.fields for text in (field.label, field.note)}
            lines |= set(part.grid.headings) if part.grid else set()
        return frozenset(line for line in lines if line)


def write_form(form: PrintedForm) -> bytes:
    """The form as an HWPX file; raises what the library raises when its own check of the file fails."""
    document = HwpxDocument.new()
    page = _Page(document)
    page.line(form.title, TITLE, bold=True, first=True)
    for text in form.lead:
        page.line(text, NOTE)
    for part in form.parts:
        page.line("", BODY)
        page.line(part.heading, HEADING, bold=True)
        if part.note:
            page.line(part.note, NOTE)
        if part.fields:
            page.fields(part.fields)
        if part.grid:
            page.grid(part.grid)
    stream = BytesIO()
    document.save_to_stream(stream)
    return stream.getvalue()


class _Page:
    """Writes lines and tables at the end of a document, each text in its size."""

    def __init__(self, document: HwpxDocument) -> None:
        self.document = document
        self.border = document.styles.ensure_border_fill(border_color=LINE)
        self.shaded = document.styles.ensure_border_fill(border_color=LINE, fill_color=SHADE)

    def line(self, text: str, size: int, *, bold: bool = False, first: bool = False) -> None:
        look = self._look(size, bold=bold)
        if first:  # a new document begins with one empty paragraph that holds the page's setup
            self.document.paragraphs[0].add_run(text, char_pr_id_ref=look)
        else:
            self.document.add_paragraph(text, char_pr_id_ref=look, inherit_style=False)

    def fields(self, fields: tuple[Field, ...]) -> None:
        rows = sum(2 if field.tall else 1 for field in fields)
        table = self._table(rows, 2)
        table.set_column_widths([LABEL_SHARE, VALUE_SHARE])
        row = 0
        for field in fields:
            self._label(table, row, 0, field)
            if field.tall:
                table.merge_cells(f"A{row + 1}:B{row + 1}")
                table.merge_cells(f"A{row + 2}:B{row + 2}")
                self._write(table, row + 1, 0, field.value)
            else:
                self._write(table, row, 1, field.value)
            row += 2 if field.tall else 1

    def grid(self, grid: Grid) -> None:
        table = self._table(len(grid.rows) + 1, len(grid.headings))
        for column, heading in enumerate(grid.headings):
            self._label(table, 0, column, Field(label=heading))
        for row, values in enumerate(grid.rows, start=1):
            for column, value in enumerate(values):
                self._write(table, row, column, value)

    def _table(self, rows: int, columns: int):  # type: ignore[no-untyped-def]  # the library's own class  # noqa: ANN202
        table = self.document.add_table(rows, columns, border_fill_id_ref=self.border)
        table.set_treat_as_char(False)  # so that it breaks over pages
        return table

    def _label(self, table, row: int, column: int, field: Field) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        lines = [field.label, field.note] if field.note else [field.label]
        self._write(table, row, column, "\n".join(lines), bold=True)
        table.set_cell_border_fill(row, column, self.shaded)
        for note in table.cell(row, column).paragraphs[1:]:
            self._restyle(note, NOTE)

    def _write(self, table, row: int, column: int, text: str, *, bold: bool = False) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        cell = table.cell(row, column)
        cell.set_text(text, split_paragraphs=True)
        for paragraph in cell.paragraphs:
            self._restyle(paragraph, BODY, bold=bold)

    def _restyle(self, paragraph, size: int, *, bold: bool = False) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        for run in paragraph.runs:
            run.char_pr_id_ref = self._look(size, bold=bold)

    def _look(self, size: int, *, bold: bool = False) -> str:
        return str(self.document.styles.ensure_run(size=size, bold=bold))

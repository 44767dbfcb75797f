"""A table as an XLSX file: headings that stay in sight, widths, and cells that can be no formula."""

from dataclasses import dataclass
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # how a cell begins that a spreadsheet may run
SHADE = PatternFill("solid", start_color="FFEEF2F7")
THIN = Side(style="thin", color="FF8A94A6")
LINES = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
HEAD_ROW = 3  # title, a line about the sheet, then the headings


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its heading and its width in characters."""

    heading: str
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table with its title and one line about it; rows of texts and whole numbers."""

    title: str
    about: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str | int, ...], ...]


def write_sheet(sheet: Sheet, into: IO[bytes]) -> None:
    """Write the table as XLSX, row by row; printing repeats the headings on every page."""
    book = Workbook(write_only=True)
    page = book.create_sheet("Sheet1")
    for place, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(place)].width = column.width
    page.freeze_panes = f"A{HEAD_ROW + 1}"
    page.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    last = f"{get_column_letter(len(sheet.columns))}{HEAD_ROW + len(sheet.rows)}"
    page.auto_filter.ref = f"A{HEAD_ROW}:{last}"
    page.append([_cell(page, sheet.title, Font(bold=True, size=14))])
    page.append([_cell(page, sheet.about, Font(size=9))])
    page.append([_heading(page, column.heading) for column in sheet.columns])
    for row in sheet.rows:
        page.append([_boxed(page, value) for value in row])
    book.save(into)


def _cell(page: object, value: str | int, font: Font | None = None) -> WriteOnlyCell:
    """A cell that is a number, or a text that stays one: marked as quoted when it looks like a formula."""
    text = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
    cell = WriteOnlyCell(page, text)
    if isinstance(text, str):
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(FORMULA)
    if font:
        cell.font = font
    return cell


def _heading(page: object, text: str) -> WriteOnlyCell:
    cell = _cell(page, text, Font(bold=True))
    cell.fill, cell.border = SHADE, LINES
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    return cell


def _boxed(page: object, value: str | int) -> WriteOnlyCell:
    cell = _cell(page, value)
    cell.border = LINES
    cell.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str))
    return cell

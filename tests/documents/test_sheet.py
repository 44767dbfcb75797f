"""A table as XLSX: headings in sight, and no cell a spreadsheet would run."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from naru.documents.sheet import Column, Sheet, write_sheet


def written(*rows):
    into = BytesIO()
    columns = (Column(heading="이름", width=12), Column(heading="수", width=6))
    write_sheet(Sheet(title="가상 표", about="시험", columns=columns, rows=rows), into)
    return load_workbook(BytesIO(into.getvalue())).active


def test_the_sheet_has_title_headings_widths_and_rows():
    page = written(("가상 기업", 3), ("나", 4))
    assert [[cell.value for cell in row] for row in page.iter_rows()] == [
        ["가상 표", None],
        ["시험", None],
        ["이름", "수"],
        ["가상 기업", 3],
        ["나", 4],
    ]
    assert (page.freeze_panes, page.auto_filter.ref) == ("A4", "A3:B5")
    assert [page.column_dimensions[one].width for one in "AB"] == [12, 6]
    assert page.print_title_rows == "$3:$3"


@pytest.mark.parametrize("text", ["=1+1", "+82-10", "-5", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")'])
def test_a_text_that_looks_like_a_formula_stays_a_text(text):
    cell = written((text, 1))["A4"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_a_text_is_not_quoted_without_need():
    cell = written(("가상", 1))["A4"]
    assert (cell.data_type, cell.quotePrefix) == ("s", False)


def test_characters_that_no_sheet_may_hold_are_left_out():
    assert written(("가\x00나\x0b", 1))["A4"].value == "가나"

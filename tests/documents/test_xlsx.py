"""XLSX: macros under any name, embedded objects, links to other files, numbers in every kind of part."""

import pytest
from inspecting import codes, facts, inspected
from made_files import parts, repacked, xlsx
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName

XLSX = xlsx()
PERSON = "900101-1234568"
RELATIONS = "xl/_rels/workbook.xml.rels"
TYPES = "[Content_Types].xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def related(role, target="x.bin", mode=""):
    """The XLSX whose workbook has one more relation."""
    more = f'<Relationship Id="rId99" Type="{OFFICE}/{role}" Target="{target}" {mode}/></Relationships>'
    rels = parts(XLSX)[RELATIONS].replace(b"</Relationships>", more.encode())
    return repacked(XLSX, {RELATIONS: rels})


def declared(content_type):
    types = parts(XLSX)[TYPES].replace(
        b"</Types>", f'<Override PartName="/xl/x.bin" ContentType="{content_type}"/></Types>'.encode()
    )
    return repacked(XLSX, {TYPES: types, "xl/x.bin": b"anything"})


@pytest.mark.parametrize(
    "content",
    [
        repacked(XLSX, {"xl/vbaProject.bin": b"x"}),
        repacked(XLSX, {"xl/VBAPROJECT.BIN": b"x"}),
        repacked(XLSX, {"custom/vbaProject.bin": b"x"}),
        repacked(XLSX, {"xl/macrosheets/sheet1.xml": b"<x/>"}),
        repacked(XLSX, {"xl/activeX/activeX1.xml": b"<x/>"}),
        declared("application/vnd.ms-office.vbaProject"),
        declared("application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
        related("vbaProject"),
        related("xlMacrosheet"),
    ],
    ids=[
        "path",
        "case",
        "folder",
        "macro sheet",
        "control",
        "type",
        "workbook type",
        "relation",
        "old relation",
    ],
)
def test_macros_are_found_by_path_type_and_relation(content):
    assert codes(content, "xlsx") == ["file_macro"]


@pytest.mark.parametrize(
    "content",
    [
        repacked(XLSX, {"xl/embeddings/oleObject1.bin": b"x"}),
        repacked(XLSX, {"xl/media/image1.png": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)}),
        repacked(XLSX, {"xl/media/image1.png": b"MZ" + bytes(600)}),
        declared("application/vnd.openxmlformats-officedocument.oleObject"),
        related("oleObject"),
        related("package"),
    ],
    ids=["folder", "ole", "program", "type", "relation", "package"],
)
def test_an_embedded_object_is_refused(content):
    assert codes(content, "xlsx") == ["file_embedded"]


@pytest.mark.parametrize(
    "content",
    [
        repacked(XLSX, {"xl/externalLinks/externalLink1.xml": b"<x/>"}),
        repacked(XLSX, {"xl/connections.xml": b"<x/>"}),
        related("externalLinkPath", "file:///c:/salaries.xlsx", 'TargetMode="External"'),
        related("attachedTemplate", "https://example.test/t.xltm", 'TargetMode="External"'),
        related("image", "https://example.test/pixel.png", 'TargetMode="External"'),
        related("externalLink", "externalLinks/externalLink1.xml"),
    ],
    ids=["part", "connection", "path", "template", "picture", "relation"],
)
def test_values_from_elsewhere_are_refused(content):
    assert codes(content, "xlsx") == ["file_external_link"]


def hyperlink(book):
    book.active["A2"].hyperlink = "https://example.test/"


def styled(book):
    book.active.append([1, 2.5, True, "=A1", None])
    book.create_sheet("둘째")
    book.active.freeze_panes = "A2"
    book.active.merge_cells("A5:B6")


@pytest.mark.parametrize("change", [None, hyperlink, styled])
def test_what_honest_sheets_have_is_not_refused(change):
    assert codes(xlsx(change), "xlsx") == []


def in_cell(book):
    book.active["C3"] = f"대표자 {PERSON}"


def rich(book):
    bold = InlineFont(b=True)
    book.active["A2"] = CellRichText("9001", TextBlock(bold, "01-12"), "34568")


def in_comment(book):
    book.active["A1"].comment = Comment(PERSON, "가상")


def in_header(book):
    book.active.oddHeader.center.text = PERSON


def in_title(book):
    book.properties.title = PERSON


def in_name(book):
    book.defined_names["person"] = DefinedName("person", attr_text=f'"{PERSON}"')


def in_formula(book):
    book.active["A2"] = f'="{PERSON}"'


def as_number(book):
    book.active["A2"] = int(PERSON.replace("-", ""))


def beside(book):
    book.active.append(["900101", "1234568"])


def hidden_sheet(book):
    sheet = book.create_sheet("숨김")
    sheet["A1"] = PERSON
    sheet.sheet_state = "veryHidden"


@pytest.mark.parametrize(
    "change",
    [in_cell, rich, in_comment, in_header, in_title, in_name, in_formula, as_number, beside, hidden_sheet],
)
def test_a_resident_number_is_found_in_every_part(change):
    found = facts(xlsx(change), "xlsx")
    assert list(found) == ["file_resident_number"]
    assert found["file_resident_number"]["count"] == 1


def test_figures_are_no_numbers_of_persons():
    def change(book):
        for number in range(200):
            book.active.append([number, number * 1_000_003, f"2025-03-{number % 28 + 1:02}", "02-1234-5678"])

    assert codes(xlsx(change), "xlsx") == []


def test_a_date_beside_its_label_is_suggested():
    def change(book):
        book.active["A2"] = "유효기간: 2024.04.01 ~ 2027.03.31"

    assert inspected(xlsx(change), "xlsx")["dates"] == [
        ("valid_from", "2024-04-01", "유효기간: 2024.04.01 ~ 2027.03.31"),
        ("valid_until", "2027-03-31", "유효기간: 2024.04.01 ~ 2027.03.31"),
    ]

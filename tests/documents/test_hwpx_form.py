"""A printed form: written as HWPX, read back as cells, answers found by their labels wherever they stand."""

from io import BytesIO

import pytest
from hwpx import HwpxDocument
from hwpx.tools.package_validator import validate_package

from naru.documents.form_cells import MAX_CELLS, TooMuchError, read_cells
from naru.documents.form_labels import FilledForm, Wanted, key_of, place, ticked
from naru.documents.hwpx_form import Field, Grid, Part, PrintedForm, write_form

FORM = PrintedForm(
    title="가상 신청서",
    lead=("칸을 채웁니다.",),
    parts=(
        Part(
            heading="1. 과제",
            fields=(
                Field(label="과제명", value="불량 검출"),
                Field(label="신청 상품", value="☑ 작은 것   ☐ 큰 것", note="하나만"),
                Field(label="필요성", value="첫 줄\n\n셋째 줄 <&>", note="왜 필요한가요?", tall=True),
            ),
        ),
        Part(
            heading="2. 지표",
            note="숫자로 적습니다.",
            grid=Grid(headings=("지표", "목표 값"), rows=(("속도", "42.5"), ("", ""))),
        ),
    ),
)
WANTED = Wanted(
    labels=frozenset({"과제명", "신청 상품", "필요성"}),
    grids={"kpis": ("지표", "목표 값")},
    own=FORM.texts(),
)
ANSWERS = {"과제명": "불량 검출", "신청 상품": "☑ 작은 것   ☐ 큰 것", "필요성": "첫 줄\n\n셋째 줄 <&>"}


def placed(content):
    return place(FilledForm.of(read_cells(BytesIO(content))), WANTED)


def edited(change, form=FORM):
    """The form after `change(document)`, as an office program would save it."""
    document = HwpxDocument.open(BytesIO(write_form(form)))
    change(document)
    stream = BytesIO()
    document.save_to_stream(stream)
    return stream.getvalue()


def test_the_file_is_whole_by_the_librarys_own_checks(tmp_path):
    file = tmp_path / "form.hwpx"
    file.write_bytes(write_form(FORM))
    assert [one for one in validate_package(str(file)).issues if one.level != "warning"] == []
    with HwpxDocument.open(str(file)) as document:
        assert document.validate().issues == ()
        assert document.text.plain().count("가상 신청서") == 1


def test_what_is_written_is_found_again():
    found = placed(write_form(FORM))
    assert dict(found.values) == ANSWERS
    assert found.rows == {"kpis": ({"지표": "속도", "목표 값": "42.5"},)}
    assert found.unplaced == ()


def test_an_extra_row_is_one_more_answer():
    def add(document):
        table = document.tables.all[1]
        table.insert_rows(2, 2, side="below", blank=True)
        table.cell(3, 0).set_text("정확도")
        table.cell(3, 1).set_text("95")

    rows = placed(edited(add)).rows["kpis"]
    assert rows == ({"지표": "속도", "목표 값": "42.5"}, {"지표": "정확도", "목표 값": "95"})


def test_labels_may_be_respaced_numbered_and_broken_over_lines():
    def respace(document):
        table = document.tables.all[0]
        table.cell(0, 0).set_text("1. 과 제\n명 :", split_paragraphs=True)

    assert dict(placed(edited(respace)).values) == ANSWERS


def test_answers_follow_their_labels_when_parts_change_places():
    moved = PrintedForm(title=FORM.title, lead=FORM.lead, parts=FORM.parts[::-1])
    assert dict(placed(write_form(moved)).values) == ANSWERS
    swapped = Part(heading="1. 과제", fields=FORM.parts[0].fields[::-1])
    moved = PrintedForm(title=FORM.title, lead=FORM.lead, parts=(swapped,))
    assert dict(placed(write_form(moved)).values) == ANSWERS


def test_an_answer_below_its_label_and_columns_in_another_order_are_found():
    document = HwpxDocument.new()
    table = document.add_table(2, 2)
    for column, texts in enumerate((("과제명", "아래의 답"), ("필요성", "이 답"))):
        for row, text in enumerate(texts):
            table.cell(row, column).set_text(text)
    table = document.add_table(2, 2)
    for row, texts in enumerate((("목표 값", "지표"), ("7", "건수"))):
        for column, text in enumerate(texts):
            table.cell(row, column).set_text(text)
    stream = BytesIO()
    document.save_to_stream(stream)
    found = placed(stream.getvalue())
    assert dict(found.values) == {"과제명": "아래의 답", "필요성": "이 답"}
    assert found.rows == {"kpis": ({"지표": "건수", "목표 값": "7"},)}


def test_an_answer_may_stand_behind_a_colon_outside_any_table():
    document = HwpxDocument.new()
    document.add_paragraph("과제명: 표 밖의 답")
    stream = BytesIO()
    document.save_to_stream(stream)
    assert dict(placed(stream.getvalue()).values) == {"과제명": "표 밖의 답"}


def test_a_label_that_is_not_there_is_no_empty_answer():
    def rename(document):
        document.tables.all[0].cell(0, 0).set_text("사업명")

    found = placed(edited(rename))
    assert "과제명" not in found.values
    assert found.unplaced == ("사업명", "불량 검출")


def test_nothing_is_dropped():
    def add(document):
        document.add_paragraph("붙이는 말: 잘 부탁합니다")
        document.tables.all[0].insert_rows(0, 1, side="above", blank=True)
        document.tables.all[0].cell(0, 1).set_text("여백의 글")

    found = placed(edited(add))
    assert dict(found.values) == ANSWERS
    assert found.unplaced == ("여백의 글", "붙이는 말: 잘 부탁합니다")


def test_a_merged_label_row_keeps_its_answer():
    def merge(document):
        table = document.tables.all[0]
        table.insert_rows(0, 1, side="below", blank=True)
        table.merge_cells("A1:A2")

    assert placed(edited(merge)).values["과제명"] == "불량 검출"


def test_a_table_inside_a_cell_is_read_too():
    def nest(document):
        inner = document.tables.all[0].cell(0, 1).add_table(1, 2)
        inner.cell(0, 0).set_text("덧붙임")
        inner.cell(0, 1).set_text("안쪽 글")

    assert "안쪽 글" in placed(edited(nest)).unplaced


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("☑ 예   ☐ 아니오", ["예"]),
        ("■ 예 □ 아니오", ["예"]),
        ("[ ] 예 [v] 아니오", ["아니오"]),
        ("☐ 예 ☐ 아니오", []),
        ("☑ 예\n☑ 아니오", ["예", "아니오"]),
        ("예", None),
    ],
)
def test_boxes_are_read_however_they_are_ticked(text, expected):
    assert ticked(text) == expected


@pytest.mark.parametrize(
    "text", ["과제명", " 과 제 명 ", "3. 과제명:", "과제명*", "가) 과제명", "과제\n명", "\u1100\u116a제명"]
)
def test_a_label_is_its_letters(text):
    assert key_of(text) == "과제명"


def test_a_form_of_too_many_cells_is_not_read():
    document = HwpxDocument.new()
    document.add_table(MAX_CELLS // 20 + 1, 20)
    stream = BytesIO()
    document.save_to_stream(stream)
    with pytest.raises(TooMuchError):
        read_cells(BytesIO(stream.getvalue()))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no archive", b"%PDF-1.4"])
def test_a_file_that_is_no_hwpx_is_an_error_and_nothing_else(content):
    with pytest.raises(Exception, match=r".+"):
        read_cells(BytesIO(content))

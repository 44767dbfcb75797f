"""Applications and capacities as files: every broken row named, nothing half-read."""

import json
from fractions import Fraction

import pytest
from programme import amended, call_2025

from naru.codec.applications import read_applications, read_capacities, read_seed
from naru.codec.rows import RowsFileError
from naru.domain.scoring import score

CALL = call_2025()
POINTS = {"purpose": 20, "field": 4, "contents": 40, "need": 8, "other": 3}
CONTENTS = "reviews[0].points.contents"
ROW = {
    "id": "A-1",
    "unit": "company:1",
    "sector": "private",
    "product": "npu-60",
    "reviews": [{"reviewer": f"r{n}", "points": POINTS} for n in range(3)],
    "bonus": {"claimed": ["youth"], "evidenced": []},
    "vendors": ["v"],
    "clouds": ["x", "y"],
}


def write(tmp_path, *rows):
    path = tmp_path / "rows.jsonl"
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def faults(path, read=read_applications):
    with pytest.raises(RowsFileError) as wrong:
        read(path, CALL)
    return [line.removeprefix(f"{path}: ") for line in str(wrong.value).splitlines()]


def test_a_row_becomes_an_application(tmp_path):
    [entry] = read_applications(write(tmp_path, ROW, ""), CALL)
    assert (entry.id, entry.unit, entry.vendors, entry.clouds) == ("A-1", "company:1", ("v",), ("x", "y"))
    assert (entry.claimed, entry.evidenced) == (("youth",), ())
    assert score(entry.sheets, scoring=CALL.scoring, criteria=CALL.criteria).mean == Fraction(75)


def test_true_means_the_only_bonus_of_the_call(tmp_path):
    path = write(tmp_path, {**ROW, "bonus": {"claimed": True, "evidenced": False}})
    [entry] = read_applications(path, CALL)
    assert (entry.claimed, entry.evidenced) == (("youth",), ())
    path = write(tmp_path, {**ROW, "bonus": {"claimed": True, "evidenced": False}})
    with pytest.raises(RowsFileError, match=r"bonus\.claimed: true is for a call with one bonus"):
        read_applications(path, amended(bonuses=()))


@pytest.mark.parametrize(
    ("change", "column", "words"),
    [
        ({"extra": 1}, "extra", "is not a known key"),
        ({"id": ""}, "id", "is empty"),
        ({"id": 7}, "id", "needs text"),
        ({"product": "npu-1"}, "product", '"npu-1" is none of npu-60'),
        ({"sector": "pub"}, "sector", '"pub" is none of private, public'),
        ({"reviews": "many"}, "reviews", "needs a list"),
        ({"reviews": [{"reviewer": "r", "points": {**POINTS, "contents": 51}}]}, CONTENTS,
         "contents must be 0..50"),
        ({"reviews": [{"reviewer": "r", "points": {**POINTS, "contents": 1.5}}]}, CONTENTS,
         "needs a whole number"),
        ({"reviews": [{"reviewer": "r", "points": {**POINTS, "contents": True}}]}, CONTENTS,
         "needs a whole number"),
        ({"reviews": [{"reviewer": "r", "points": {**POINTS, "charm": 1}}]}, "reviews[0].points.charm",
         "charm is not a criterion"),
        ({"reviews": [ROW["reviews"][0], ROW["reviews"][0]]}, "reviews", '"r0" stands twice'),
        ({"bonus": {"claimed": ["charm"]}}, "bonus.claimed", '"charm" is none of youth'),
        ({"clouds": ["x", "x"]}, "clouds", '"x" stands twice'),
        ({"submitted_at": "2025-03-01T09:00:00"}, "submitted_at", "needs an instant with its offset"),
    ],
)  # fmt: skip
def test_a_broken_row_names_row_and_column(tmp_path, change, column, words):
    lines = faults(write(tmp_path, {**ROW, "id": "A-0"}, {**ROW, **change}))
    assert lines[0].startswith(f"row 2, column {column}: ")
    assert words in lines[0]


@pytest.mark.parametrize(
    ("line", "where", "words"),
    [
        ('{"id": }', "row 1, column 8: ", "is not JSON"),
        ('{"id": "a", "id": "b"}', "row 1, column id: ", "stands twice"),
        ("[1]", "row 1, column 1: ", "table of keys"),
        ("[" * 100_000, "row 1, column 1: ", "nested too deeply"),
        ("{}", "row 1, column id: ", "is missing; add it"),
    ],
)
def test_a_line_that_is_no_application(tmp_path, line, where, words):
    first = faults(write(tmp_path, line))[0]
    assert first.startswith(where)
    assert words in first


def test_all_broken_rows_are_named_at_once(tmp_path):
    lines = faults(write(tmp_path, {**ROW, "product": "x"}, "{", ROW, ROW))
    assert [line.partition(":")[0] for line in lines] == [
        "row 1, column product",
        "row 2, column 2",
        "row 3, column id",
        "row 4, column id",
    ]


def test_a_file_that_is_not_utf_8(tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_bytes('{"id": "가"}'.encode("cp949"))
    assert faults(path) == ["row 1, column 9: is not UTF-8 text; save the file as UTF-8"]


def test_capacities(tmp_path):
    row = {"product": "npu-60", "vendor": "v", "cloud": "x", "capacity": 3}
    [group] = read_capacities(write(tmp_path, row), CALL)
    assert (group.product, group.vendor, group.cloud, group.capacity) == ("npu-60", "v", "x", 3)
    lines = faults(
        write(tmp_path, row, row, {**row, "capacity": -1}, {**row, "product": "npu-1"}), read_capacities
    )
    assert lines[0].startswith("row 2, column cloud: this product, vendor and cloud stand in an earlier row")
    assert lines[1] == "row 3, column capacity: must not be negative"
    assert lines[2].startswith('row 4, column product: "npu-1" is none of')


def test_the_seed(tmp_path):
    path = tmp_path / "seed"
    path.write_text("2025-seed\n", encoding="utf-8")
    assert read_seed(path) == "2025-seed"
    for wrong in (b"", b"one\ntwo", b"\xff\xfe"):
        path.write_bytes(wrong)
        with pytest.raises(RowsFileError, match="seed"):
            read_seed(path)

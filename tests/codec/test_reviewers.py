"""The reviewers' list: read whole, or every fault named with its line and column."""

import pytest

from naru.codec.reviewers import MOST_ROWS, ReviewerRow, ReviewersFileError, parse_reviewers

FIELDS = ("vision", "language")
HEAD = "이메일,소속,사업자등록번호,전문분야,참여,최대건수\n"


def problems(text):
    content = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(ReviewersFileError) as caught:
        parse_reviewers(content, FIELDS)
    return [(one.line, one.column, one.reason.en) for one in caught.value.problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_a_list_is_read_however_a_korean_spreadsheet_saves_it(encoding):
    text = HEAD + "Kim@a.test,가상 대학교,100-00-00009,vision; language,아니오,12\n\nlee@b.test,,,,,\n"
    assert parse_reviewers(text.encode(encoding), FIELDS) == (
        ReviewerRow(
            email="kim@a.test",
            affiliation="가상 대학교",
            business_number="1000000009",
            expertise=("vision", "language"),
            available=False,
            ceiling=12,
        ),
        ReviewerRow(email="lee@b.test"),
    )


def test_columns_may_be_english_fewer_and_in_any_order():
    found = parse_reviewers(b"ceiling,email\n3,kim@a.test\n", FIELDS)
    assert found == (ReviewerRow(email="kim@a.test", ceiling=3),)


def test_every_fault_is_named_with_its_line():
    text = (
        HEAD + "kim@a.test,,123,vision;sound,maybe,0\nkim@a.test,,,,,\nnobody,,,,,\na@b.test,,,,,,,too much\n"
    )
    assert problems(text) == [
        (2, "사업자등록번호", "is no valid number"),
        (2, "전문분야", "use vision, language"),
        (2, "참여", "write yes or no"),
        (2, "최대건수", "1 to 1000"),
        (3, "이메일", "stands twice"),
        (4, "이메일", "is no mail address"),
        (5, "", "more cells than columns"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [(1, "이메일", "the column is missing")]),
        (HEAD, [(0, "", "holds no reviewer")]),
        ("email,shoe size\n", [(1, "shoe size", "is no column of the list")]),
        (b"\xff\xff\xff", [(0, "", "save it as CSV (UTF-8)")]),
        (b"x" * 65537, [(0, "", "at most 64 KB")]),
        (
            "email\n" + "".join(f"a{n}@b.test\n" for n in range(MOST_ROWS + 1)),
            [(0, "", "at most 500 reviewers")],
        ),
    ],
)
def test_what_is_no_list_is_refused(text, expected):
    assert problems(text) == expected

"""Dates of a certificate are suggested beside their label, with the words they were read from."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from naru.documents.dates import dates_in


def read(text):
    return {name: value.isoformat() for name, value, _ in dates_in(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("발급일자 : 2025년 3월 2일", {"issued_on": "2025-03-02"}),
        ("발 급 일 : 2025. 3. 2.", {"issued_on": "2025-03-02"}),
        ("발급일\n2025-03-02", {"issued_on": "2025-03-02"}),
        ("발급연월일 ２０２５년 ３월 ２일", {"issued_on": "2025-03-02"}),
        ("Date of issue: March 2, 2025", {"issued_on": "2025-03-02"}),
        (
            "유효기간 : 2024년 04월 01일 ~ 2025년 03월 31일",
            {"valid_from": "2024-04-01", "valid_until": "2025-03-31"},
        ),
        (
            "유효기간: 2024.04.01부터 2025.03.31까지",
            {"valid_from": "2024-04-01", "valid_until": "2025-03-31"},
        ),
        ("Valid from 2024-04-01 to 2025-03-31", {"valid_from": "2024-04-01", "valid_until": "2025-03-31"}),
        ("만료일 2025/03/31", {"valid_until": "2025-03-31"}),
        ("Valid until: Mar 31, 2025", {"valid_until": "2025-03-31"}),
        ("직전사업연도 2024.01.01 ~ 2024.12.31", {"fiscal_year_end": "2024-12-31"}),
        ("사업연도 말일: 2024-12-31", {"fiscal_year_end": "2024-12-31"}),
        (
            "중소기업확인서\n유효기간: 2024-04-01 ~ 2025-03-31\n발급일: 2024-04-02",
            {"valid_from": "2024-04-01", "valid_until": "2025-03-31", "issued_on": "2024-04-02"},
        ),
    ],
)
def test_a_labelled_date_is_read(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2025년 3월 2일",
        "설립일 2019-05-01",
        "발급일 2025년 2월 30일",
        "발급일 0000-00-00",
        "발급번호 2025-03-0212345",
        "발급일은 신청서 뒤에 적혀 있고 담당자가 확인한 날은 2025-03-02",
        "May 5, 2025",
    ],
)
def test_a_date_without_its_label_is_not(text):
    assert dates_in(text) == []


def test_two_answers_to_one_question_suggest_nothing():
    assert read("발급일 2025-03-02 발급일 2025-03-03 만료일 2026-01-01") == {"valid_until": "2026-01-01"}
    assert read("발급일 2025-03-02 ... 발급일: 2025년 3월 2일") == {"issued_on": "2025-03-02"}


def test_the_words_are_kept():
    assert dates_in("가상\n발급일 :\n 2025. 3. 2. 끝") == [
        ("issued_on", date(2025, 3, 2), "발급일 : 2025. 3. 2.")
    ]


@settings(max_examples=100, deadline=None)
@given(
    st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    st.sampled_from(["{:%Y-%m-%d}", "{:%Y.%m.%d}", "{:%Y년 %m월 %d일}"]),
)
def test_every_day_is_read_in_each_spelling(day, spelling):
    assert read(f"발급일자: {spelling.format(day)}") == {"issued_on": day.isoformat()}


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_without_an_error(text):
    assert all(1 <= value.year <= 9999 for _, value, _ in dates_in(text))


def test_long_text_is_read_in_bearable_time():
    assert dates_in("유효기간 " * 50_000) == []
    assert dates_in("발급일 " + " " * 300_000 + "2025-03-02") == []

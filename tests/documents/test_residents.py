"""Resident registration numbers are found; corporate, business and telephone numbers are not."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from naru.documents.residents import corporate_check, resident_check, resident_numbers

TODAY = date(2025, 3, 17)


def count(text, today=TODAY):
    return len(resident_numbers(text, today=today))


def resident(first_twelve):
    """The number with its check digit, as given until October 2020."""
    return next(first_twelve + str(digit) for digit in range(10) if resident_check(first_twelve + str(digit)))


def corporate(first_twelve):
    return next(
        first_twelve + str(digit) for digit in range(10) if corporate_check(first_twelve + str(digit))
    )


def hyphened(digits):
    return f"{digits[:6]}-{digits[6:]}"


OLD = resident("900101123456")
SEOUL = corporate(
    "110111123456"
)  # a company of Seoul: its first six digits are also 11 January 2011 (or 1911)
BUSAN = corporate("180111234567")  # 18 is Busan's register: also 11 January 1918 or 2018


def test_the_check_digits_are_those_of_the_printed_rules():
    """Worked by hand: 9x2+0+0+1x5+0+1x7+1x8+2x9+3x2+4x3+5x4+6x5 = 124; 11 - 124 mod 11 = 8."""
    assert OLD == "9001011234568"
    # a corporation's: 1x1+3x2+0+1x2+1x1+1x2+0+0+0+6x2+2x1+4x2 = 34; 10 - 4 = 6
    assert corporate("130111000624") == "1301110006246"
    assert (resident_check("9001011234567"), corporate_check("1301110006245")) == (False, False)


@pytest.mark.parametrize(
    "text",
    [
        "900101-1234568",
        "900101 - 1234568",
        "900101–1234568",
        "900101\u22121234568",
        "900101\uff0d1234568",
        "９００１０１-１２３４５６８",
        "9\u200b00101-12345\u200b68",
        "900101-\n1234568",
        "900101.1234568",
        "9001011234568",
        "900101 1234568",
        "주민등록번호 900101-1234567",
        "주 민 등 록 번 호 : 9001011234567",
        "(900101-1234568)",
        "대표자 홍길동900101-1234568서울",
        "900101-1234567",
        "201005-3123456",
        "850505-5234567",
        "외국인등록번호: 050505-7234567",
    ],
)
def test_numbers_of_persons_are_found_in_every_spelling(text):
    assert count(text) == 1


@pytest.mark.parametrize(
    "text",
    [
        "900101-1******",
        "900101-*******",
        "900101-1234***",
        "900101-1",
        "901301-1234567",
        "900230-1234567",
        "990101-3234567",
        "900101-9234567",
        "900101-0234567",
        "123-45-67890",
        "02-1234-5678 010-1234-5678",
        "계좌 110-234-567890",
        "9001011234567",
        "8801234567893",
        "1900101-1234568",
        "900101-12345689",
        "900101-1234568-01",
        "10-2025-0900101-1234568",
        "20250317-1234567",
        "문서번호 900101 담당 1234567",
        f"법인등록번호 {hyphened(SEOUL)}",
        f"법인등록번호: {hyphened(BUSAN)}",
        "법 인 등 록 번 호 110111-3234567",
        "법인등록번호 : 900101-1234568",
        "Corporate registration number 110111-3456789",
        hyphened(SEOUL),
        SEOUL,
    ],
)
def test_what_is_no_number_of_a_person_passes(text):
    assert count(text) == 0


def test_the_nearest_label_counts():
    both = "법인등록번호 110111-3234567 주민등록번호 900101-1234568"
    assert resident_numbers(both, today=TODAY) == {"9001011234568"}
    assert count(f"주민등록번호 대신 법인등록번호 {hyphened(SEOUL)}") == 0
    assert count("법인등록번호 대신 주민등록번호 900101-1234567") == 1


def test_a_number_repeated_is_one_number():
    assert count("900101-1234568, 9001011234568 / 900101 - 1234568") == 1


def test_a_number_given_after_the_rule_changed_needs_no_check_digit():
    """Since October 2020 the last digits are random, so a failing check digit clears nobody."""
    for last in range(10):
        assert count(f"201105-4{123450 + last}") == (0 if corporate_check(f"2011054{123450 + last}") else 1)


def test_a_birthday_to_come_is_none():
    assert (count("250317-3234561"), count("250318-3234561")) == (1, 0)
    assert (count("150318-1234561"), count("140101-1234561")) == (1, 0)  # 110 years, and more


@settings(max_examples=200, deadline=None)
@given(
    born=st.dates(date(1930, 1, 1), TODAY),
    rest=st.integers(0, 99999),
    woman=st.booleans(),
    foreign=st.booleans(),
    dash=st.sampled_from(["-", " - ", "–", "", " "]),
)
def test_every_number_with_its_check_digit_is_found(born, rest, woman, foreign, dash):
    seventh = 1 + woman + 2 * (born.year >= 2000) + 4 * foreign
    digits = resident(f"{born:%y%m%d}{seventh}{rest:05}")
    found = resident_numbers(f"성명 가상 {digits[:6]}{dash}{digits[6:]} 끝", today=TODAY)
    ambiguous = not dash.strip() and corporate_check(digits)
    assert found == (set() if ambiguous else {digits})


@settings(max_examples=200, deadline=None)
@given(
    office=st.sampled_from(["1101", "1301", "1601", "1801", "2001", "2101"]),
    form=st.sampled_from(["11", "14", "21", "31"]),
    serial=st.integers(0, 999_999),
)
def test_a_corporate_number_beside_its_label_is_never_a_person(office, form, serial):
    digits = corporate(f"{office}{form}{serial:06}")
    assert count(f"법인등록번호: {hyphened(digits)}") == 0


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_searched_without_an_error(text):
    assert all(len(digits) == 13 and digits.isdecimal() for digits in resident_numbers(text, today=TODAY))


def test_long_text_is_searched_in_bearable_time():
    assert count("1" * 1_000_000) == 0
    assert count("900101-" * 100_000) == 0
    assert count("900101" + " " * 1_000_000) == 0


def test_every_day_of_a_year_is_a_birthday():
    days = [date(1990, 1, 1) + timedelta(days=number) for number in range(365)]
    assert sum(count(f"주민등록번호 {day:%y%m%d}-1234567") for day in days) == 365

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation

from naru.domain.terms import Text
from naru.portal.ui import wording

CLOSE = datetime(2025, 3, 17, 6, 0, tzinfo=UTC)  # 15:00 in Seoul


@pytest.fixture(params=["ko", "en"])
def language(request):
    with translation.override(request.param):
        yield request.param


def test_an_instant_is_told_in_seoul_with_its_weekday(language):
    expected = {"ko": "2025년 3월 17일(월) 15:00", "en": "Mon 17 March 2025, 15:00 KST"}
    assert wording.moment(CLOSE) == expected[language]


def test_a_late_evening_in_utc_is_the_next_day_in_seoul():
    with translation.override("ko"):
        assert wording.day(datetime(2025, 3, 17, 15, 0, tzinfo=UTC)) == "2025년 3월 18일(화)"
        assert wording.day(date(2025, 3, 17)) == "2025년 3월 17일(월)"


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="no zone"):
        wording.moment(datetime(2025, 3, 17, 6, 0))  # noqa: DTZ001 - the mistake under test


@pytest.mark.parametrize(
    ("left", "korean", "english"),
    [
        (timedelta(days=2, hours=4, minutes=59), "2일 4시간 남음", "2 days 4 hours left"),
        (timedelta(days=1), "1일 남음", "1 day left"),
        (timedelta(hours=1, minutes=10), "1시간 10분 남음", "1 hour 10 minutes left"),
        (timedelta(minutes=12, seconds=59), "12분 남음", "12 minutes left"),
        (timedelta(seconds=1), "1분 미만 남음", "less than a minute left"),
        (timedelta(0), "1분 미만 지남", "less than a minute ago"),
        (timedelta(days=-3, hours=-1), "3일 1시간 지남", "3 days 1 hour ago"),
    ],
)
def test_what_is_left_is_told_in_two_units(left, korean, english):
    with translation.override("ko"):
        assert wording.remaining(CLOSE, CLOSE - left) == korean
    with translation.override("en"):
        assert wording.remaining(CLOSE, CLOSE - left) == english


def test_a_deadline_names_the_year_only_when_it_is_another():
    now = CLOSE - timedelta(days=2, hours=4)
    with translation.override("ko"):
        assert wording.deadline(CLOSE, now) == "3월 17일(월) 15:00, 2일 4시간 남음"
        assert wording.deadline(CLOSE, now - timedelta(days=365)).startswith("2025년 3월 17일(월) 15:00, ")
    with translation.override("en"):
        assert wording.deadline(CLOSE, now) == "Mon 17 March, 15:00 KST; 2 days 4 hours left"


def test_numbers_never_lose_their_unit(language):
    assert wording.units(41300, "TOPS") == "41,300\N{NO-BREAK SPACE}TOPS"
    assert wording.units(420, "건") == "420건"
    assert wording.won(1_250_000_000) == {"ko": "1,250,000,000원", "en": "KRW 1,250,000,000"}[language]
    assert wording.units(None, "건") == wording.won(None) == wording.grouped(None) == wording.DASH


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(17653, 200), "88.27"),  # 88.265 exactly: half up, which a float would miss
        (Fraction(1, 3), "0.33"),
        (Decimal("91.375"), "91.38"),
        (90, "90.00"),
    ],
)
def test_scores_are_rounded_half_up_once(value, shown):
    assert str(wording.hundredths(value)) == shown


def test_a_text_of_two_languages_follows_the_page(language):
    pair = {"ko": "선정", "en": "selected"}
    assert wording.localised(pair) == pair[language]
    assert wording.localised(Text(ko="선정", en="selected")) == pair[language]
    assert wording.localised("말 그대로") == "말 그대로"
    assert wording.localised(None) == ""


def test_a_bar_never_runs_out_of_its_track():
    assert [wording.percent(part, 20) for part in (-1, 0, 9, 20, 25)] == [0, 0, 45, 100, 100]
    assert wording.percent(3, 0) == 0


@pytest.mark.parametrize(("size", "shown"), [(812, "812 B"), (17_400, "17 KB"), (3_412_000, "3.4 MB")])
def test_file_sizes(size, shown):
    assert wording.file_size(size) == shown

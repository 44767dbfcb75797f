"""C-02: one authoritative closing instant; the printed schedule is compared and never obeyed."""

import pytest
from callfile import CALL, changed, problems

from naru.codec.call import parse_call
from naru.domain.callwarnings import warnings

pytestmark = pytest.mark.requirement("C-02")


def codes(text):
    return [warning.code for warning in warnings(parse_call(text, "changed.toml"))]


def test_the_2025_call_deserves_exactly_two_warnings():
    found = warnings(CALL)
    assert [(w.code, w.path, w.clause) for w in found] == [
        ("closing_date", "schedule[0].ends", "C-02"),
        ("youth_birthday", "bonuses[0].born_on_or_after", "E-07"),
    ]


def test_the_closing_warning_names_both_days_and_the_reading_taken():
    warning = warnings(CALL)[0]
    assert "2025-03-13" in warning.reason.en
    assert "2025-03-17" in warning.reason.en
    assert warning.ambiguity.taken == CALL.round("1").last_closing.isoformat()


def test_a_schedule_that_agrees_is_not_warned_about():
    assert codes(changed("ends = 2025-03-13", "ends = 2025-03-17")) == ["youth_birthday"]


def test_a_birth_date_that_agrees_with_the_age_is_not_warned_about():
    text = changed("born_on_or_after = 1985-02-12", "born_on_or_after = 1985-02-13")
    assert codes(text) == ["closing_date"]


def test_a_birth_date_that_excludes_someone_young_enough_is_warned_about():
    text = changed("born_on_or_after = 1985-02-12", "born_on_or_after = 1985-02-14")
    assert codes(text) == ["closing_date", "youth_birthday"]


def test_the_youth_age_is_taken_on_the_reference_date():
    text = changed('youth = "notice_date"', 'youth = "closing_date"')
    text = text.replace("born_on_or_after = 1985-02-12", "born_on_or_after = 1985-03-18")
    assert codes(text) == ["closing_date"]


def test_a_call_that_prints_no_age_has_nothing_to_compare():
    assert codes(changed("max_age = 39", "# no age")) == ["closing_date"]


def test_a_closing_label_that_prints_another_hour_is_warned_about():
    text = changed('printed = "2025년 3월 17일(월) 15:00"', 'printed = "2025년 3월 17일(월) 18:00"')
    assert codes(text) == ["closing_date", "printed_closing", "youth_birthday"]


def test_a_briefing_on_another_day_than_its_schedule_row_is_warned_about():
    text = changed("starts_at = 2025-02-20", "starts_at = 2025-02-21")
    assert codes(text) == ["closing_date", "schedule_briefing", "youth_birthday"]


def test_a_warning_without_a_recorded_reading_still_stands():
    text = changed('id = "closing_date"', 'id = "something_else"')
    [first, _] = warnings(parse_call(text, "changed.toml"))
    assert (first.code, first.ambiguity) == ("closing_date", None)


def test_every_recorded_reading_leads_to_a_value_of_the_call():
    [line] = problems(changed('key = "constraints[0].base"', 'key = "constraints[3].base"'))
    assert line.startswith("ambiguities[2].key")

"""C-01: one call with its dates, validated, and versioned when amended."""

from datetime import UTC, date, datetime, timedelta

import pytest
from callfile import CALL, TEXT, changed, problems

from naru.codec.call import parse_call

pytestmark = pytest.mark.requirement("C-01")
ROUND = CALL.round("1")
CLOSES = datetime(2025, 3, 17, 6, 0, tzinfo=UTC)


def test_notice_intake_and_support_have_the_guides_dates():
    assert CALL.notice_date == date(2025, 2, 12)
    assert ROUND.opens_at == datetime(2025, 2, 11, 15, 0, tzinfo=UTC)
    assert ROUND.last_closing == CLOSES
    assert (CALL.support.starts, CALL.support.ends) == ("allocation", date(2025, 12, 31))
    assert CALL.support.stops_with_budget


def test_an_application_is_in_time_until_the_closing_instant_and_not_at_it():
    assert ROUND.accepts(CLOSES - timedelta(microseconds=1))
    assert not ROUND.accepts(CLOSES)
    assert not ROUND.accepts(ROUND.opens_at - timedelta(microseconds=1))
    assert ROUND.accepts(ROUND.opens_at)


def test_a_round_that_closes_before_it_opens_is_one_error():
    text = changed("closes_at = [{ at = 2025-03-17", "closes_at = [{ at = 2025-01-17")
    [line] = problems(text)
    assert line.startswith("tracks[0].rounds[0].closes_at: 2025-01-17 15:00:00+09:00 is not after opens_at")


def test_support_that_ends_before_intake_closes_is_one_error():
    assert [line.split(":")[0] for line in problems(changed("ends = 2025-12-31", "ends = 2025-03-17"))] == [
        "support.ends"
    ]


def test_intake_before_the_notice_is_one_error():
    [line] = problems(changed("notice_date = 2025-02-12", "notice_date = 2025-02-13"))
    assert line.startswith("tracks[0].rounds[0].opens_at: 2025-02-12 is before the notice date")


def test_an_instant_without_its_offset_is_one_error():
    [line] = problems(changed("opens_at = 2025-02-12T00:00:00+09:00", "opens_at = 2025-02-12T00:00:00"))
    assert line.startswith("tracks[0].rounds[0].opens_at: write the offset")


def test_a_zone_that_is_no_zone_is_one_error():
    [line] = problems(changed('zone = "Asia/Seoul"', 'zone = "Asia/Seul"'))
    assert line.startswith('zone: "Asia/Seul" is not an IANA time zone')


def test_an_amendment_is_a_new_version_with_reason_actor_and_date():
    amended = changed("version = 1", "version = 2")
    assert [line.split(":")[0] for line in problems(amended)] == ["amendment"]
    amended += '\n[amendment]\nreason = "extension"\nactor = "operator"\ndate = 2025-03-10\n'
    assert parse_call(amended, "v2").version == 2


def test_the_first_version_amends_nothing():
    text = TEXT + '\n[amendment]\nreason = "x"\nactor = "y"\ndate = 2025-03-10\n'
    assert [line.split(":")[0] for line in problems(text)] == ["amendment"]

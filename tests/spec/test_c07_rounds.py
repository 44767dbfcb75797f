"""C-07: several rounds on one budget, an extension as a further instant, continuous intake."""

from datetime import UTC, datetime

import pytest
from callfile import changed, problems

from naru.codec.call import parse_call

pytestmark = pytest.mark.requirement("C-07")
SCHEDULE = "# --- The printed schedule"
SECOND = """[[tracks.rounds]]
id = "2"
opens_at = {opens}T09:00:00+09:00
closes_at = []
seats = 40

"""


def test_a_second_round_opens_after_the_first_has_closed():
    call = parse_call(changed(SCHEDULE, SECOND.format(opens="2025-05-01") + SCHEDULE), "two.toml")
    second = call.round("2")
    assert (second.seats, second.last_closing) == (40, None)
    assert second.accepts(datetime(2025, 11, 1, tzinfo=UTC))


def test_two_rounds_open_at_once_are_one_error():
    [line] = problems(changed(SCHEDULE, SECOND.format(opens="2025-03-01") + SCHEDULE))
    assert line.startswith('tracks[0].rounds[1].opens_at: round "2" opens before round "1" has closed')


def test_an_extension_is_a_later_instant_and_the_last_one_counts():
    closing = 'printed = "2025년 3월 17일(월) 15:00" }'
    later = closing + ', { at = 2025-03-24T15:00:00+09:00, printed = "2025년 3월 24일(월) 15:00" }'
    call = parse_call(changed(closing, later), "extended.toml")
    assert call.round("1").last_closing == datetime(2025, 3, 24, 6, 0, tzinfo=UTC)
    assert call.round("1").accepts(datetime(2025, 3, 20, tzinfo=UTC))


def test_an_extension_before_the_first_closing_is_one_error():
    closing = 'printed = "2025년 3월 17일(월) 15:00" }'
    [line] = problems(changed(closing, closing + ', { at = 2025-03-16T15:00:00+09:00, printed = "x" }'))
    assert line.startswith("tracks[0].rounds[0].closes_at: list the instants in ascending order")

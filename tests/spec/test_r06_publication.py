"""R-06: what is decided can be published later, without anyone's name."""

import pytest
from programme import call_2025
from simulated import applications

from naru.codec.record import canonical, make_record

pytestmark = pytest.mark.requirement("R-06")
CALL = call_2025()


def test_the_record_names_applications_and_no_unit_or_reviewer():
    entries = applications(CALL, 20)
    text = canonical(make_record(CALL, entries, "seed"))
    assert all(entry.id in text for entry in entries)
    assert not any(entry.unit in text for entry in entries)
    assert '"reviewer":"r' in text
    assert '"reviewer":"reviewer-1"' in text
    assert not any(f'"reviewer":"{sheet.reviewer}"' in text for entry in entries for sheet in entry.sheets)


def test_what_is_decided_does_not_depend_on_when_it_is_published():
    entries = applications(CALL, 20)
    assert make_record(CALL, entries, "seed") == make_record(CALL, entries[::-1], "seed")
    assert CALL.selection.result == "decide_now_publish_later"

"""E-04: one server per company and per professor."""

from dataclasses import replace

import pytest
from programme import amended, applicant, call_2025, findings_of, staff, verdict_of

pytestmark = pytest.mark.requirement("E-04")


@pytest.mark.parametrize("build", [applicant, staff])
def test_a_single_application_of_a_unit_passes(build):
    """The only application of a company or a professor passes."""
    assert verdict_of("E-04", build()) == ("unit_single", "passed")


@pytest.mark.parametrize("build", [applicant, staff])
def test_a_second_application_of_the_unit_is_held_for_a_person(build):
    """Two live applications of one unit are both held until a person says which stays."""
    (finding,) = findings_of("E-04", build(same_unit=("NPU-0009", "NPU-0003")))
    assert (finding.code, finding.outcome) == ("duplicate_held", "person")
    assert dict(finding.facts)["others"] == "NPU-0003, NPU-0009"


def test_a_call_may_exclude_every_duplicate():
    """Where the call's data says so, duplicates are excluded by rule."""
    call = call_2025()
    strict = amended(selection=replace(call.selection, duplicates="exclude_all"))
    assert verdict_of("E-04", applicant(same_unit=("NPU-0009",)), call=strict) == ("duplicate_held", "failed")


def test_a_unit_that_holds_its_server_gets_no_second():
    """A unit that already holds a server of this call gets no second one in a later round."""
    assert verdict_of("E-04", applicant(sets_held=1)) == ("unit_holds_its_share", "failed")


def test_the_unit_must_be_known():
    """An application that names no company or professor cannot be judged."""
    assert verdict_of("E-04", staff(unit="")) == ("unit_missing", "missing")


def test_the_same_person_behind_two_companies_is_put_to_a_person():
    """Two companies with one representative or corporate number are looked at by a person, never excluded."""
    (finding,) = findings_of("E-04", applicant(same_person=("NPU-0009",)))
    assert (finding.code, finding.outcome.value) == ("person_behind_two_units", "person")
    assert ("others", "NPU-0009") in finding.facts

"""R-01: the rules propose with a clause for each finding; a person confirms or decides otherwise."""

import pytest
from programme import applicant, call_2025, screened

from naru.domain.applicant import Document
from naru.domain.decision import Outcome
from naru.domain.eligibility import overall

pytestmark = pytest.mark.requirement("R-01")


@pytest.mark.parametrize(
    ("changes", "proposal"),
    [
        ({}, Outcome.PASSED),
        ({"same_unit": ("2025-npu-0002",)}, Outcome.PERSON),
        ({"documents": ()}, Outcome.MISSING),
        ({"model_trained": False}, Outcome.FAILED),
        ({"model_trained": False, "documents": ()}, Outcome.FAILED),
        ({"documents": (), "same_unit": ("2025-npu-0002",)}, Outcome.MISSING),
    ],
)
def test_the_worst_finding_is_the_proposal(changes, proposal):
    assert overall(screened(applicant(**changes))) is proposal


def test_every_finding_cites_a_clause_of_the_call_and_gives_its_reason():
    known = {clause.code for clause in call_2025().clauses}
    for finding in screened(applicant(documents=(Document(code="sme_certificate"),))):
        assert finding.clause in known
        assert finding.reason.ko
        assert finding.reason.en

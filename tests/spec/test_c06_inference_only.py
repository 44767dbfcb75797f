"""C-06: inference only, with a model already trained."""

from dataclasses import replace

import pytest
from programme import amended, applicant, call_2025, findings_of, verdict_of

pytestmark = pytest.mark.requirement("C-06")


def test_declared_inference_with_a_trained_model_passes():
    """An applicant who declares inference only, with a model already trained, passes."""
    (finding,) = findings_of("C-06", applicant())
    assert (finding.code, finding.outcome) == ("inference_declared", "passed")
    assert finding.facts == (("inference_only", "true"), ("model_trained", "true"))


@pytest.mark.parametrize("answers", [{"inference_only": False}, {"model_trained": False}])
def test_training_is_refused(answers):
    """Who intends to train, or has no trained model yet, is refused."""
    assert verdict_of("C-06", applicant(**answers)) == ("training_intended", "failed")


@pytest.mark.parametrize("answers", [{"inference_only": None}, {"model_trained": None}])
def test_the_declaration_is_owed(answers):
    """The declaration on the use has to be answered in full."""
    assert verdict_of("C-06", applicant(**answers)) == ("use_undeclared", "missing")


def test_a_refusal_outweighs_silence():
    """A training plan is refused even while the other answer is open."""
    assert verdict_of("C-06", applicant(inference_only=False, model_trained=None))[1] == "failed"


def test_a_call_may_lend_for_training():
    """Where the call does not bound the use the rule does not apply."""
    call = call_2025()
    free = amended(use=replace(call.use, inference_only=False, trained_model_only=False))
    assert verdict_of("C-06", applicant(inference_only=False), call=free) == (
        "use_unbounded",
        "not_applicable",
    )

"""A-05: the model must be in the support table."""

import pytest
from programme import applicant, findings_of, verdict_of

from naru.domain.applicant import ModelChoice

pytestmark = pytest.mark.requirement("A-05")


def using(*matches):
    return applicant(models=tuple(ModelChoice(name=f"model {match}", match=match) for match in matches))


@pytest.mark.parametrize(
    ("matches", "code", "outcome"),
    [
        (("listed",), "models_listed", "passed"),
        (("listed", "listed"), "models_listed", "passed"),
        (("near",), "model_near_listed", "person"),
        (("listed", "near"), "model_near_listed", "person"),
        (("none",), "model_not_listed", "person"),
        (("listed", "near", "none"), "model_not_listed", "person"),
        ((), "model_missing", "missing"),
    ],
)
def test_the_least_supported_model_decides(matches, code, outcome):
    """Listed models pass, one near or not listed is put to a person, and none at all is asked for."""
    assert verdict_of("A-05", using(*matches)) == (code, outcome)


def test_every_model_is_named_with_the_catalogue_answer():
    """The finding names every model and what the catalogue answered."""
    (finding,) = findings_of("A-05", using("listed", "none"))
    assert finding.facts == (("models", "model listed (listed), model none (none)"),)

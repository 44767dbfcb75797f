"""The 2025 call and applicants who meet every clause of it; a test changes the one fact it is about."""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from naru.codec.call import read_call
from naru.domain.applicant import Applicant, Declaration, Document, ModelChoice
from naru.domain.eligibility import screen

CLOSING = date(2025, 3, 17)
ALLOCATION = date(2025, 4, 1)
SME_CERTIFICATE = Document(
    code="sme_certificate",
    issued_on=date(2024, 4, 2),
    valid_from=date(2024, 4, 1),
    valid_until=date(2025, 12, 31),
)


@cache
def call_2025():
    return read_call(Path(__file__).parent.parent / "calls" / "2025-npu.toml")


def amended(**changes):
    """The 2025 call with some parts replaced; its ambiguities point at those parts, so they go."""
    return replace(call_2025(), ambiguities=(), **changes)


def applicant(**changes):
    """A simulated small company that meets every clause."""
    whole = Applicant(
        kind="sme",
        unit="company:1",
        legal_form="corporation",
        representatives=(date(1970, 1, 1),),
        documents=(SME_CERTIFICATE,),
        models=(ModelChoice(name="EfficientNet", match="listed"),),
        inference_only=True,
        model_trained=True,
        declarations=(
            Declaration(code="privacy_violation", applies=False),
            Declaration(code="duplicate_support", applies=False),
        ),
    )
    return replace(whole, **changes)


def venture(**changes):
    facts = {"kind": "venture", "variant": "research", "documents": (Document(code="venture_certificate"),)}
    return applicant(**facts | changes)


def startup(**changes):
    facts = {
        "kind": "startup",
        "business_started_on": date(2022, 5, 1),
        "documents": (Document(code="business_registration"),),
    }
    return applicant(**facts | changes)


def staff(**changes):
    facts = {
        "kind": "university",
        "unit": "professor:1",
        "role": "staff",
        "legal_form": None,
        "representatives": (),
        "documents": (Document(code="employment_certificate"),),
    }
    return applicant(**facts | changes)


def student(**changes):
    documents = (
        Document(code="enrolment_certificate"),
        Document(code="professor_employment_certificate"),
    )
    return staff(**{"role": "student", "professor_confirmed": True, "documents": documents} | changes)


def screened(facts, register=(), call=None, **moments):
    call = call or call_2025()
    return screen(call, call.round("1"), facts, register, **moments)


def findings_of(clause, facts, register=(), call=None, **moments):
    return [entry for entry in screened(facts, register, call, **moments) if entry.clause == clause]


def verdict_of(clause, facts, register=(), call=None, **moments):
    """(code, outcome) of the only finding under a clause."""
    (only,) = findings_of(clause, facts, register, call, **moments)
    return only.code, only.outcome.value

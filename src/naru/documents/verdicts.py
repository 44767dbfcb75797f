"""What the gates answer: a verdict, its reasons, notes beside it, and dates a person may take over."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from naru.domain.decision import Finding


class Verdict(StrEnum):
    """May the file stay: yes, no, or not decided (kept apart for a person)."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A date read from the text of a document: never a fact until a person confirms it.

    `field` is issued_on, valid_from, valid_until or fiscal_year_end; `words` the place it was read from.
    """

    field: str
    value: date
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GateVerdict:
    """What the gates say: the verdict, every reason against the file, its media type and SHA-256 (hex).

    `media_type` comes from the bytes, never from the name; empty when the kind is unknown. `reasons` are
    failed findings, or `person` findings of a quarantine. `notes` change nothing: what could not be read.
    """

    verdict: Verdict
    reasons: tuple[Finding, ...]
    media_type: str
    sha256: str
    notes: tuple[Finding, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()


def finding_data(finding: Finding) -> dict[str, Any]:
    """A finding of the gates as JSON data, as stored beside a file and printed by the command."""
    mend = {"mend_ko": finding.mend.ko, "mend_en": finding.mend.en} if finding.mend else {}
    return {
        "code": finding.code,
        "clause": finding.clause,
        "outcome": finding.outcome.value,
        "ko": finding.reason.ko,
        "en": finding.reason.en,
        **mend,
        "facts": dict(finding.facts),
    }


def verdict_data(verdict: GateVerdict) -> dict[str, Any]:
    """A verdict as JSON data."""
    return {
        "verdict": verdict.verdict.value,
        "reasons": [finding_data(finding) for finding in verdict.reasons],
        "notes": [finding_data(finding) for finding in verdict.notes],
        "media_type": verdict.media_type,
        "sha256": verdict.sha256,
        "suggestions": [
            {"field": suggestion.field, "value": suggestion.value.isoformat(), "words": suggestion.words}
            for suggestion in verdict.suggestions
        ],
    }

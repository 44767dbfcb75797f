"""The list of documents of an application as its page shows it: each with why, how it stands, what next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from naru.domain import call as domain
from naru.domain.admission import DocumentRule
from naru.domain.applicant import Applicant, Document
from naru.domain.decision import Finding
from naru.domain.papers import Span, document_groups, validity_of
from naru.domain.terms import Text
from naru.portal.applications import guidance, reasons
from naru.portal.applications.issuers import issuer_of, validity_in_words
from naru.portal.applications.models import Application, EvidenceDocument, StoredFile

Verdict = StoredFile.Verdict
STATES: Mapping[str, tuple[str, Any]] = {
    Verdict.ACCEPTED: ("ok", _("올렸음")),
    Verdict.QUARANTINED: ("wait", _("올림, 검사를 기다립니다")),
    Verdict.REFUSED: ("bad", _("받을 수 없는 파일")),
}
NOTHING = ("neutral", _("아직 없음"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One document asked for: the call's rule, the file held, what the gates said, the days it is good for.

    `others` are the documents of which one is enough; `covered` says that one of those is held.
    """

    rule: DocumentRule
    held: EvidenceDocument | None
    findings: tuple[Finding, ...]
    span: Span | None
    others: tuple[DocumentRule, ...]
    covered: bool
    bonus: bool

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return STATES[self.held.file.verdict][0] if self.held else NOTHING[0]

    @property
    def state(self) -> Any:
        """How it stands, in words."""
        return STATES[self.held.file.verdict][1] if self.held else NOTHING[1]

    @property
    def waiting(self) -> bool:
        """Whether the file waits for the scanner."""
        return self.held is not None and self.held.file.verdict == Verdict.QUARANTINED

    @property
    def counts(self) -> Text:
        """What counts as the document."""
        return guidance.counts(self.rule)

    @property
    def issuer(self) -> Text:
        """Where to get it."""
        return issuer_of(self.rule.code)

    @property
    def validity(self) -> Text:
        """How long it is good for."""
        return validity_in_words(self.rule)


def papers(application: Application, terms: domain.Call, applicant: Applicant) -> list[Paper]:
    """The documents the answers call for, in the call's order; parts are loaded (`queries.whole`)."""
    held = {document.code: document for document in application.documents.all()}
    return [paper for group in document_groups(terms, applicant) for paper in _group(group, held)]


def alone(rule: DocumentRule, held: EvidenceDocument | None) -> Paper:
    """One document asked for by itself: a correction or a renewal names it."""
    return next(_group((rule,), {rule.code: held} if held else {}))


def _group(group: tuple[DocumentRule, ...], held: Mapping[str, EvidenceDocument]) -> Iterator[Paper]:
    for rule in group:
        document = held.get(rule.code)
        others = tuple(other for other in group if other is not rule)
        yield Paper(
            rule=rule,
            held=document,
            findings=_findings(document),
            span=_span(rule, document),
            others=others,
            covered=document is None and any(other.code in held for other in others),
            bonus=rule.when.startswith("youth_"),
        )


def _findings(document: EvidenceDocument | None) -> tuple[Finding, ...]:
    if document is None or document.file.verdict == Verdict.ACCEPTED:
        return ()
    return reasons.findings(document.file.reasons)


def _span(rule: DocumentRule, document: EvidenceDocument | None) -> Span | None:
    if document is None:
        return None
    said = Document(
        code=rule.code,
        issued_on=document.issued_on,
        valid_from=document.valid_from,
        valid_until=document.valid_until,
        fiscal_year_end=document.fiscal_year_end,
        fiscal_year_change=document.fiscal_year_change or None,  # type: ignore[arg-type]  # its choices
    )
    span = validity_of(rule, said)
    return span if span and span.source != "unlimited" else None

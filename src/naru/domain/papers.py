"""Evidence documents (증빙서류): which are owed, whether they are valid, which are missing (E-05, E-11)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from naru.domain.applicant import Applicant, Document
from naru.domain.basis import Basis, found
from naru.domain.call import Call, DocumentRule
from naru.domain.decision import Finding, Outcome
from naru.domain.periods import last_day_after, last_day_of_period
from naru.domain.terms import Text

SME_VALIDITY = "E-05"
MISSING_EVIDENCE = "E-11"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The days a document is good for, both included; None is open. `source` says where they come from."""

    starts: date | None
    ends: date | None
    source: Literal["printed", "computed", "unlimited"]

    def covers(self, day: date) -> bool:
        """Whether the document is good on a day."""
        return (self.starts is None or self.starts <= day) and (self.ends is None or day <= self.ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """A certificate that is good at the closing date and lapses before the allocation."""

    document: str
    lapses_on: date
    needed_by: date


def documents_owed(call: Call, applicant: Applicant) -> tuple[DocumentRule, ...]:
    """The documents the answers call for, in the call's order; empty for a kind the call does not admit.

    Of those sharing an `alternatives` name one is enough.
    """
    party = call.party_of(applicant.kind)
    if party is None:
        return ()
    situations = {"always", applicant.role}
    if applicant.youth_claimed and applicant.legal_form:
        situations.add(f"youth_{applicant.legal_form}")
    return tuple(
        rule
        for rule in call.documents
        if rule.when in situations
        and (not rule.parties or party.id in rule.parties)
        and (not rule.kinds or applicant.kind in rule.kinds)
    )


def document_groups(call: Call, applicant: Applicant) -> tuple[tuple[DocumentRule, ...], ...]:
    """The documents owed, grouped so that one of each group is enough."""
    groups: dict[str, tuple[DocumentRule, ...]] = {}
    for rule in documents_owed(call, applicant):
        key = f"any:{rule.alternatives}" if rule.alternatives else f"one:{rule.code}"
        groups[key] = (*groups.get(key, ()), rule)
    return tuple(groups.values())


def missing_documents(call: Call, applicant: Applicant) -> tuple[tuple[DocumentRule, ...], ...]:
    """The groups of which no document is held, evidence for a bonus left out (a bonus is never owed)."""
    return tuple(
        group
        for group in document_groups(call, applicant)
        if not group[0].when.startswith("youth_") and not any(applicant.document(rule.code) for rule in group)
    )


def validity_of(rule: DocumentRule, document: Document) -> Span | None:
    """The days a document is good for, or None where only a person can tell.

    Printed dates win over any computation. A fiscal year certificate runs `months` from the day after
    `starts_months_after_fiscal_year_end` months have passed since the fiscal year's end, unless the
    company was founded, merged or split.
    """
    if document.valid_until is not None:
        starts = document.valid_from or document.issued_on
        return Span(starts=starts, ends=document.valid_until, source="printed")
    validity = rule.validity
    if validity.kind == "unlimited" or validity.months is None:
        return Span(starts=document.valid_from, ends=None, source="unlimited")
    if validity.kind == "months_after_issue":
        if document.issued_on is None:
            return None
        ends = last_day_after(document.issued_on, validity.months)
        return Span(starts=document.issued_on, ends=ends, source="computed")
    wait = validity.starts_months_after_fiscal_year_end
    if document.fiscal_year_end is None or document.fiscal_year_change is not None or wait is None:
        return None
    starts = last_day_after(document.fiscal_year_end, wait) + timedelta(days=1)
    return Span(starts=starts, ends=last_day_of_period(starts, validity.months), source="computed")


def renewals_due(basis: Basis) -> tuple[Renewal, ...]:
    """The certificates to renew before the allocation, in the call's order."""
    call, applicant = basis.call, basis.applicant
    due = []
    for rule in documents_owed(call, applicant):
        document = applicant.document(rule.code)
        span = validity_of(rule, document) if document else None
        if span and span.ends and _reference_day(basis) <= span.ends < basis.allocated_on:
            due.append(Renewal(document=rule.code, lapses_on=span.ends, needed_by=basis.allocated_on))
    return tuple(due)


def judge_papers(basis: Basis) -> tuple[Finding, ...]:
    """E-05 and E-11: a finding for every dated certificate held and for every item missing."""
    dated = [
        finding
        for group in document_groups(basis.call, basis.applicant)
        if not group[0].when.startswith("youth_")  # the bonus judges its own evidence
        for finding in _judge_group(basis, group)
    ]
    if not any(finding.clause == SME_VALIDITY for finding in dated):
        dated.insert(0, _no_certificate())
    return (*dated, *_judge_missing(basis))


def _reference_day(basis: Basis) -> date:
    return basis.day(basis.call.reference_dates.certificates)


def _judge_group(basis: Basis, group: tuple[DocumentRule, ...]) -> list[Finding]:
    """Findings for the documents held of one group; a lapsed one is forgiven beside a good one."""
    day = _reference_day(basis)
    held = [
        (rule, document) for rule in group if (document := basis.applicant.document(rule.code)) is not None
    ]
    spans = [(rule, document, validity_of(rule, document)) for rule, document in held]
    another_good = any(span is not None and span.covers(day) for _, _, span in spans)
    findings = []
    for rule, document, span in spans:
        if span is None:
            findings.append(_undatable(rule, document))
        elif not span.covers(day):
            findings.append(_not_good(rule, span, day, needed=not another_good))
        elif span.source != "unlimited":
            findings.append(_good(basis, rule, span, day))
    return findings


def _no_certificate() -> Finding:
    return found(
        SME_VALIDITY,
        "no_dated_certificate",
        Outcome.NOT_APPLICABLE,
        Text(
            ko="유효기간을 따져야 하는 중소기업 확인서가 없습니다.",
            en="No SME certificate whose validity would have to be judged.",
        ),
    )


def _undatable(rule: DocumentRule, document: Document) -> Finding:
    return found(
        rule.clause,
        "certificate_validity_unknown",
        Outcome.PERSON,
        Text(
            ko=f"유효기간을 계산할 수 없습니다: {rule.title.ko}",
            en=f"The validity cannot be computed: {rule.title.en}.",
        ),
        mend=Text(
            ko="확인서에 적힌 유효기간을 입력해 주세요.",
            en="Enter the period of validity printed on the certificate.",
        ),
        document=rule.code,
        fiscal_year_end=document.fiscal_year_end or "",
        fiscal_year_change=document.fiscal_year_change or "",
    )


def _not_good(rule: DocumentRule, span: Span, day: date, *, needed: bool) -> Finding:
    early = span.starts is not None and day < span.starts
    code = "certificate_not_yet_valid" if early else "certificate_expired"
    return found(
        rule.clause,
        code if needed else "certificate_not_needed",
        Outcome.MISSING if needed else Outcome.NOT_APPLICABLE,
        Text(
            ko=f"{day} 기준으로 유효하지 않습니다: {rule.title.ko} ({span.starts or ''}~{span.ends or ''})",
            en=f"Not valid on {day}: {rule.title.en} ({span.starts or '...'} to {span.ends or '...'}).",
        ),
        mend=Text(
            ko=f"{day}에 유효한 확인서를 내 주세요.",
            en=f"Send a certificate that is valid on {day}.",
        )
        if needed
        else None,
        document=rule.code,
        valid_from=span.starts or "",
        valid_until=span.ends or "",
        source=span.source,
        reference_day=day,
    )


def _good(basis: Basis, rule: DocumentRule, span: Span, day: date) -> Finding:
    lapses = span.ends is not None and span.ends < basis.allocated_on
    needed_by = basis.allocated_on
    until_ko = f"유효: {rule.title.ko} ({span.ends}까지)"
    until_en = f"Valid: {rule.title.en} (until {span.ends})."
    late_ko = f" 할당({needed_by}) 전에 끝나므로 갱신해야 합니다."
    late_en = f" It lapses before the allocation on {needed_by} and must be renewed."
    return found(
        rule.clause,
        "certificate_renewal_due" if lapses else "certificate_valid",
        Outcome.PASSED,
        Text(ko=until_ko + late_ko * lapses, en=until_en + late_en * lapses),
        mend=Text(
            ko=f"{needed_by} 전에 새 확인서를 내 주세요.",
            en=f"Send the renewed certificate before {needed_by}.",
        )
        if lapses
        else None,
        document=rule.code,
        valid_from=span.starts or "",
        valid_until=span.ends or "",
        source=span.source,
        reference_day=day,
        allocated_on=needed_by,
    )


def _judge_missing(basis: Basis) -> tuple[Finding, ...]:
    if basis.call.party_of(basis.applicant.kind) is None:
        return (
            found(
                MISSING_EVIDENCE,
                "nothing_owed",
                Outcome.NOT_APPLICABLE,
                Text(ko="신청 대상이 아니므로 낼 서류도 없습니다.", en="Not admitted, so nothing is owed."),
            ),
        )
    missing = missing_documents(basis.call, basis.applicant)
    if not missing:
        return (
            found(
                MISSING_EVIDENCE,
                "documents_complete",
                Outcome.PASSED,
                Text(ko="필요한 서류가 모두 있습니다.", en="Every document owed is there."),
            ),
        )
    return tuple(_missing_item(group) for group in missing)


def _missing_item(group: tuple[DocumentRule, ...]) -> Finding:
    names_ko = " 또는 ".join(rule.title.ko for rule in group)
    names_en = " or ".join(rule.title.en for rule in group)
    return found(
        MISSING_EVIDENCE,
        "document_missing",
        Outcome.MISSING,
        Text(ko=f"빠진 서류: {names_ko}", en=f"Missing: {names_en}."),
        mend=Text(ko=f"서류를 올려 주세요: {names_ko}", en=f"Upload: {names_en}."),
        documents=" | ".join(rule.code for rule in group),
    )

"""The words of a correction request, by the kind of finding: naru's own, or the operator's instead."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from naru.domain.call import Call
from naru.domain.decision import Finding, Outcome
from naru.domain.terms import Text
from naru.portal.screening.models import CorrectionText

PLACES = ("reason", "mend", "document", "clause")  # written {reason} and so on in a text
TITLES: Mapping[str, Text] = {  # what the kinds are called where the words are kept
    "document_missing": Text(ko="서류가 없음", en="Document missing"),
    "certificate_expired": Text(ko="확인서의 유효기간이 지남", en="Certificate expired"),
    "certificate_not_yet_valid": Text(ko="확인서가 아직 유효하지 않음", en="Certificate not yet valid"),
    "certificate_validity_unknown": Text(
        ko="확인서의 유효기간을 모름", en="Validity of the certificate unknown"
    ),
    "professor_confirmation_missing": Text(
        ko="지도교수의 확인이 없음", en="Professor's confirmation missing"
    ),
    "other": Text(ko="그 밖의 보완", en="Any other correction"),
}
OWN: Mapping[str, Text] = {
    "document_missing": Text(
        ko="{document} 서류가 없습니다. 파일로 올려 주십시오. "
        "올리지 않으면 신청 자격을 확인할 수 없어 제외됩니다 (E-11).",
        en="{document} is missing. Please upload it; without it your eligibility cannot be shown and the "
        "application is excluded (E-11).",
    ),
    "certificate_expired": Text(
        ko="{reason} 기준일에 유효한 {document} 서류를 올려 주십시오.",
        en="{reason} Please upload a certificate ({document}) that is valid on that day.",
    ),
    "certificate_not_yet_valid": Text(
        ko="{reason} 기준일에 유효한 {document} 서류를 올려 주십시오.",
        en="{reason} Please upload a certificate ({document}) that is valid on that day.",
    ),
    "certificate_validity_unknown": Text(
        ko="{reason} 서류에 적힌 유효기간을 날짜 칸에 적어 다시 올려 주십시오.",
        en="{reason} Please upload it again and enter the period of validity printed on it.",
    ),
    "professor_confirmation_missing": Text(
        ko="지도교수의 확인이 없습니다. 교수님께 확인을 요청하고, 확인하신 뒤 이곳에 답해 주십시오 (E-02).",
        en="Your supervisor has not confirmed the application. Ask for the confirmation and answer here once "
        "it is given (E-02).",
    ),
    "other": Text(ko="{reason} {mend}", en="{reason} {mend}"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A correction a finding suggests: the item to mend and the words, in the applicant's language."""

    item: str
    clause: str
    code: str
    message: str


def texts() -> dict[str, Text]:
    """Every kind with its words now: the operator's own before naru's, in one query."""
    changed = {row.code: Text(ko=row.ko, en=row.en) for row in CorrectionText.objects.all()}
    return {code: changed.get(code, text) for code, text in OWN.items()}


def proposals(terms: Call, findings: Iterable[Finding], language: str) -> list[Proposal]:
    """A proposal for every finding somebody can mend, one for each item, its places filled."""
    known = texts()
    found: dict[str, Proposal] = {}
    for finding in findings:
        if finding.outcome not in (Outcome.MISSING, Outcome.PERSON) or finding.mend is None:
            continue
        item = _item(terms, finding)
        text = known.get(finding.code, known["other"])
        message = filled(_in(text, language), terms, finding, item, language)
        found.setdefault(item, Proposal(item=item, clause=finding.clause, code=finding.code, message=message))
    return list(found.values())


def filled(text: str, terms: Call, finding: Finding, item: str, language: str) -> str:
    """A text with its places filled from a finding; a place naru does not know stays as it is written."""
    title = next((rule.title for rule in terms.documents if rule.code == item), None)
    values = {
        "reason": _in(finding.reason, language),
        "mend": _in(finding.mend, language) if finding.mend else "",
        "document": _in(title, language) if title else "",
        "clause": finding.clause,
    }
    for place, value in values.items():
        text = text.replace(f"{{{place}}}", value)
    return text.strip()


def _item(terms: Call, finding: Finding) -> str:
    """The document a finding speaks of (the first of several), else "other"."""
    facts = dict(finding.facts)
    code = str(facts.get("document") or facts.get("documents") or "").split(" | ")[0]
    return code if any(rule.code == code for rule in terms.documents) else "other"


def _in(text: Text, language: str) -> str:
    return text.en if language == "en" else text.ko

"""Where each evidence document comes from, and the rule of its validity, in words for the checklist."""

from naru.domain.admission import DocumentRule
from naru.domain.terms import Text

_OWN_OFFICE = Text(
    ko="소속 대학·병원의 증명 발급 창구", en="The certificate desk of your university or hospital"
)
ISSUERS = {
    "sme_certificate": Text(
        ko="중소기업현황정보시스템 (sminfo.mss.go.kr)", en="SME information system (sminfo.mss.go.kr)"
    ),
    "venture_certificate": Text(ko="벤처인 (www.venturein.or.kr)", en="Venturein (www.venturein.or.kr)"),
    "startup_certificate": Text(
        ko="창업기업확인시스템 (cert.k-startup.go.kr)",
        en="Startup certification system (cert.k-startup.go.kr)",
    ),
    "business_registration": Text(
        ko="사업장 관할 세무서 또는 홈택스", en="The tax office of your place of business, or Hometax"
    ),
    "corporate_register": Text(
        ko="법원 등기소 또는 인터넷등기소", en="A registry office, or its internet service"
    ),
    "representative_id": Text(
        ko="대표자 본인. 주민등록번호 뒷자리를 가리고 생년월일이 보이게 복사합니다.",
        en="The representative: copied with the birth date visible and the second half of the number masked",
    ),
    "employment_certificate": _OWN_OFFICE,
    "enrolment_certificate": _OWN_OFFICE,
    "professor_employment_certificate": _OWN_OFFICE,
}
_ASK = Text(ko="서류 이름을 적어 문의처에 물어보십시오.", en="Ask the contact desk, naming the document")


def issuer_of(code: str) -> Text:
    """Who issues a document."""
    return ISSUERS.get(code, _ASK)


def validity_in_words(rule: DocumentRule) -> Text:
    """How long the call takes a document to be good."""
    validity = rule.validity
    if validity.kind == "fiscal_year_certificate":
        wait, months = validity.starts_months_after_fiscal_year_end, validity.months
        return Text(
            ko=f"접수 마감일에 유효해야 합니다. 적힌 기간이 먼저이고, 없으면 직전 사업연도가 끝나고 "
            f"{wait}개월 뒤부터 {months}개월입니다. 할당 전에 끝나면 새것으로 바꾸어 냅니다.",
            en=f"Must be valid on the closing date. The printed period counts; without one it runs "
            f"{months} months from {wait} months after the last fiscal year ended. "
            "Renew one that lapses before allocation.",
        )
    if validity.kind == "months_after_issue":
        return Text(
            ko=f"발급일에서 {validity.months}개월 안에 접수가 마감되어야 합니다.",
            en=f"The closing date must lie within {validity.months} months of issue.",
        )
    return Text(
        ko="유효기간이 적혀 있으면 접수 마감일에 유효해야 합니다. 적혀 있지 않으면 기간을 따지지 않습니다.",
        en="If a period is printed, it must cover the closing date; without one none is asked for.",
    )

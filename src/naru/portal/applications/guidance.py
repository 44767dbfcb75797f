"""What counts as each evidence document, in plain words beside the call's own rule."""

from naru.domain.admission import DocumentRule
from naru.domain.terms import Text

ANYTHING = Text(
    ko="발급처의 양식 그대로 받은 파일이면 됩니다.", en="The file as its issuer gives it out will do."
)
COUNTS = {
    "sme_certificate": Text(
        ko="「중소기업기본법」에 따른 중소기업 확인서. 다른 법에 따른 중소기업 증명은 되지 않습니다.",
        en="The certificate under the Framework Act on SMEs; proofs under other acts do not count.",
    ),
    "venture_certificate": Text(
        ko="벤처기업 확인서. 투자·연구개발·혁신성장·예비 유형 모두 됩니다.",
        en="The venture certificate of any type: investment, R&D, innovation growth or preliminary.",
    ),
    "startup_certificate": Text(
        ko="창업기업 확인서. 없으면 사업자등록증을 냅니다.",
        en="The startup certificate; without one, the business registration will do.",
    ),
    "business_registration": Text(
        ko="개업일이 보이는 사업자등록증 또는 사업자등록증명.",
        en="The business registration, with the day business began.",
    ),
    "corporate_register": Text(
        ko="대표자의 생년월일이 보이는 법인등기부등본(등기사항전부증명서). 주민등록번호 뒷자리는 가립니다.",
        en="The corporate register extract showing the representatives' dates of birth, numbers masked.",
    ),
    "representative_id": Text(
        ko="생년월일이 보이는 대표자 신분증 사본. 주민등록번호 뒷자리와 면허번호는 꼭 가립니다.",
        en="A copy of the representative's identity card with the date of birth; mask the number.",
    ),
    "employment_certificate": Text(
        ko="지금 재직 중임이 적힌 재직증명서.", en="A certificate saying that you are employed there now."
    ),
    "enrolment_certificate": Text(
        ko="지금 재학 중임이 적힌 재학증명서. 휴학 중이면 문의처에 물어보십시오.",
        en="A certificate saying that you are enrolled now; on leave, ask the contact desk.",
    ),
    "professor_employment_certificate": Text(
        ko="신청서에 적은 지도교수의 재직증명서.",
        en="The certificate of employment of the professor named in the application.",
    ),
}


def counts(rule: DocumentRule) -> Text:
    """What counts as the document."""
    return COUNTS.get(rule.code, ANYTHING)

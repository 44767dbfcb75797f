"""What must not be published: signs of personal data in a text that everybody would read."""

import re

from naru.domain.terms import Text

SIGNS = {
    "email": (re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"), Text(ko="이메일 주소", en="an e-mail address")),
    "resident_number": (
        re.compile(r"(?<!\d)\d{6}\s?-?\s?[1-8]\d{6}(?!\d)"),
        Text(ko="주민등록번호", en="a resident registration number"),
    ),
    "phone": (
        re.compile(r"(?<!\d)0\d{1,2}[-. )]?\d{3,4}[-. ]?\d{4}(?!\d)"),
        Text(ko="전화번호", en="a phone number"),
    ),
    "business_number": (
        re.compile(r"(?<!\d)\d{3}-\d{2}-\d{5}(?!\d)"),
        Text(ko="사업자등록번호", en="a business registration number"),
    ),
}


def personal_signs(*texts: str) -> tuple[str, ...]:
    """The codes of what looks like personal data in the texts, in a fixed order."""
    return tuple(code for code, (sign, _said) in SIGNS.items() if any(sign.search(text) for text in texts))

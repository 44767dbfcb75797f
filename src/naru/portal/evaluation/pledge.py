"""The pledge (서약) a reviewer gives for a call; the hash of its wording is kept with it."""

from hashlib import sha256

from naru.domain.terms import Text

LINES: tuple[Text, ...] = (
    Text(
        ko="신청서와 평가 과정에서 알게 된 내용을 밖에 알리거나 다른 목적으로 쓰지 않겠습니다.",
        en="I will not disclose what I learn from the evaluation, nor use it for anything else.",
    ),
    Text(
        ko="신청 기업·기관과 이해관계가 있으면 평가하기 전에 스스로 밝히고 물러나겠습니다.",
        en="Where I have an interest in an applicant I will say so and step back before I evaluate.",
    ),
    Text(
        ko="평가항목과 배점에 따라 신청서에 적힌 내용만으로 공정하게 평가하겠습니다.",
        en="I will evaluate fairly, by the criteria and points, on what the application says.",
    ),
    Text(
        ko="평가와 관련하여 부탁이나 대가를 받지 않겠습니다.",
        en="I will accept no favour or payment in connection with the evaluation.",
    ),
)


def text_sha256() -> str:
    """SHA-256 (hex) of the pledge's Korean lines, which are the ones that bind."""
    return sha256("\n".join(line.ko for line in LINES).encode()).hexdigest()

"""What the actions on questions refuse, each with its clause, the reason and what would mend it."""

from collections.abc import Sequence

from naru.domain.decision import Refused, refusal
from naru.domain.terms import Text
from naru.portal.questions.rules import SIGNS

CLAUSE = "C-08"


def answered_already() -> Refused:
    """An answer that has been sent is not written over."""
    return refusal(
        CLAUSE,
        "question_answered",
        Text(ko="이미 답을 보낸 문의입니다.", en="This question has been answered already."),
        Text(
            ko="보탤 말이 있으면 묻는 사람에게 새 문의를 부탁하십시오.",
            en="For an addition, ask the person to send a new question.",
        ),
    )


def not_public() -> Refused:
    """Only with the asker's leave."""
    return refusal(
        CLAUSE,
        "question_private",
        Text(ko="묻는 사람이 공개를 원하지 않은 문의입니다.", en="The asker did not agree to publication."),
        Text(
            ko="공개하지 않고 답만 보내거나, 자주 묻는 질문에 새로 적으십시오.",
            en="Send the answer only, or write a new FAQ entry in your own words.",
        ),
    )


def personal(codes: Sequence[str]) -> Refused:
    """A published text holds no personal data."""
    said = [SIGNS[code][1] for code in codes]
    return refusal(
        CLAUSE,
        "personal_data_in_public_text",
        Text(
            ko="공개할 글에 개인정보로 보이는 것이 있습니다: " + ", ".join(text.ko for text in said),
            en="The text to be published seems to hold " + ", ".join(text.en for text in said) + ".",
        ),
        Text(
            ko="'공개하는 질문'과 답에서 지우십시오.", en="Remove it from the published question and answer."
        ),
        found=", ".join(codes),
    )


def too_many(limit: int) -> Refused:
    """A limit on open questions keeps the desk free of floods."""
    return refusal(
        CLAUSE,
        "too_many_open_questions",
        Text(
            ko=f"답을 기다리는 문의가 이미 {limit}건입니다.",
            en=f"{limit} of your questions still wait for an answer.",
        ),
        Text(ko="답을 받은 뒤에 다시 물어 주십시오.", en="Ask again when one has been answered."),
        limit=limit,
    )

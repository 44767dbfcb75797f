"""What the professor's confirmation refuses, each with its clause and what would mend it (E-02, E-04)."""

from datetime import datetime

from naru.domain.decision import Refused, refusal
from naru.domain.terms import Text


def nothing_to_show() -> Refused:
    """The professor is asked once there is something to read."""
    return refusal(
        "E-02",
        "nothing_to_show",
        Text(ko="아직 과제명과 상품이 없습니다.", en="Title and product are still empty."),
        Text(
            ko="신청서에 과제명과 상품을 적고 저장한 뒤에 요청하십시오.",
            en="Fill in title and product, save, then ask your professor.",
        ),
    )


def asked_just_now(again_at: datetime) -> Refused:
    """A professor is not mailed again and again."""
    return refusal(
        "E-02",
        "asked_just_now",
        Text(ko="조금 전에 요청 메일을 보냈습니다.", en="The request was mailed a short while ago."),
        Text(
            ko="교수님께 직접 알리거나 몇 시간 뒤에 다시 보내십시오.",
            en="Tell your professor directly, or send it again some hours later.",
        ),
        again_at=again_at.isoformat(),
    )


def another_confirmed(number: str) -> Refused:
    """One set per professor: a second student would hold up both applications."""
    return refusal(
        "E-04",
        "another_confirmed",
        Text(
            ko="이미 다른 학생의 신청을 확인하셨습니다. 교수마다 서버 한 대입니다.",
            en="You have confirmed another student already; one server for each professor.",
        ),
        Text(
            ko="이 학생으로 바꾸려면 앞의 확인을 먼저 거두십시오.",
            en="To choose this student, take the other confirmation back first.",
        ),
        other=number,
    )


def no_reason() -> Refused:
    """The student is told why."""
    return refusal(
        "E-02",
        "decline_without_reason",
        Text(ko="사유가 비어 있습니다.", en="The reason is missing."),
        Text(ko="학생이 알 수 있게 한 줄 적어 주십시오.", en="Write a line for the student to read."),
    )

"""What is refused once a round's evaluation is closed, each with its clause and what mends it."""

from naru.domain.decision import Refused, refusal
from naru.domain.terms import Text


def still_open() -> Refused:
    """Before the closing a reviewer is replaced in the ordinary way."""
    return refusal(
        "R-03",
        "evaluation_still_open",
        Text(ko="이 차수의 평가는 아직 마감되지 않았습니다.", en="The round's evaluation is still open."),
        Text(ko="신청 화면에서 평가위원을 더하십시오.", en="Ask a reviewer on the application's page."),
    )


def not_vacated() -> Refused:
    """Nobody adds reviews once scores are known."""
    return refusal(
        "R-03",
        "seat_not_vacated",
        Text(
            ko="마감한 뒤에 빠진 평가만 다른 위원에게 맡길 수 있습니다.",
            en="Only a review taken out after the closing is given to another reviewer.",
        ),
        Text(
            ko="이해충돌이 있는 평가라면 먼저 이해충돌을 등록하십시오.",
            en="Where there is a conflict of interest, put it on record first.",
        ),
    )


def replaced_already() -> Refused:
    """One for one."""
    return refusal(
        "R-03",
        "replaced_already",
        Text(ko="이미 다른 위원에게 맡겼습니다.", en="Another reviewer has been asked already."),
        Text(ko="그 위원의 배정을 확인하십시오.", en="Look at that reviewer's seat."),
    )


def due_past() -> Refused:
    """A due instant lies ahead."""
    return refusal(
        "R-03",
        "due_past",
        Text(ko="기한이 이미 지난 시각입니다.", en="The due instant has passed."),
        Text(ko="지금보다 뒤의 시각을 적으십시오.", en="Give an instant after now."),
    )


def only_conflicts() -> Refused:
    """After the closing a review leaves for a conflict of interest, and for nothing else."""
    return refusal(
        "R-03",
        "only_conflicts_after_closing",
        Text(
            ko="마감한 뒤에는 이해충돌 말고 다른 사유로 평가를 뺄 수 없습니다.",
            en="After the closing a review is taken out for a conflict of interest only.",
        ),
        Text(
            ko="이해충돌이 있으면 '이해충돌 등록'에서 사유를 적으십시오.",
            en="Put the conflict on record with its reason.",
        ),
    )

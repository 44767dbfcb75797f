"""What is refused about objections to a reviewer (기피), with the reason and what mends it."""

from datetime import datetime

from naru.domain.decision import Refused, refusal
from naru.domain.terms import Text


def names_not_shown() -> Refused:
    """This call does not show the names of the pool."""
    return refusal(
        "R-03",
        "names_not_shown",
        Text(
            ko="이 공고는 평가위원단의 이름을 공개하지 않습니다.",
            en="This call does not show the names of the pool.",
        ),
        Text(
            ko="공고를 변경하지 않으면 공개할 수 없습니다.", en="Only an amendment of the call changes that."
        ),
    )


def nobody_to_show() -> Refused:
    """No reviewer is left to show."""
    return refusal(
        "R-03",
        "nobody_to_show",
        Text(ko="새로 공개할 평가위원이 없습니다.", en="No reviewer is left to show."),
        Text(ko="위원을 더 넣은 뒤 공개하십시오.", en="Add reviewers first."),
    )


def not_your_application() -> Refused:
    """An objection belongs to one's own submitted application."""
    return refusal(
        "R-03",
        "not_your_application",
        Text(
            ko="본인의 제출된 신청에서만 기피를 신청할 수 있습니다.",
            en="An objection belongs to one's own submitted application.",
        ),
        Text(ko="내 신청에서 여십시오.", en="Open it from your own application."),
    )


def not_shown_now() -> Refused:
    """No objection to this reviewer is possible now."""
    return refusal(
        "R-03",
        "not_shown_now",
        Text(
            ko="지금 기피를 신청할 수 있는 평가위원이 아닙니다.",
            en="No objection to this reviewer is possible now.",
        ),
        Text(
            ko="공개 기간 안에, 공개된 이름에 대해 신청하십시오.",
            en="Object to a name shown, while it is shown.",
        ),
    )


def objected_already() -> Refused:
    """You have objected to this reviewer already."""
    return refusal(
        "R-03",
        "objected_already",
        Text(ko="이미 기피를 신청한 평가위원입니다.", en="You have objected to this reviewer already."),
        Text(ko="운영기관의 결정을 기다려 주십시오.", en="Wait for the operator's decision."),
    )


def objection_decided() -> Refused:
    """The objection is decided already."""
    return refusal(
        "R-03",
        "objection_decided",
        Text(ko="이미 결정한 기피 신청입니다.", en="The objection is decided already."),
        Text(ko="결정과 사유를 확인하십시오.", en="Read the decision and its reason."),
    )


def names_still_shown(until: datetime) -> Refused:
    """Panels wait while applicants may object."""
    return refusal(
        "R-03",
        "names_still_shown",
        Text(
            ko="평가위원단을 공개하는 동안에는 배정하지 않습니다.",
            en="No panels while applicants may object to a reviewer.",
        ),
        Text(ko="기피 신청 기한이 지난 뒤 배정하십시오.", en="Assign after the objections' deadline."),
        until=until.isoformat(),
    )

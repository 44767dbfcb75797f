"""What the actions on organisations refuse, each with its clause, the reason and what would mend it."""

from datetime import datetime

from naru.domain.decision import Refused, refusal
from naru.domain.terms import Text

CLAUSE = "E-01"


def not_owner() -> Refused:
    """Owners keep the organisation's people and details."""
    return refusal(
        CLAUSE,
        "not_the_owner",
        Text(
            ko="이 기관의 대표 담당자만 할 수 있습니다.",
            en="Only an owner of the organisation may do this.",
        ),
        Text(ko="대표 담당자에게 부탁하십시오.", en="Ask an owner."),
    )


def last_owner() -> Refused:
    """An organisation is never without an owner."""
    return refusal(
        CLAUSE,
        "last_owner",
        Text(
            ko="대표 담당자가 한 명뿐이라 나갈 수 없습니다.",
            en="You are the only owner, so you cannot leave.",
        ),
        Text(
            ko="다른 담당자에게 대표를 넘긴 뒤 나가십시오. 담당자가 없으면 먼저 초대하십시오.",
            en="Hand ownership over to another member first; invite one if there is none.",
        ),
    )


def owner_stays() -> Refused:
    """An owner is not removed by another, but hands over."""
    return refusal(
        CLAUSE,
        "owner_removed",
        Text(ko="대표 담당자는 내보낼 수 없습니다.", en="An owner cannot be removed."),
        Text(ko="대표를 넘긴 뒤 나가게 하십시오.", en="Let the owner hand over and leave."),
    )


def member_already() -> Refused:
    """Nobody belongs twice."""
    return refusal(
        CLAUSE,
        "member_already",
        Text(ko="이미 이 기관의 담당자입니다.", en="This person acts for the organisation already."),
        Text(ko="따로 하실 일이 없습니다.", en="There is nothing to do."),
    )


def invited_already(until: datetime) -> Refused:
    """One invitation per address at a time."""
    return refusal(
        CLAUSE,
        "invited_already",
        Text(ko="이 주소로 보낸 초대가 아직 유효합니다.", en="An invitation to this address is still good."),
        Text(ko="목록에서 다시 보내거나 거두십시오.", en="Send it again or revoke it in the list."),
        until=until.isoformat(),
    )


def invitation_spent() -> Refused:
    """Used, revoked, expired or never sent: all the same from outside."""
    return refusal(
        CLAUSE,
        "invitation_not_valid",
        Text(
            ko="쓸 수 없는 초대입니다. 기한이 지났거나 거두었거나 이미 썼습니다.",
            en="This invitation cannot be used: expired, revoked or used already.",
        ),
        Text(
            ko="초대한 사람에게 다시 보내 달라고 하십시오.",
            en="Ask the person who invited you to send it again.",
        ),
    )


def other_address() -> Refused:
    """The invitation is for a confirmed address."""
    return refusal(
        CLAUSE,
        "invitation_for_another_address",
        Text(
            ko="초대받은 이메일과 로그인한 이메일이 다르거나 아직 확인되지 않았습니다.",
            en="You are not logged in with the address that was invited, or it is not confirmed.",
        ),
        Text(
            ko="초대받은 이메일의 계정으로 로그인하고 이메일을 확인하십시오.",
            en="Log in with the account of that address and confirm the address.",
        ),
    )


def asked_already() -> Refused:
    """One request at a time."""
    return refusal(
        CLAUSE,
        "joining_asked_already",
        Text(ko="이미 요청하고 답을 기다리는 중입니다.", en="You have asked and are waiting for an answer."),
        Text(ko="대표 담당자에게 직접 연락해 보십시오.", en="Get in touch with the owner directly."),
    )


def number_unknown() -> Refused:
    """Only an organisation that is entered can be joined."""
    return refusal(
        CLAUSE,
        "number_not_entered",
        Text(ko="등록되지 않은 사업자등록번호입니다.", en="No company with this number is entered."),
        Text(ko="기업을 새로 등록하십시오.", en="Enter the company yourself."),
    )


def answered_already() -> Refused:
    """A request is answered once."""
    return refusal(
        CLAUSE,
        "joining_answered",
        Text(ko="이미 답한 요청입니다.", en="This request has been answered."),
        Text(ko="담당자 목록을 확인하십시오.", en="Look at the list of members."),
    )

"""Why an act on an award is refused: findings with clause, reason and what would mend it."""

from naru.domain.decision import Refused, refusal
from naru.domain.terms import Text


def matching_not_confirmed() -> Refused:
    """Awards are opened from a confirmed matching only."""
    return refusal(
        "R-07",
        "matching_not_confirmed",
        Text(ko="아직 확정하지 않은 배정입니다.", en="The matching is not confirmed yet."),
        Text(ko="배정을 먼저 확정하십시오.", en="Confirm the matching first."),
    )


def nothing_to_open() -> Refused:
    """Every match of the run has its award already."""
    return refusal(
        "R-07",
        "awards_open_already",
        Text(
            ko="이 배정의 수혜 건은 모두 열려 있습니다.", en="Every award of this matching is open already."
        ),
        Text(ko="할당 현황에서 확인하십시오.", en="See the allocation board."),
    )


def wrong_state(state: str, wanted: str) -> Refused:
    """The award or server is not where the act begins; both are codes of its states."""
    return refusal(
        "L-01",
        "wrong_state",
        Text(
            ko=f"지금 상태({state})에서는 할 수 없습니다.",
            en=f"This cannot be done in the present state ({state}).",
        ),
        Text(ko=f"필요한 상태: {wanted}", en=f"State needed: {wanted}"),
        state=state,
        wanted=wanted,
    )


def signed_already() -> Refused:
    """The agreement has this signature."""
    return refusal(
        "L-01",
        "signed_already",
        Text(ko="이미 서명한 협약입니다.", en="The agreement has this signature already."),
        Text(ko="다음 절차로 넘어가십시오.", en="Go on to the next step."),
    )


def not_signed() -> Refused:
    """The awardee's signature comes first."""
    return refusal(
        "L-01",
        "agreement_not_signed",
        Text(
            ko="이용자가 아직 협약에 서명하지 않았습니다.", en="The awardee has not signed the agreement yet."
        ),
        Text(ko="이용자의 서명을 기다리십시오.", en="Wait for the awardee's signature."),
    )


def own_signature() -> Refused:
    """One person cannot sign for both sides."""
    return refusal(
        "L-01",
        "same_person_signs",
        Text(
            ko="이용자로 서명한 사람은 운영기관으로 서명할 수 없습니다.",
            en="One person cannot sign for both sides.",
        ),
        Text(ko="운영기관의 다른 담당자가 서명하십시오.", en="Let another operator countersign."),
    )


def not_countersigned() -> Refused:
    """A server is ordered once both sides have signed."""
    return refusal(
        "L-01",
        "agreement_not_concluded",
        Text(ko="협약이 아직 체결되지 않았습니다.", en="The agreement is not concluded yet."),
        Text(ko="이용자와 운영기관이 모두 서명해야 합니다.", en="Both sides must sign first."),
    )


def reason_missing() -> Refused:
    """A withdrawal says why."""
    return refusal(
        "L-03",
        "reason_missing",
        Text(ko="중도포기 사유가 비어 있습니다.", en="The reason for the withdrawal is empty."),
        Text(ko="사유를 적어 주십시오.", en="Write the reason."),
    )


def no_place(number: str) -> Refused:
    """Who has been given no server has nothing to give up."""
    return refusal(
        "L-03",
        "no_place",
        Text(
            ko="배정받은 서버가 없어 포기할 것이 없습니다.",
            en="No server has been given, so there is nothing to give up.",
        ),
        Text(
            ko="선정 결과와 배정을 상태 화면에서 확인하십시오. 할당이 열렸으면 그 화면에서 포기합니다.",
            en="See the result and the matching on the status page; an open award is given up there.",
        ),
        number=number,
    )


def month_not_begun(month: str) -> Refused:
    """A month is entered once it has begun."""
    return refusal(
        "L-05",
        "month_not_begun",
        Text(ko=f"{month}은 아직 시작하지 않았습니다.", en=f"{month} has not begun yet."),
        Text(ko="그 달이 시작된 뒤에 기록하십시오.", en="Record it once the month has begun."),
        month=month,
    )


def month_recorded(month: str) -> Refused:
    """Nothing is left to enter for the month."""
    return refusal(
        "L-05",
        "month_recorded",
        Text(
            ko=f"{month}에 새로 기록할 이용이 없습니다.", en=f"There is nothing left to record for {month}."
        ),
        Text(ko="예산 현황에서 확인하십시오.", en="See the budget page."),
        month=month,
    )


def support_not_over(ends: str) -> Refused:
    """The call closes after its support ended or when the budget is spent."""
    return refusal(
        "L-05",
        "support_not_over",
        Text(ko=f"지원 기간이 아직 남아 있습니다({ends}까지).", en=f"The support lasts until {ends}."),
        Text(
            ko="지원이 끝난 다음 날부터, 또는 예산이 다했을 때 마감할 수 있습니다.",
            en="Close the call from the day after, or once the budget is spent.",
        ),
        ends=ends,
    )


def call_closed() -> Refused:
    """The call ended before."""
    return refusal(
        "L-05",
        "call_closed",
        Text(ko="이미 마감한 사업입니다.", en="The call is closed already."),
        Text(ko="회수 결과는 할당 현황에 있습니다.", en="The returns stand on the allocation board."),
    )


def min_months(months: int, needed: int) -> Refused:
    """Too little time is left for a refill."""
    return refusal(
        "L-03",
        "too_late_to_refill",
        Text(
            ko=f"남은 이용 기간이 {months}개월이라 충원하지 않습니다.",
            en=f"Only {months} whole month(s) of use are left, so nobody is admitted.",
        ),
        Text(
            ko=f"충원에는 {needed}개월 이상이 남아야 합니다.", en=f"A refill needs {needed} months or more."
        ),
        months=str(months),
        needed=str(needed),
    )


def nobody_waits() -> Refused:
    """Every waiting list is empty."""
    return refusal(
        "L-03",
        "nobody_waits",
        Text(ko="어느 상품에도 대기자가 없습니다.", en="Nobody waits for any product."),
        Text(
            ko="대기자가 생기면 대기자와 충원 화면에 나타납니다.",
            en="Whoever comes to wait appears on the page of the waiting list.",
        ),
    )


def plan_changed() -> Refused:
    """What was previewed is not what would be decided now."""
    return refusal(
        "L-03",
        "plan_changed",
        Text(
            ko="미리 본 뒤에 자리, 예산 또는 대기자가 바뀌어 실행하지 않았습니다.",
            en="Places, budget or waiting list changed since the preview, so nothing was done.",
        ),
        Text(ko="새 결과를 확인하고 다시 실행하십시오.", en="Look at the new preview and run it again."),
    )


def offer_answered(answer: str) -> Refused:
    """An offer is answered once."""
    return refusal(
        "L-03",
        "offer_answered",
        Text(ko="이미 답한 충원 제안입니다.", en="This offer has been answered already."),
        Text(ko="상태 화면에서 다음 절차를 확인해 주세요.", en="See what comes next on the status page."),
        answer=answer,
    )


def offer_lapsed(until: str) -> Refused:
    """An offer ends at its instant, whoever looks."""
    return refusal(
        "L-03",
        "offer_lapsed",
        Text(
            ko=f"답할 기한({until})이 지나 제안이 끝났습니다.",
            en=f"The offer ended at {until} without an answer.",
        ),
        Text(
            ko="자리는 다음 대기자에게 넘어갑니다. 불이익은 없습니다. 사정이 있었다면 문의처에 알려 주세요.",
            en="The place goes to the next in line. Nothing is held against you; tell the contact desk why.",
        ),
        until=until,
    )


def address_missing() -> Refused:
    """A delivered server can be reached."""
    return refusal(
        "L-01",
        "address_missing",
        Text(ko="접속 주소가 비어 있습니다.", en="The address is empty."),
        Text(ko="이용자가 접속할 주소를 적어 주십시오.", en="Write how the awardee reaches the server."),
    )

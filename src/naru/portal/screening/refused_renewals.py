"""What renewing a certificate refuses, with its clause and what would mend it (E-05)."""

from collections.abc import Iterable
from datetime import date

from naru.domain.decision import Refused, refusal
from naru.domain.terms import Text


def still_lapses(needed_by: date) -> Refused:
    """The certificate held does not reach the allocation."""
    return refusal(
        "E-05",
        "renewal_lapses",
        Text(
            ko=f"올리신 서류는 {needed_by}에 유효하지 않거나 유효기간을 알 수 없습니다.",
            en=f"The certificate is not valid on {needed_by}, or its validity cannot be told.",
        ),
        Text(
            ko="새로 받은 확인서를 유효기간과 함께 올려 주십시오.",
            en="Upload the renewed certificate and enter its period of validity.",
        ),
        needed_by=needed_by.isoformat(),
    )


def settled_already() -> Refused:
    """Renewed or waived before."""
    return refusal(
        "E-05",
        "renewal_settled",
        Text(ko="이미 끝난 갱신입니다.", en="The renewal is settled already."),
        Text(ko="목록을 다시 여십시오.", en="Open the list again."),
    )


def reason_missing() -> Refused:
    """A waiver says why."""
    return refusal(
        "E-05",
        "waiver_reason_missing",
        Text(ko="면제 사유가 비어 있습니다.", en="The reason of the waiver is missing."),
        Text(ko="왜 갱신 없이 진행하는지 적으십시오.", en="Say why it may go on without the renewal."),
    )


def outstanding(documents: Iterable[str]) -> Refused:
    """No server is ordered while a certificate has to be renewed."""
    return refusal(
        "E-05",
        "renewal_outstanding",
        Text(
            ko="갱신해야 할 확인서가 남아 있어 서버를 주문할 수 없습니다.",
            en="A certificate still has to be renewed, so no server is ordered.",
        ),
        Text(
            ko="이용자의 갱신을 기다리거나, 갱신 목록에서 사유를 적고 면제하십시오.",
            en="Wait for the renewal, or waive it with a reason in the list of renewals.",
        ),
        documents=", ".join(documents),
    )

"""What screening and technical review refuse, each with its clause, the reason and what mends it."""

from collections.abc import Iterable
from datetime import datetime

from naru.domain.decision import Refused, refusal
from naru.domain.terms import Text


def not_submitted(state: str) -> Refused:
    """Only an application in hand is screened."""
    return refusal(
        "R-01",
        "not_submitted",
        Text(
            ko="제출된 신청만 심사할 수 있습니다.",
            en="Only a submitted application is screened.",
        ),
        Text(ko="신청자가 제출한 뒤에 다시 하십시오.", en="Wait until the applicant has submitted it."),
        state=state,
    )


def intake_open(closes_at: datetime) -> Refused:
    """The register and the certificates are judged as of the closing date."""
    return refusal(
        "R-01",
        "intake_open",
        Text(ko="접수가 끝나지 않아 심사할 수 없습니다.", en="Intake is still open, so nothing is screened."),
        Text(ko="접수마감 뒤에 다시 하십시오.", en="Screen after the closing instant."),
        closes_at=closes_at.isoformat(),
    )


def screening_begun(round_id: str) -> Refused:
    """Who was screened as of one close is not measured against another."""
    return refusal(
        "C-07",
        "screening_begun",
        Text(
            ko="이 차수의 서류심사를 시작해 끝난 접수를 다시 열 수 없습니다.",
            en="Screening of this round has begun, so its closed intake does not open again.",
        ),
        Text(
            ko="한 건이면 그 신청에 마감 후 접수 예외를 주고, "
            "더 받으려면 변경 공고로 추가모집 차수를 두십시오.",
            en="For one application grant a late exception; to take more, add a round by an amendment.",
        ),
        round=round_id,
    )


def decided_already(decision: str) -> Refused:
    """Findings under a decision stay as they were when it was taken."""
    return refusal(
        "R-01",
        "decided_already",
        Text(ko="이미 결정한 심사입니다.", en="The screening is decided already."),
        Text(
            ko="결정을 바꾸려면 심사 화면에서 사유를 적고 다시 결정하십시오.",
            en="To change the decision, decide again on the screening's page, with a reason.",
        ),
        decision=decision,
    )


def no_such_decision(decision: str) -> Refused:
    """A person decides eligible or ineligible; the rest follows from other acts."""
    return refusal(
        "R-01",
        "no_such_decision",
        Text(ko="적격과 부적격 가운데에서 결정합니다.", en="A screening ends as eligible or ineligible."),
        Text(ko="둘 중 하나를 고르십시오.", en="Choose one of the two."),
        decision=decision,
    )


def reason_missing(proposed: str, decision: str) -> Refused:
    """A decision the rules did not propose says why."""
    return refusal(
        "R-01",
        "reason_missing",
        Text(
            ko="규칙의 판단과 다르거나 사람이 판단한 결정에는 사유가 있어야 합니다.",
            en="A decision that the rules did not propose needs a reason.",
        ),
        Text(ko="근거와 조항을 한 줄로 적으십시오.", en="Write one line with the ground and its clause."),
        proposed=proposed,
        decision=decision,
    )


def finding_gone() -> Refused:
    """A ruling is about a finding the person has seen as it is now."""
    return refusal(
        "R-01",
        "finding_gone",
        Text(
            ko="그 사이에 다시 판단해 그 판단이 바뀌었습니다.",
            en="The application was judged anew meanwhile, and that finding has changed.",
        ),
        Text(ko="새 판단을 읽고 다시 정하십시오.", en="Read the finding as it is now, and rule on it again."),
    )


def correction_open(item: str, due_at: datetime) -> Refused:
    """Nobody is excluded while there is still time to mend."""
    return refusal(
        "E-11",
        "correction_open",
        Text(ko="보완 기한이 남아 있습니다.", en="The time to correct is not over."),
        Text(ko="답변을 받거나 기한이 지난 뒤에 결정하십시오.", en="Decide once it is answered or due."),
        item=item,
        due_at=due_at.isoformat(),
    )


def correction_asked(item: str) -> Refused:
    """One open request per item."""
    return refusal(
        "R-01",
        "correction_asked",
        Text(ko="같은 항목의 보완요청이 열려 있습니다.", en="The item has an open correction request."),
        Text(ko="답변을 기다리거나 다른 항목으로 요청하십시오.", en="Wait for its answer."),
        item=item,
    )


def correction_reason_missing() -> Refused:
    """More time, and a request taken back, are told the applicant with a reason."""
    return refusal(
        "R-01",
        "correction_reason_missing",
        Text(ko="사유가 비어 있습니다.", en="The reason is empty."),
        Text(
            ko="기한을 늘리거나 요청을 취소하는 까닭을 적으십시오. 신청자에게 메일로 알립니다.",
            en="Say why there is more time, or why the request is taken back; the applicant is mailed it.",
        ),
    )


def correction_empty() -> Refused:
    """A request and an answer both say something."""
    return refusal(
        "R-01",
        "correction_empty",
        Text(ko="내용이 비어 있습니다.", en="The text is empty."),
        Text(ko="무엇을 어떻게 보완하는지 적으십시오.", en="Say what is mended, and how."),
    )


def due_in_the_past(due_at: datetime) -> Refused:
    """A correction request leaves time."""
    return refusal(
        "R-01",
        "due_in_the_past",
        Text(ko="기한이 이미 지난 시각입니다.", en="The due date is in the past."),
        Text(ko="지금보다 뒤의 시각을 고르십시오.", en="Choose a later instant."),
        due_at=due_at.isoformat(),
    )


def correction_late(due_at: datetime) -> Refused:
    """The due instant itself is too late, as at the close of intake."""
    return refusal(
        "E-11",
        "correction_late",
        Text(ko="보완 기한이 지났습니다.", en="The time to correct is over."),
        Text(ko="문의처에 사정을 알려 주십시오.", en="Tell the contact desk about your situation."),
        due_at=due_at.isoformat(),
    )


def correction_answered() -> Refused:
    """One answer per request."""
    return refusal(
        "R-01",
        "correction_answered",
        Text(ko="이미 답변한 요청입니다.", en="The request has been answered."),
        Text(ko="더 보낼 것이 있으면 문의처에 알려 주십시오.", en="Tell the contact desk if there is more."),
    )


def no_duplicates(unit: str) -> Refused:
    """Nothing to resolve."""
    return refusal(
        "E-04",
        "no_duplicates",
        Text(ko="이 단위에는 중복신청이 없습니다.", en="The unit has no duplicate applications."),
        Text(ko="중복신청 목록을 다시 여십시오.", en="Open the list of duplicates again."),
        unit=unit,
    )


def kept_not_of_unit(number: str, numbers: Iterable[str]) -> Refused:
    """The one that stays is one of the group."""
    return refusal(
        "E-04",
        "kept_not_of_unit",
        Text(ko="남길 신청이 이 묶음에 없습니다.", en="The application to keep is not of this group."),
        Text(ko="묶음 가운데 하나를 고르십시오.", en="Choose one of the group."),
        kept=number,
        group=", ".join(numbers),
    )


def duplicate_reason_missing() -> Refused:
    """An exclusion always says why."""
    return refusal(
        "E-04",
        "reason_missing",
        Text(ko="중복신청을 정리한 사유가 없습니다.", en="The resolution gives no reason."),
        Text(ko="어떤 기준으로 남겼는지 적으십시오.", en="Say by what measure the one was kept."),
    )


def no_vendor() -> Refused:
    """Technical review needs somebody to ask."""
    return refusal(
        "R-02",
        "no_vendor",
        Text(ko="새로 요청할 반도체사가 없습니다.", en="There is no vendor left to ask."),
        Text(ko="반도체사를 등록하거나 다른 회사를 고르십시오.", en="Enter a vendor, or choose another one."),
    )


def answered_already(verdict: str) -> Refused:
    """An answer stands; others rely on it."""
    return refusal(
        "R-02",
        "answered_already",
        Text(ko="이미 답변한 검토입니다.", en="The review has been answered."),
        Text(ko="고칠 것이 있으면 운영기관에 알려 주십시오.", en="Tell the operator if it has to change."),
        verdict=verdict,
    )


def vendors_not_unanimous(standing: str) -> Refused:
    """A person decides only where every vendor asked has said no."""
    return refusal(
        "R-02",
        "vendors_not_unanimous",
        Text(
            ko="모든 반도체사가 지원 불가로 답한 신청만 결정합니다.",
            en="This decision is only for models that every vendor asked has refused.",
        ),
        Text(ko="남은 답변을 기다리십시오.", en="Wait for the answers that are due."),
        standing=standing,
    )


def technical_reason_missing() -> Refused:
    """The call says "may", so the person says why."""
    return refusal(
        "A-05",
        "reason_missing",
        Text(ko="결정의 사유가 없습니다.", en="The decision gives no reason."),
        Text(ko="왜 제외하거나 진행하는지 적으십시오.", en="Say why it is excluded or goes on."),
    )


def operator_only(clause: str) -> Refused:
    """Screening is the operator's act, whatever page it was pressed on."""
    return refusal(
        clause,
        "operator_only",
        Text(ko="운영기관만 할 수 있습니다.", en="Only an operator may do this."),
        Text(ko="운영기관 역할이 있는 계정으로 로그인하십시오.", en="Log in as an operator."),
    )


def not_of_vendor() -> Refused:
    """A vendor's own people answer for it."""
    return refusal(
        "R-02",
        "not_of_vendor",
        Text(
            ko="그 반도체사의 담당자만 답할 수 있습니다.",
            en="Only the vendor's own people answer for it.",
        ),
        Text(ko="담당자로 등록된 계정으로 로그인하십시오.", en="Log in as one of its people."),
    )


def review_dropped() -> Refused:
    """A withdrawn application asks nobody anything."""
    return refusal(
        "R-02",
        "review_dropped",
        Text(
            ko="철회된 신청이라 답하지 않아도 됩니다.",
            en="The application was withdrawn; no answer is needed.",
        ),
        Text(ko="목록을 다시 여십시오.", en="Open the list again."),
    )


def no_reviews_chosen() -> Refused:
    """Answering several needs some, of one call."""
    return refusal(
        "R-02",
        "no_reviews_chosen",
        Text(
            ko="고른 검토가 없거나 여러 공고에 걸쳐 있습니다.", en="No review is chosen, or of several calls."
        ),
        Text(ko="한 공고의 검토를 하나 이상 고르십시오.", en="Choose one or more of one call."),
    )


def answer_not_due() -> Refused:
    """Silence is noted only after the due instant."""
    return refusal(
        "R-02",
        "answer_not_due",
        Text(ko="기한이 지난 답변이 없습니다.", en="No answer is overdue."),
        Text(ko="기한이 지난 뒤에 다시 하십시오.", en="Wait until one is."),
    )


def narrow_by_editing() -> Refused:
    """Before the close the form itself is changed."""
    return refusal(
        "A-05",
        "narrow_by_editing",
        Text(
            ko="접수 중에는 신청서를 고쳐 제출할 수 있습니다.", en="During intake the form itself is changed."
        ),
        Text(
            ko="신청을 철회하고 모델을 고친 뒤 다시 제출하십시오.",
            en="Withdraw, change the models and submit again.",
        ),
    )


def too_late_to_narrow() -> Refused:
    """Once the selection is settled its models are too."""
    return refusal(
        "A-05",
        "too_late_to_narrow",
        Text(
            ko="선정이 확정되어 모델을 좁힐 수 없습니다.", en="The selection is settled, and its models too."
        ),
        Text(
            ko="이용 중에 바꿀 것이 있으면 문의처에 알려 주십시오.",
            en="Tell the contact desk what changes during use.",
        ),
    )


def not_narrower(names: Iterable[str]) -> Refused:
    """Narrowing keeps some of the models and gives up others; it never adds one."""
    return refusal(
        "A-05",
        "not_narrower",
        Text(ko="신청한 모델 가운데 일부를 남겨야 합니다.", en="Some of the models applied for are kept."),
        Text(
            ko="하나 이상 남기고 하나 이상 빼십시오. 새 모델은 넣을 수 없습니다.",
            en="Keep at least one and give up at least one; none can be added.",
        ),
        models=", ".join(names),
    )


def narrowing_reason_missing() -> Refused:
    """Narrowing is recorded with its reason."""
    return refusal(
        "A-05",
        "narrowing_reason_missing",
        Text(ko="모델을 빼는 까닭이 비어 있습니다.", en="The reason is empty."),
        Text(
            ko="과제를 어떻게 그대로 할 수 있는지 적으십시오.", en="Say how the project goes on without them."
        ),
    )

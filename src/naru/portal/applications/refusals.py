"""What applying refuses, each with its clause, the reason and what would mend it."""

from datetime import datetime

from naru.domain.decision import Finding, Refused, refusal
from naru.domain.terms import Text


def not_open(opens_at: datetime, closed_at: datetime | None, at: datetime) -> Refused:
    """Intake has not begun, or is over; the closing instant itself is too late (A-03)."""
    if at < opens_at:
        return refusal(
            "A-03",
            "intake_not_open",
            Text(ko="아직 접수가 시작되지 않았습니다.", en="Intake has not opened yet."),
            Text(ko="접수가 시작된 뒤에 다시 오십시오.", en="Come back when it has."),
            opens_at=opens_at.isoformat(),
            at=at.isoformat(),
        )
    return refusal(
        "A-03",
        "intake_closed",
        Text(ko="접수가 마감되었습니다.", en="Intake is closed."),
        Text(
            ko="마감 뒤에는 받지 않습니다. 추가모집이 나면 공고 화면에 알립니다.",
            en="Nothing is accepted after the close; another round would be announced on the call's page.",
        ),
        closed_at=closed_at.isoformat() if closed_at else "",
        at=at.isoformat(),
    )


def wrong_role(unit: str) -> Refused:
    """The role does not fit the kind of applicant."""
    if unit == "company":
        return refusal(
            "E-01",
            "role_not_of_sector",
            Text(ko="기업 신청은 기업의 담당자가 합니다.", en="A company applies through its own person."),
            Text(ko="신청자 구분에서 기업을 고르십시오.", en="Choose company as who applies."),
        )
    return refusal(
        "E-02",
        "professor_missing",
        Text(
            ko="대학·병원 신청에는 교수 한 사람이 있어야 합니다.",
            en="An application of a university or hospital names one professor.",
        ),
        Text(
            ko="재직자는 본인을, 학생은 지도교수를 골라 주십시오.",
            en="Staff choose themselves, students their supervising professor.",
        ),
    )


def already_applying(application_id: int) -> Refused:
    """This person has a live application for the same unit."""
    return refusal(
        "E-04",
        "application_already_live",
        Text(
            ko="같은 기업·교수의 신청을 이미 작성하고 있습니다.",
            en="You have a live application for this unit already.",
        ),
        Text(ko="그 신청을 이어서 쓰거나 철회하십시오.", en="Continue that one, or withdraw it first."),
        application=application_id,
    )


def not_editable(state: str) -> Refused:
    """A submitted application is withdrawn before it is changed."""
    return refusal(
        "A-03",
        "application_submitted",
        Text(ko="이미 제출한 신청입니다.", en="The application has been submitted."),
        Text(
            ko="접수 마감 전이면 철회한 뒤 고쳐 다시 제출할 수 있습니다.",
            en="Until the close you may withdraw it, change it and submit it again.",
        ),
        state=state,
    )


def incomplete(missing: tuple[Finding, ...]) -> Refused:
    """Something needed for submission is not there; the first one is named, the page lists them all."""
    first = missing[0]
    return refusal(
        first.clause,
        "application_incomplete",
        Text(
            ko=f"아직 제출할 수 없습니다. 꼭 필요한 {len(missing)}가지가 빠져 있습니다. {first.reason.ko}",
            en=f"It cannot be submitted yet: {len(missing)} needed items are missing. {first.reason.en}",
        ),
        Text(
            ko="아래에 적힌 빠진 항목을 모두 채운 뒤 다시 제출하십시오.",
            en="Fill in every item listed below, then submit again.",
        ),
    )


def changed_since_shown(items: tuple[str, ...]) -> Refused:
    """Somebody saved the draft after the page was opened: nobody hands in what they have not seen."""
    return refusal(
        "A-03",
        "draft_changed",
        Text(
            ko="이 화면을 연 뒤에 신청서가 바뀌었습니다. 아직 제출되지 않았습니다.",
            en="The draft has changed since this page was opened. Nothing has been submitted.",
        ),
        Text(
            ko="아래에 표시한 바뀐 내용을 확인하고 '제출하기'를 다시 누르십시오.",
            en="Look at what changed, marked below, and press submit again.",
        ),
        items=len(items),
    )


def reason_missing() -> Refused:
    """A withdrawal says why."""
    return refusal(
        "L-03",
        "withdrawal_without_reason",
        Text(ko="철회 사유가 비어 있습니다.", en="The withdrawal gives no reason."),
        Text(ko="사유를 한 줄 적어 주십시오.", en="Write one line."),
    )


def nothing_to_withdraw(state: str) -> Refused:
    """Only what was handed in is withdrawn: neither a draft nor one withdrawn before."""
    if state == "draft":
        reason = Text(ko="아직 제출하지 않은 신청입니다.", en="The application has not been submitted.")
        mend = Text(ko="거두어들일 것이 없습니다.", en="There is nothing to take back.")
    else:
        reason = Text(ko="이미 철회한 신청입니다.", en="The application has been withdrawn already.")
        mend = Text(
            ko="접수 마감 전이면 고쳐 다시 제출할 수 있습니다.",
            en="Until the close it may be submitted again.",
        )
    return refusal("L-03", "nothing_to_withdraw", reason, mend, state=state)


def nothing_to_confirm() -> Refused:
    """Only a student's live application is confirmed, and only by the professor it names."""
    return refusal(
        "E-02",
        "nothing_to_confirm",
        Text(
            ko="본인이 지도교수로 적힌 학생의 신청만 확인할 수 있습니다.",
            en="Only the professor named in a student's application confirms it.",
        ),
        Text(
            ko="학생에게 교수 정보를 확인하게 하십시오.", en="Ask the student to check the professor named."
        ),
    )


def unknown_document(code: str) -> Refused:
    """The call asks for no such document."""
    return refusal(
        "A-02",
        "document_unknown",
        Text(ko="이 공고가 요구하지 않는 서류입니다.", en="The call asks for no such document."),
        Text(ko="제출 서류 목록에서 고르십시오.", en="Choose one from the list of documents."),
        document=code,
    )


def correction_over(due_at: datetime) -> Refused:
    """A correction request takes documents until it is due, and only for a submitted application."""
    return refusal(
        "E-11",
        "correction_over",
        Text(ko="보완할 수 있는 기간이 아닙니다.", en="The time to correct is over."),
        Text(ko="문의처에 알려 주십시오.", en="Write to the contact desk."),
        due_at=due_at.isoformat(),
    )


def already_confirmed(confirmed_at: datetime | None) -> Refused:
    """Confirmed once is enough."""
    return refusal(
        "E-02",
        "already_confirmed",
        Text(ko="이미 확인한 신청입니다.", en="The application is confirmed already."),
        Text(ko="더 할 일이 없습니다.", en="Nothing more is needed."),
        confirmed_at=confirmed_at.isoformat() if confirmed_at else "",
    )


def settled(settled_at: datetime) -> Refused:
    """Once the selection is confirmed an application is not taken back any more: the award is given up."""
    return refusal(
        "L-03",
        "selection_confirmed",
        Text(
            ko="선정이 확정되어 신청을 철회할 수 없습니다.",
            en="The selection is confirmed, so the application cannot be taken back.",
        ),
        Text(
            ko="서버를 배정받았으면 상태 화면의 중도포기에서 포기하고, 아니면 그대로 두시면 됩니다.",
            en="Who has been given a server gives it up by way of the status page; others do nothing.",
        ),
        settled_at=settled_at.isoformat(),
    )


def not_yours(role: str) -> Refused:
    """Only who applies works on the application."""
    if role == "company":
        return refusal(
            "E-01",
            "not_your_application",
            Text(
                ko="이 기업의 담당자만 할 수 있습니다.",
                en="Only people who act for this company may do that.",
            ),
            Text(
                ko="기업의 대표 담당자에게 담당자로 등록해 달라고 하십시오.",
                en="Ask the company's owner in naru to enter you as its person.",
            ),
        )
    return refusal(
        "E-02",
        "not_your_application",
        Text(ko="신청한 사람만 할 수 있습니다.", en="Only the person who applies may do that."),
        Text(ko="신청한 사람의 계정으로 로그인하십시오.", en="Log in with the account that applied."),
    )


def not_of_the_company(name: str) -> Refused:
    """A company's application is started by its own person."""
    return refusal(
        "E-01",
        "not_of_the_company",
        Text(ko="담당자로 등록되지 않은 기업입니다.", en="You do not act for this company."),
        Text(
            ko="기업을 등록하거나, 등록한 사람에게 담당자로 넣어 달라고 하십시오.",
            en="Enter the company, or ask whoever entered it to add you.",
        ),
        organisation=name,
    )


def not_the_professor(name: str) -> Refused:
    """Staff apply as the professor they are."""
    return refusal(
        "E-02",
        "not_the_professor",
        Text(ko="재직자는 본인 이름으로만 신청합니다.", en="Staff apply in their own name only."),
        Text(
            ko="교수 정보에 본인의 계정 이메일을 적으십시오. 학생이면 신청자 구분을 학생으로 바꾸십시오.",
            en="Enter your account's e-mail as the professor's; a student chooses student as who applies.",
        ),
        professor=name,
    )


def own_professor(name: str) -> Refused:
    """A student's application rests on somebody else's word."""
    return refusal(
        "E-02",
        "own_professor",
        Text(ko="학생은 자신을 지도교수로 적을 수 없습니다.", en="A student is not the own supervisor."),
        Text(
            ko="지도교수의 이메일을 적으십시오. 교수라면 신청자 구분을 재직자로 바꾸십시오.",
            en="Enter the supervisor's e-mail; a professor chooses staff as who applies.",
        ),
        professor=name,
    )


def professor_elsewhere(name: str) -> Refused:
    """The professor belongs to the institution applied for."""
    return refusal(
        "E-02",
        "professor_elsewhere",
        Text(ko="다른 기관의 교수입니다.", en="The professor belongs to another institution."),
        Text(ko="기관과 교수를 다시 고르십시오.", en="Choose institution and professor again."),
        professor=name,
    )


def export_not_yours() -> Refused:
    """Only the operator takes a status sheet out."""
    return refusal(
        "A-01",
        "export_not_yours",
        Text(ko="신청현황표는 운영기관만 내려받습니다.", en="Only the operator takes the status sheet out."),
        Text(ko="운영기관에 요청하십시오.", en="Ask the operator for it."),
    )


def export_without_reason() -> Refused:
    """Taking personal data out of the portal says why."""
    return refusal(
        "A-01",
        "export_without_reason",
        Text(ko="내려받는 이유가 비어 있습니다.", en="The reason for the export is missing."),
        Text(ko="무엇에 쓰는지 한 줄 적어 주십시오.", en="Write in a line what it is for."),
    )


def no_consent_to_withdraw(code: str) -> Refused:
    """Only a consent that stands is withdrawn."""
    return refusal(
        "A-01",
        "no_consent_to_withdraw",
        Text(ko="철회할 동의가 없습니다.", en="There is no consent to withdraw."),
        Text(ko="이미 철회했거나 동의한 적이 없습니다.", en="It is withdrawn already, or was never given."),
        consent=code,
    )


def details_submitted(number: str) -> Refused:
    """A company's details stand as they were submitted."""
    return refusal(
        "A-03",
        "details_submitted",
        Text(
            ko=f"제출한 신청({number})이 있어 기관 정보를 고칠 수 없습니다.",
            en=f"The details are held by a submitted application ({number}).",
        ),
        Text(
            ko="접수 중이면 철회하고 고친 뒤 다시 제출하십시오. 마감 뒤에는 문의하십시오.",
            en="During intake withdraw it, change them and submit again. After the close, ask the desk.",
        ),
        number=number,
    )


def exception_without_reason() -> Refused:
    """A late exception says why."""
    return refusal(
        "A-03",
        "exception_without_reason",
        Text(ko="예외의 사유가 비어 있습니다.", en="The exception gives no reason."),
        Text(
            ko="신청자의 책임이 아닌 사유를 적으십시오.", en="Write the cause that was not the applicant's."
        ),
    )


def exception_over(until: datetime) -> Refused:
    """A late exception holds for a time to come, and is confirmed once."""
    return refusal(
        "A-03",
        "exception_over",
        Text(ko="이미 지났거나 끝난 예외입니다.", en="The exception is over, or confirmed already."),
        Text(ko="앞으로의 시각으로 예외를 새로 요청하십시오.", en="Grant a new one with a time to come."),
        until=until.isoformat(),
    )


def nothing_to_except(state: str) -> Refused:
    """What is submitted needs no exception."""
    return refusal(
        "A-03",
        "nothing_to_except",
        Text(ko="이미 제출된 신청입니다.", en="The application is submitted."),
        Text(ko="예외는 제출되지 않은 신청에만 둡니다.", en="An exception is for one that is not."),
        state=state,
    )


def exception_needs_another() -> Refused:
    """Two persons stand by an exception."""
    return refusal(
        "A-03",
        "exception_needs_another",
        Text(
            ko="예외를 요청한 사람은 확정할 수 없습니다.",
            en="Who granted the exception cannot confirm it.",
        ),
        Text(ko="다른 운영기관 담당자가 확정해야 합니다.", en="Another operator confirms it."),
    )

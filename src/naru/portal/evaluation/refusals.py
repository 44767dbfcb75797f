"""What evaluation refuses, each with its clause, the reason and what mends it."""

from collections.abc import Iterable

from naru.domain.decision import Refused, refusal
from naru.domain.terms import Text


def pledged_already() -> Refused:
    """One pledge per call."""
    return refusal(
        "R-03",
        "pledged_already",
        Text(ko="이미 서약했습니다.", en="You have pledged already."),
        Text(ko="내 평가표에서 평가를 시작하십시오.", en="Start with your sheets."),
    )


def pledge_missing() -> Refused:
    """The pledge comes before the first sheet."""
    return refusal(
        "R-03",
        "pledge_missing",
        Text(ko="서약을 하기 전에는 평가할 수 없습니다.", en="No evaluation before the pledge."),
        Text(ko="서약 화면에서 서약문을 읽고 서약하십시오.", en="Read the pledge on its page and give it."),
    )


def not_your_sheet() -> Refused:
    """Only the reviewer writes on the sheet."""
    return refusal(
        "R-03",
        "not_your_sheet",
        Text(ko="본인의 평가표만 쓸 수 있습니다.", en="A sheet is written by its own reviewer only."),
        Text(ko="내 평가표 목록에서 고르십시오.", en="Choose one of your own sheets."),
    )


def assignment_removed() -> Refused:
    """A removed assignment takes no more sheets."""
    return refusal(
        "R-03",
        "assignment_removed",
        Text(ko="해제된 평가입니다.", en="The assignment has been removed."),
        Text(ko="더 할 일이 없습니다.", en="Nothing more is asked of you here."),
    )


def closed(round_id: str) -> Refused:
    """After the closing nothing is entered or assigned."""
    return refusal(
        "R-03",
        "evaluation_closed",
        Text(ko="이 차수의 평가는 마감되었습니다.", en="The evaluation of this round is closed."),
        Text(ko="마감 뒤에는 평가표가 바뀌지 않습니다.", en="Sheets do not change any more."),
        round=round_id,
    )


def final_already() -> Refused:
    """A final sheet changes by a revision with its reason."""
    return refusal(
        "R-03",
        "final_already",
        Text(ko="이미 확정한 평가표입니다.", en="The sheet is final already."),
        Text(ko="고치려면 사유를 적고 새 판으로 확정하십시오.", en="Revise it, with a reason."),
    )


def not_final() -> Refused:
    """Only a final sheet is revised."""
    return refusal(
        "R-03",
        "not_final",
        Text(ko="아직 확정하지 않은 평가표입니다.", en="The sheet is not final yet."),
        Text(ko="먼저 확정하십시오.", en="Make it final first."),
    )


def reason_missing() -> Refused:
    """Changes and removals say why."""
    return refusal(
        "R-03",
        "reason_missing",
        Text(ko="사유가 비어 있습니다.", en="The reason is missing."),
        Text(ko="한 줄로 적으십시오.", en="Write one line."),
    )


def conflict_declared() -> Refused:
    """Once is enough."""
    return refusal(
        "R-03",
        "conflict_declared",
        Text(ko="이미 등록된 이해충돌입니다.", en="This conflict of interest is on record already."),
        Text(ko="더 할 일이 없습니다.", en="Nothing more is needed."),
    )


def conflicted(pairs: Iterable[tuple[str, str]]) -> Refused:
    """A reviewer with a conflict never scores the application."""
    shown = ", ".join(f"{reviewer}:{ground}" for reviewer, ground in pairs)
    return refusal(
        "R-03",
        "conflict_of_interest",
        Text(ko="이해충돌이 있는 평가위원이 있습니다.", en="A reviewer has a conflict of interest here."),
        Text(ko="그 평가위원을 빼고 배정하십시오.", en="Assign others."),
        conflicts=shown,
    )


def assigned_already(reviewers: Iterable[str]) -> Refused:
    """One assignment per pair, also after a removal."""
    return refusal(
        "R-03",
        "assigned_already",
        Text(ko="이미 배정했거나 해제한 평가위원입니다.", en="A reviewer was assigned here before."),
        Text(ko="다른 평가위원을 고르십시오.", en="Choose another reviewer."),
        reviewers=", ".join(reviewers),
    )


def not_eligible(number: str) -> Refused:
    """Only those that passed screening are evaluated."""
    return refusal(
        "R-03",
        "not_eligible",
        Text(ko="서류적격심사를 통과하지 않은 신청입니다.", en="The application has not passed screening."),
        Text(ko="심사에서 적격으로 결정한 뒤 배정하십시오.", en="Decide its screening first."),
        application=number,
    )


def reviewers_lacking(lacking: Iterable[str], wanted: int) -> Refused:
    """Panels are filled whole or not at all."""
    return refusal(
        "R-03",
        "reviewers_lacking",
        Text(
            ko="이해충돌 없는 평가위원이 모자란 신청이 있습니다.",
            en="Some applications lack reviewers free of conflicts.",
        ),
        Text(ko="평가위원을 더 넣고 다시 배정하십시오.", en="Add reviewers and assign again."),
        wanted=wanted,
        applications=", ".join(lacking),
    )


def nothing_to_assign() -> Refused:
    """Every panel is full."""
    return refusal(
        "R-03",
        "nothing_to_assign",
        Text(ko="새로 배정할 신청이 없습니다.", en="Every application has its panel."),
        Text(ko="평가 진행을 확인하십시오.", en="Look at the progress instead."),
    )


def reviews_missing(numbers: Iterable[str], wanted: int) -> Refused:
    """The closing waits for every review owed."""
    return refusal(
        "R-03",
        "reviews_missing",
        Text(
            ko=f"확정된 평가표가 {wanted}건이 안 되는 신청이 있습니다.",
            en=f"Some applications have fewer than {wanted} final sheets.",
        ),
        Text(
            ko="평가위원에게 알리거나 다른 평가위원을 배정하십시오.",
            en="Remind the reviewers, or assign others.",
        ),
        applications=", ".join(numbers),
    )

"""Why an act on an appeal is refused: findings with clause, reason and what would mend it."""

from naru.domain.decision import Refused, refusal
from naru.domain.terms import Text


def operators_only() -> Refused:
    """Answering is the operators' office."""
    return refusal(
        "R-06",
        "operators_only",
        Text(ko="운영 담당자만 할 수 있습니다.", en="Only an operator may do this."),
        Text(ko="운영 담당자에게 맡기십시오.", en="Leave it to an operator."),
    )


def not_yours() -> Refused:
    """Who applied appeals, or who works on the company's applications."""
    return refusal(
        "R-06",
        "not_your_application",
        Text(ko="본인의 신청에만 이의를 낼 수 있습니다.", en="You may appeal for your own application only."),
        Text(ko="신청한 사람에게 알려 주십시오.", en="Tell the person who applied."),
    )


def wrong_state(state: str, wanted: str) -> Refused:
    """The appeal is not where the act begins."""
    return refusal(
        "R-06",
        "wrong_state",
        Text(
            ko=f"이의신청의 지금 상태({state})에서는 할 수 없습니다.",
            en=f"This cannot be done in the appeal's present state ({state}).",
        ),
        Text(
            ko="화면을 새로 열어 지금 상태를 확인하십시오.", en="Open the page anew to see where it stands."
        ),
        state=state,
        wanted=wanted,
    )


def reason_missing() -> Refused:
    """Every answer, extension and seat has its reason."""
    return refusal(
        "R-06",
        "reason_missing",
        Text(ko="사유가 비어 있습니다.", en="The reason is empty."),
        Text(ko="신청자가 읽을 사유를 적으십시오.", en="Write the reason the applicant will read."),
    )


def extended_already(times: int) -> Refused:
    """The answer may be put off so many times only."""
    return refusal(
        "R-06",
        "extended_already",
        Text(
            ko=f"답할 기한은 {times}번만 늘릴 수 있습니다.", en=f"The answer is put off {times} time(s) only."
        ),
        Text(ko="기한 안에 답하십시오.", en="Answer in time."),
        times=times,
    )


def remedy_unfit(remedy: str) -> Refused:
    """The remedy does not belong to what is objected to."""
    return refusal(
        "R-06",
        "remedy_unfit",
        Text(ko="이 이의신청에 맞지 않는 조치입니다.", en="The remedy does not fit this appeal."),
        Text(ko="화면에 나온 조치에서 고르십시오.", en="Choose among those on the page."),
        remedy=remedy,
    )


def nothing_corrected() -> Refused:
    """A correction changes a point or a bonus."""
    return refusal(
        "R-06",
        "nothing_corrected",
        Text(
            ko="바로잡은 점수가 없거나 배점을 벗어났습니다.",
            en="No point was changed, or one is out of bounds.",
        ),
        Text(
            ko="평가표에서 잘못 적힌 점수를 배점 안에서 고치십시오.",
            en="Put right the points entered wrongly, within the maximum.",
        ),
    )


def same_person() -> Refused:
    """Two different persons uphold an appeal or sign a seat."""
    return refusal(
        "R-06",
        "second_person_needed",
        Text(ko="제안한 담당자는 확인할 수 없습니다.", en="Who proposed it cannot confirm it."),
        Text(ko="다른 운영 담당자가 확인해야 합니다.", en="Another operator must confirm it."),
    )


def sheets_missing(have: int, wanted: int) -> Refused:
    """The second review is not complete."""
    return refusal(
        "R-06",
        "second_review_incomplete",
        Text(
            ko=f"다시 심사한 평가표가 {have}장입니다. {wanted}장이 있어야 합니다.",
            en=f"The second review has {have} final sheet(s); {wanted} are needed.",
        ),
        Text(
            ko="평가위원을 더 배정하거나 평가표가 확정되기를 기다리십시오.",
            en="Ask more reviewers, or wait until the sheets are final.",
        ),
        have=have,
        wanted=wanted,
    )


def cannot_recompute(problems: str) -> Refused:
    """The run refuses what the second review found."""
    return refusal(
        "R-06",
        "cannot_recompute",
        Text(ko="결과를 다시 계산할 수 없습니다.", en="The result cannot be recomputed."),
        Text(ko="평가표와 신청 내용을 확인하십시오.", en="Check the sheets and the application."),
        problems=problems,
    )


def seat_not_due() -> Refused:
    """An extra seat is for who would have been selected and holds no place."""
    return refusal(
        "C-04",
        "extra_seat_not_due",
        Text(
            ko="선정되었어야 하는데 자리가 없는 신청에만 정원 밖의 자리를 줄 수 있습니다.",
            en="A seat beyond the quota is only for who would have been selected and has no place.",
        ),
        Text(ko="대기자 순서대로 기다리게 됩니다.", en="It waits in its place on the waiting list."),
    )


def too_many_files(most: int) -> Refused:
    """More files than an appeal takes."""
    return refusal(
        "R-06",
        "too_many_files",
        Text(ko=f"파일은 {most}개까지 올릴 수 있습니다.", en=f"At most {most} files are taken."),
        Text(ko="여러 장을 하나의 PDF로 묶어 올리십시오.", en="Put several pages into one PDF."),
        most=most,
    )

"""What the call's actions refuse, each with its clause, the reason and what would mend it."""

from datetime import datetime

from naru.domain.decision import Refused, refusal
from naru.domain.terms import Text


def already_published(call_id: str) -> Refused:
    """The call's id is taken by an announced call."""
    return refusal(
        "C-01",
        "call_already_published",
        Text(
            ko=f"{call_id} 공고는 이미 나갔습니다.",
            en=f"The call {call_id} has been announced already.",
        ),
        Text(
            ko="공고 화면의 '변경 공고'에서 사유를 적고 새 판을 내십시오.",
            en="Amend it on its page, with a reason: that makes a new version.",
        ),
        call=call_id,
    )


def first_version(number: int) -> Refused:
    """A call starts with version 1."""
    return refusal(
        "C-01",
        "version_not_first",
        Text(ko=f"첫 공고인데 파일은 {number}판입니다.", en=f"The first version is {number} in the file."),
        Text(
            ko="파일에 version = 1로 적고 [amendment] 표를 지우십시오.",
            en="Write version = 1 and remove the [amendment] table.",
        ),
        version=number,
    )


def other_call(slug: str, file_id: str) -> Refused:
    """The file is another call's."""
    return refusal(
        "C-01",
        "file_of_another_call",
        Text(ko=f"{file_id} 공고의 파일입니다.", en=f"The file is of the call {file_id}."),
        Text(ko=f"id가 {slug}인 파일을 고르십시오.", en=f"Choose the file whose id is {slug}."),
        call=slug,
        file=file_id,
    )


def reason_missing() -> Refused:
    """An amendment says why."""
    return refusal(
        "C-07",
        "amendment_without_reason",
        Text(ko="변경 사유가 비어 있습니다.", en="The amendment gives no reason."),
        Text(ko="신청자가 읽을 사유를 한 줄 이상 적으십시오.", en="Write the reason applicants will read."),
    )


def nothing_amended() -> Refused:
    """The file says what is in force already."""
    return refusal(
        "C-01",
        "nothing_amended",
        Text(ko="지금 공고와 내용이 같습니다.", en="The file says what is in force already."),
        Text(ko="고친 파일을 고르십시오.", en="Choose the file with the change."),
    )


def frozen_seats_changed(round_id: str) -> Refused:
    """Seats fixed before the scores stay."""
    return refusal(
        "C-04",
        "frozen_seats_changed",
        Text(
            ko="상품별 대수가 이미 확정되어 바꿀 수 없습니다.",
            en="The seats by product are frozen and cannot change.",
        ),
        Text(
            ko="대수와 비율은 그대로 두고 나머지만 바꾸거나, 추가모집 차수를 새로 두십시오.",
            en="Leave seats and shares as they are, or add another round.",
        ),
        round=round_id,
    )


def no_such_round(round_id: str) -> Refused:
    """The version in force has no such round."""
    return refusal(
        "C-07",
        "no_such_round",
        Text(ko=f"공고에 {round_id} 차수가 없습니다.", en=f"The call has no round {round_id}."),
        Text(ko="공고에 있는 차수를 고르십시오.", en="Choose a round of the call."),
        round=round_id,
    )


def seed_too_late(closed_at: datetime) -> Refused:
    """A seed fixed after the close could be chosen to suit."""
    return refusal(
        "R-05",
        "seed_after_close",
        Text(
            ko="접수가 끝나 추첨 씨앗의 해시를 공개할 수 없습니다.",
            en="Intake is closed, so a seed can no longer be committed.",
        ),
        Text(
            ko="해시는 마감 전에만 공개합니다. 접수를 연장하는 변경 공고를 내십시오.",
            en="The hash counts only before the close: extend the intake by an amendment.",
        ),
        closed_at=closed_at.isoformat(),
    )


def seed_too_short(characters: int) -> Refused:
    """A short seed can be found from its hash by trying."""
    return refusal(
        "R-05",
        "seed_too_short",
        Text(ko="추첨 씨앗이 너무 짧습니다.", en="The seed is too short."),
        Text(
            ko=f"{characters}글자가 넘는 무작위 값을 쓰십시오.",
            en=f"Use a random text of {characters} characters or more.",
        ),
    )


def seed_committed() -> Refused:
    """One seed per round."""
    return refusal(
        "R-05",
        "seed_already_committed",
        Text(ko="이 차수의 씨앗은 이미 정해졌습니다.", en="This round's seed is fixed already."),
        Text(ko="공개된 해시를 그대로 쓰십시오.", en="Keep the hash that is public."),
    )


def quotas_frozen() -> Refused:
    """Quotas are fixed once."""
    return refusal(
        "C-04",
        "quotas_already_frozen",
        Text(ko="상품별 대수는 이미 확정되었습니다.", en="The seats by product are frozen already."),
        Text(ko="확정된 대수는 공고 화면에 있습니다.", en="They stand on the call's page."),
    )


def not_an_extension(after: datetime) -> Refused:
    """An extension moves the close to a later instant that is still to come."""
    return refusal(
        "C-07",
        "not_an_extension",
        Text(
            ko="연장한 마감은 지금의 마감과 현재 시각보다 뒤여야 합니다.",
            en="The new close must be later than the present one and than now.",
        ),
        Text(ko="더 뒤의 시각을 고르십시오.", en="Choose a later instant."),
        after=after.isoformat(),
    )


def not_an_early_end(before: datetime) -> Refused:
    """An early end lies between now and the close."""
    return refusal(
        "C-07",
        "not_an_early_end",
        Text(
            ko="조기 마감은 현재 시각과 지금의 마감 사이여야 합니다.",
            en="An early end lies between now and the present close.",
        ),
        Text(ko="그 사이의 시각을 고르십시오.", en="Choose an instant between."),
        before=before.isoformat(),
    )


def no_close(round_id: str) -> Refused:
    """A round that takes applications all year has no close to move."""
    return refusal(
        "C-07",
        "round_without_close",
        Text(ko="상시 접수하는 차수입니다.", en="The round takes applications continuously."),
        Text(ko="마감을 두려면 변경 공고를 내십시오.", en="Give it a close by an amendment."),
        round=round_id,
    )


def close_does_not_fit(why: str) -> Refused:
    """The call with this close would be none: the next round opens before it, for one."""
    return refusal(
        "C-07",
        "close_does_not_fit",
        Text(
            ko="이 마감은 공고의 다른 일정과 어긋납니다.",
            en="This close does not fit the rest of the call.",
        ),
        Text(
            ko="다음 차수가 열리기 전의 시각을 고르거나 변경 공고로 함께 바꾸십시오.",
            en="Choose an instant before the next round opens, or amend both.",
        ),
        why=why[:200],
    )

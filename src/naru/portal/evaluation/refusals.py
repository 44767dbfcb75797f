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


def nothing_stored() -> Refused:
    """What is not stored cannot be made final."""
    return refusal(
        "R-03",
        "nothing_stored",
        Text(ko="저장된 평가표가 없어 확정할 수 없습니다.", en="Nothing is stored that could be made final."),
        Text(ko="점수와 의견을 적고 저장하십시오.", en="Enter points and comment and save them."),
    )


def sheet_moved() -> Refused:
    """Another window of the same reviewer has saved since."""
    return refusal(
        "R-03",
        "sheet_moved",
        Text(
            ko="다른 창이나 기기에서 이 평가표를 저장했습니다.",
            en="The sheet has been saved from another window or device.",
        ),
        Text(
            ko="저장된 값과 이 화면의 값을 견주어 보고 고르십시오.",
            en="Compare what is stored with what is here and choose.",
        ),
    )


def nobody_to_remind() -> Refused:
    """One mail a day is enough, and who owes nothing gets none."""
    return refusal(
        "R-03",
        "nobody_to_remind",
        Text(
            ko="남은 평가표가 없거나, 남은 위원 모두에게 오늘 이미 알렸습니다.",
            en="Nobody owes a sheet, or all who do were mailed today.",
        ),
        Text(ko="내일 다시 알리거나 다른 위원으로 바꾸십시오.", en="Remind again tomorrow, or replace them."),
    )


def scorecards_differ(numbers: Iterable[str]) -> Refused:
    """One scorecard for a whole round, or scores cannot be compared."""
    return refusal(
        "R-03",
        "scorecards_differ",
        Text(
            ko="배점이 다른 공고 판으로 접수된 신청이 섞여 있습니다.",
            en="The round holds applications made under different criteria or points.",
        ),
        Text(
            ko="공고의 배점을 접수 때의 것으로 되돌려 수정 공고하거나, 해당 신청을 다시 제출받으십시오.",
            en="Amend the call back to the intake's criteria, or have these applications submitted again.",
        ),
        applications=", ".join(numbers),
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


def technically_undecided(numbers: Iterable[str]) -> Refused:
    """Nobody scores models that every vendor refused before a person has said that they go on (R-02)."""
    return refusal(
        "R-02",
        "technically_undecided",
        Text(
            ko="어느 반도체사도 지원하지 못한다고 답했고 아직 사람이 결정하지 않은 신청이 있습니다.",
            en="Every vendor refused some applications, and no person has decided about them.",
        ),
        Text(
            ko="기술검토 현황에서 제외할지 진행할지 먼저 결정하십시오.",
            en="Decide under 'Technical review coverage' whether they go on.",
        ),
        applications=", ".join(numbers),
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


def role_missing(role: str) -> Refused:
    """Who acts holds the role the act belongs to."""
    ko, en = ("운영기관", "an operator") if role == "operator" else ("평가위원", "a reviewer")
    return refusal(
        "R-03",
        "role_missing",
        Text(ko=f"{ko}만 할 수 있습니다.", en=f"Only {en} may do this."),
        Text(ko=f"{ko} 역할이 있는 계정으로 로그인하십시오.", en=f"Log in as {en}."),
        role=role,
    )


def not_reviewers(addresses: Iterable[str]) -> Refused:
    """The pool holds reviewers only."""
    return refusal(
        "R-03",
        "not_reviewers",
        Text(ko="평가위원 역할이 없는 계정입니다.", en="Not everybody listed has the role of reviewer."),
        Text(
            ko="'사람과 역할'에서 평가위원 역할을 준 뒤 다시 하십시오.",
            en="Grant the role of reviewer under 'People and roles' first.",
        ),
        addresses=", ".join(addresses),
    )


def unknown_fields(unknown: Iterable[str], there: Iterable[str]) -> Refused:
    """Expertise is said in the fields of the support table."""
    return refusal(
        "R-03",
        "unknown_fields",
        Text(ko="지원 표에 없는 분야입니다.", en="A field is not in the support table."),
        Text(ko="지원 표의 분야에서 고르십시오.", en="Choose among the fields of the support table."),
        unknown=", ".join(unknown),
        fields=", ".join(there),
    )


def declaration_missing() -> Refused:
    """The word on conflicts comes before anything of the application opens."""
    return refusal(
        "R-03",
        "declaration_missing",
        Text(
            ko="이해관계를 밝히기 전에는 이 신청을 열 수 없습니다.",
            en="Nothing of this application opens before your declaration of interests.",
        ),
        Text(ko="이해관계 신고 화면에서 먼저 답하십시오.", en="Answer on the declaration's page first."),
    )


def nothing_to_declare() -> Refused:
    """A batch is declared on once."""
    return refusal(
        "R-03",
        "nothing_to_declare",
        Text(ko="새로 밝힐 배정이 없습니다.", en="No new assignment waits for your declaration."),
        Text(ko="내 평가표에서 평가를 이어 가십시오.", en="Go on with your sheets."),
    )


def not_for_reviewers() -> Refused:
    """Some documents prove what reviewers do not judge."""
    return refusal(
        "R-03",
        "not_for_reviewers",
        Text(ko="평가에 쓰지 않는 서류입니다.", en="This document is not part of the evaluation."),
        Text(ko="목록에 있는 서류만 여십시오.", en="Open those on the list."),
    )


def relation_with_nobody() -> Refused:
    """A relation is with an organisation or a person."""
    return refusal(
        "R-03",
        "relation_with_nobody",
        Text(ko="누구와의 관계인지 비어 있습니다.", en="The relation is with nobody."),
        Text(
            ko="기관, 등록번호, 사람 가운데 하나는 적으십시오.", en="Name an organisation, number or person."
        ),
    )


def not_your_relation() -> Refused:
    """Who declared a relation takes it back, once."""
    return refusal(
        "R-03",
        "not_your_relation",
        Text(
            ko="내가 밝혀 둔 관계가 아니거나 이미 거두었습니다.",
            en="Not your relation, or taken back already.",
        ),
        Text(ko="내 위원 정보의 목록에서 고르십시오.", en="Choose one on your own list."),
    )


def nothing_open() -> Refused:
    """Only sheets that are not final change hands."""
    return refusal(
        "R-03",
        "nothing_open",
        Text(
            ko="넘길 평가표가 없습니다. 확정한 평가표는 그대로 둡니다.", en="No open sheet; final ones stay."
        ),
        Text(
            ko="이해충돌이 있으면 신청마다 이해충돌을 등록하십시오.",
            en="Where there is a conflict, put it on record for the application.",
        ),
    )

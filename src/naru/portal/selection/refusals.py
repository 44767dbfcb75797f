"""Why an act of selection or matching is refused: findings with clause, reason and what would mend it."""

from collections.abc import Iterable

from naru.domain.decision import Refused, refusal
from naru.domain.run import SelectionRefusedError
from naru.domain.terms import Text


def operators_only(clause: str) -> Refused:
    """Deciding is the operators' office."""
    return refusal(
        clause,
        "operators_only",
        Text(ko="운영 담당자만 할 수 있습니다.", en="Only an operator may do this."),
        Text(
            ko="운영 담당자 계정으로 로그인하거나 운영 담당자에게 맡기십시오.",
            en="Log in as an operator, or leave it to one.",
        ),
    )


def cannot_run(error: SelectionRefusedError) -> Refused:
    """The inputs do not allow a run: unresolved duplicates, missing sheets, no seed."""
    return refusal(
        "E-04" if error.held else "R-05",
        "duplicates_unresolved" if error.held else "inputs_incomplete",
        Text(
            ko=f"선정을 실행할 수 없습니다. 해결할 것이 {len(error.problems)}가지 있습니다.",
            en=f"The selection cannot run: {len(error.problems)} thing(s) to settle.",
        ),
        Text(
            ko="선정실의 점검표에서 남은 항목을 해결한 뒤 다시 실행하십시오.",
            en="Settle what the selection room's checklist still shows, then run again.",
        ),
        held=", ".join(" = ".join(group) for group in error.held),
        problems="; ".join(error.problems),
    )


def scorecards_differ(numbers: Iterable[str]) -> Refused:
    """Scores given under other bounds than the run's version cannot be ranked by it."""
    return refusal(
        "R-03",
        "scorecards_differ",
        Text(
            ko="이 공고 판과 다른 배점으로 평가한 신청이 있습니다.",
            en="Some sheets were scored under other criteria than this version of the call.",
        ),
        Text(
            ko="공고의 배점을 평가 때의 것으로 되돌려 수정 공고하십시오.",
            en="Amend the call back to the criteria of the evaluation.",
        ),
        applications=", ".join(numbers),
    )


def reason_missing() -> Refused:
    """A relaxed rule is somebody's decision, with a reason."""
    return refusal(
        "C-05",
        "relaxation_without_reason",
        Text(
            ko="공고와 다른 기준으로 실행하려면 사유가 있어야 합니다.",
            en="A run that departs from the call's rule needs a reason.",
        ),
        Text(
            ko="누가 왜 기준을 바꾸는지 적고 다시 실행하십시오. 사유는 공개 기록에 남습니다.",
            en="Write who asks for it and why; the reason stands in the published record.",
        ),
    )


def seed_not_committed() -> Refused:
    """No committed seed: ties could not be settled in public."""
    return refusal(
        "R-05",
        "seed_not_committed",
        Text(ko="추첨 씨앗의 해시가 공개되지 않았습니다.", en="The lottery's seed was never committed."),
        Text(
            ko="접수 마감 전에 씨앗의 해시를 공개해야 선정을 실행할 수 있습니다.",
            en="Its hash must be public before intake closes; a selection needs it.",
        ),
    )


def quotas_not_frozen() -> Refused:
    """Quotas are frozen before scores open (C-04)."""
    return refusal(
        "C-04",
        "quotas_not_frozen",
        Text(ko="상품별 대수가 확정되지 않았습니다.", en="The seats by product are not frozen."),
        Text(ko="공고 관리에서 대수를 먼저 확정하십시오.", en="Freeze the quotas on the call's page first."),
    )


def evaluation_open() -> Refused:
    """Scores may still change."""
    return refusal(
        "R-03",
        "evaluation_open",
        Text(ko="선정평가가 아직 끝나지 않았습니다.", en="The evaluation is still open."),
        Text(ko="평가를 마감한 뒤 선정을 실행하십시오.", en="Close the evaluation, then run the selection."),
    )


def already_in_force(state: str) -> Refused:
    """A round has one confirmed run."""
    return refusal(
        "R-06",
        "selection_in_force",
        Text(ko="이 차수에는 이미 확정된 선정이 있습니다.", en="This round has a confirmed selection."),
        Text(
            ko="바꿔야 한다면 사유를 적어 대신할 결과를 저장하고, 두 담당자가 확정하십시오.",
            en="If it must change, save a proposal with the reason to replace it; two operators confirm it.",
        ),
        state=state,
    )


def servers_given(state: str) -> Refused:
    """A result by which servers were handed out is not run anew."""
    return refusal(
        "R-07",
        "servers_handed_out",
        Text(
            ko="이 선정으로 배정을 확정했으므로 선정을 다시 할 수 없습니다. 받은 서버를 잃는 곳은 없습니다.",
            en="Servers were handed out by this selection, so it is not run anew; nobody loses a server.",
        ),
        Text(
            ko="이의신청에서 인용되면 예비 순번의 맨 앞에 세우고, 빈자리는 예비 충원으로 채우십시오.",
            en="Put an upheld appeal at the head of the waiting list, and fill free places by refill.",
        ),
        state=state,
    )


def confirmed_by_same_person(clause: str = "R-05") -> Refused:
    """Two different persons confirm."""
    return refusal(
        clause,
        "second_person_needed",
        Text(ko="이미 확정한 담당자입니다.", en="You have confirmed this run already."),
        Text(ko="다른 운영 담당자가 두 번째로 확정해야 합니다.", en="A second operator must confirm it."),
    )


def not_proposed(state: str) -> Refused:
    """Only a proposed run is confirmed."""
    return refusal(
        "R-06",
        "run_not_proposed",
        Text(ko="모의 결과만 확정할 수 있습니다.", en="Only a proposed run can be confirmed."),
        Text(ko="선정실에서 새로 실행하십시오.", en="Run the selection again."),
        state=state,
    )


def inputs_changed() -> Refused:
    """Something changed between the proposal and the confirmation."""
    return refusal(
        "R-05",
        "inputs_changed",
        Text(
            ko="모의 실행 뒤에 자료가 바뀌어 결과가 달라집니다.",
            en="The inputs changed after the proposal, and the result with them.",
        ),
        Text(ko="다시 실행해 새 결과를 확인하십시오.", en="Run it again and look at the new result."),
    )


def not_confirmed(state: str) -> Refused:
    """A result is published after two persons confirmed it."""
    return refusal(
        "R-06",
        "run_not_confirmed",
        Text(ko="두 사람이 확정한 결과만 공개할 수 있습니다.", en="Only a confirmed run can be published."),
        Text(ko="먼저 두 담당자가 확정하십시오.", en="Let two operators confirm it first."),
        state=state,
    )


def not_your_supply() -> Refused:
    """A vendor or cloud enters its own capacity only."""
    return refusal(
        "R-07",
        "not_your_supply",
        Text(
            ko="본인 회사의 공급 대수만 적을 수 있습니다.", en="You may enter your own company's supply only."
        ),
        Text(ko="운영기관에 알려 주십시오.", en="Tell the operator."),
    )


def unknown_product(product: str) -> Refused:
    """The call has no such product."""
    return refusal(
        "C-03",
        "product_unknown",
        Text(ko="공고에 없는 상품입니다.", en="The call has no such product."),
        Text(ko="상품을 다시 고르십시오.", en="Choose a product of the call."),
        product=product,
    )


def not_a_pair() -> Refused:
    """A server group is a vendor with a cloud company."""
    return refusal(
        "R-07",
        "not_a_vendor_and_cloud",
        Text(
            ko="AI 반도체사 한 곳과 클라우드사 한 곳을 골라야 합니다.",
            en="A server group is one vendor at one cloud company.",
        ),
        Text(ko="두 회사를 다시 고르십시오.", en="Choose both again."),
    )


def matching_needs_confirmed_selection() -> Refused:
    """Servers are handed out after the selection is confirmed."""
    return refusal(
        "R-07",
        "selection_not_confirmed",
        Text(ko="확정된 선정이 있어야 배정할 수 있습니다.", en="Matching needs a confirmed selection."),
        Text(ko="선정을 먼저 확정하십시오.", en="Confirm the selection first."),
    )


def no_supply() -> Refused:
    """Nobody entered a capacity."""
    return refusal(
        "R-07",
        "no_supply",
        Text(ko="공급 대수가 하나도 없습니다.", en="No supply has been entered."),
        Text(ko="공급사의 대수를 먼저 받으십시오.", en="Have the vendors and clouds enter theirs first."),
    )


def matching_confirmed() -> Refused:
    """A confirmed matching stays; changes come by refill."""
    return refusal(
        "R-07",
        "matching_confirmed",
        Text(ko="이미 확정한 배정이 있습니다.", en="A matching is confirmed already."),
        Text(ko="빈 자리는 예비 충원으로 채웁니다.", en="Free places are filled by refill."),
    )


def selection_replaced() -> Refused:
    """The selection the matching was made for no longer counts."""
    return refusal(
        "R-07",
        "selection_replaced",
        Text(
            ko="이 배정의 선정은 다른 결과로 대체되었습니다.",
            en="The selection it was made for was replaced.",
        ),
        Text(
            ko="지금의 선정으로 배정을 다시 실행하십시오.",
            en="Run the matching for the selection that counts now.",
        ),
    )


def supply_changed() -> Refused:
    """The servers entered differ from those the matching was made from."""
    return refusal(
        "R-07",
        "supply_changed",
        Text(
            ko="배정을 계산한 뒤에 공급 대수가 바뀌었습니다.",
            en="The supply changed after the matching was made.",
        ),
        Text(
            ko="배정을 다시 실행해 새 결과를 확인하십시오.",
            en="Run the matching again and look at the result.",
        ),
    )


def capacity_too_low(capacity: int, given: int) -> Refused:
    """Servers given away cannot be taken out of the supply, and there is no negative number of servers."""
    return refusal(
        "R-07",
        "capacity_too_low",
        Text(
            ko=f"이미 배정한 {given}대보다 적게({capacity}대) 적을 수 없습니다.",
            en=f"{capacity} is fewer than the {given} server(s) given away already.",
        ),
        Text(ko=f"{given}대 이상으로 적으십시오.", en=f"Enter {given} or more."),
        capacity=capacity,
        given=given,
    )

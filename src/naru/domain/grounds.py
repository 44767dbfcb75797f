"""Grounds (사유): what each applicant is told about selection and matching, by clause (R-05, R-07).

Codes are for machines; the sentences are for the applicant's letter, Korean first.
"""

from collections.abc import Sequence

from naru.domain.decision import Finding, Outcome
from naru.domain.terms import Text

UNIT_CLAUSE = "E-04"
QUOTA_CLAUSE = "C-04"
REVIEW_CLAUSE = "R-02"

Facts = Sequence[tuple[str, str]]


def selected(clause: str, facts: Facts) -> Finding:
    """A seat under the merit order."""
    reason = Text(ko="순위에 따라 선정되었습니다.", en="Selected by rank.")
    return Finding(clause=clause, code="SELECTED", outcome=Outcome.PASSED, reason=reason, facts=tuple(facts))


def seats_full(facts: Facts) -> Finding:
    """Waiting: every seat of the product went to a better rank."""
    reason = Text(
        ko="상품의 모집 규모가 앞선 순위로 채워져 대기자가 되었습니다.",
        en="The product's seats went to better ranks; on the waiting list.",
    )
    mend = Text(
        ko="앞선 선정자가 철회하면 대기 순위에 따라 충원됩니다.",
        en="If someone selected withdraws, the waiting list is refilled by rank.",
    )
    return _failed(QUOTA_CLAUSE, "SEATS_FULL", reason, facts, mend)


def sector_bound(clause: str, facts: Facts) -> Finding:
    """Waiting: the bounded sector has reached its cap in this product."""
    reason = Text(
        ko="해당 부문이 이 상품에서 받을 수 있는 상한에 도달하여 대기자가 되었습니다.",
        en="The applicant's sector has reached its limit in this product; on the waiting list.",
    )
    mend = Text(
        ko="같은 부문의 선정자가 철회하거나 다른 부문이 충원되면 자리가 열립니다.",
        en="A seat opens when someone of the sector withdraws or the other sector is refilled.",
    )
    return _failed(clause, "SECTOR_BOUND", reason, facts, mend)


def below_pass_mark(clause: str, facts: Facts) -> Finding:
    """Not ranked: the score without uncounted bonuses is below the pass mark."""
    reason = Text(ko="점수가 과락 기준에 미치지 못합니다.", en="The score is below the pass mark.")
    return _failed(clause, "BELOW_PASS_MARK", reason, facts, None)


def duplicate(facts: Facts) -> Finding:
    """Not ranked: another application of the same unit stands, or all of them were excluded."""
    reason = Text(
        ko="같은 기업 또는 교수의 신청이 둘 이상이어서 제외되었습니다.",
        en="Excluded because the same company or professor applied more than once.",
    )
    return _failed(UNIT_CLAUSE, "DUPLICATE", reason, facts, None)


def first_choice(clause: str, facts: Facts) -> Finding:
    """Served in the best cloud tier."""
    reason = Text(ko="희망한 클라우드에 배정되었습니다.", en="Assigned to the cloud of first choice.")
    return Finding(
        clause=clause, code="FIRST_CHOICE", outcome=Outcome.PASSED, reason=reason, facts=tuple(facts)
    )


def moved(clause: str, facts: Facts) -> Finding:
    """Served in a later tier; the certificate shows the earlier ones full."""
    reason = Text(
        ko="앞선 희망 클라우드의 서버가 모두 배정되어 다음 클라우드에 배정되었습니다.",
        en="The servers of the clouds preferred are all taken; assigned to another cloud.",
    )
    return Finding(
        clause=clause, code="CLOUD_CHANGED", outcome=Outcome.PASSED, reason=reason, facts=tuple(facts)
    )


def not_offered(clause: str, facts: Facts) -> Finding:
    """Served in a later tier because the earlier clouds have no server for the model at all."""
    reason = Text(
        ko="희망한 클라우드에는 모델을 지원하는 서버가 없어 다른 클라우드에 배정되었습니다.",
        en="The clouds preferred have no server for the model; assigned to another cloud.",
    )
    return Finding(
        clause=clause, code="CLOUD_NOT_OFFERED", outcome=Outcome.PASSED, reason=reason, facts=tuple(facts)
    )


def sold_out(clause: str, facts: Facts) -> Finding:
    """Selected without a server: all that fit are taken by better ranks who fit nowhere else."""
    reason = Text(
        ko="사용할 수 있는 서버가 앞선 순위에 모두 배정되었습니다. 선정은 유지되며 서버를 기다립니다.",
        en="Every server that fits went to better ranks. Still selected, waiting for a server.",
    )
    mend = Text(
        ko="서버가 반납되거나 추가되면 순위대로 배정됩니다.",
        en="A server returned or added is assigned by rank.",
    )
    return _failed(clause, "PRODUCT_SOLD_OUT", reason, facts, mend)


def no_vendor(facts: Facts) -> Finding:
    """Selected without a server: nobody supports the model, which the pre-review should have found."""
    reason = Text(
        ko="모델을 지원하는 AI 반도체사가 없습니다. 담당자가 협의합니다.",
        en="No vendor supports the model; an operator will discuss it.",
    )
    return _failed(REVIEW_CLAUSE, "NO_VENDOR_SUPPORT", reason, facts, None)


def no_compatible(clause: str, facts: Facts) -> Finding:
    """Selected without a server: the vendors that support the model offer none in this product."""
    reason = Text(
        ko="모델을 지원하는 AI 반도체사가 이 상품의 서버를 제공하지 않습니다.",
        en="The vendors that support the model offer no server of this product.",
    )
    return _failed(clause, "NO_COMPATIBLE_SERVER", reason, facts, None)


def _failed(clause: str, code: str, reason: Text, facts: Facts, mend: Text | None) -> Finding:
    return Finding(
        clause=clause, code=code, outcome=Outcome.FAILED, reason=reason, facts=tuple(facts), mend=mend
    )

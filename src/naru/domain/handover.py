"""The handover (인수): a delivered server against its product's minimums (C-03); the agreement's clauses."""

from dataclasses import dataclass
from decimal import Decimal

from naru.domain.basis import found
from naru.domain.call import Call, Clause, Resource
from naru.domain.decision import Finding, Outcome
from naru.domain.terms import Text

AGREEMENT = ("C-06", "L-01", "L-02", "L-03", "L-04", "L-05", "P-01", "P-02", "P-03", "P-04", "P-05")
_FIGURES = {
    "tops_int8": (Text(ko="AI 가속기", en="Accelerator"), "TOPS"),
    "cores": (Text(ko="CPU 코어", en="CPU cores"), ""),
    "clock_ghz": (Text(ko="CPU 클럭", en="CPU clock"), "GHz"),
    "memory_gb": (Text(ko="메모리", en="Memory"), "GB"),
    "ssd_tb": (Text(ko="SSD", en="SSD"), "TB"),
    "link_gbps": (Text(ko="회선", en="Line"), "Gbps"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """The measured or stated figures of a delivered server; None where one is not stated."""

    tops_int8: int | None = None
    cores: int | None = None
    clock_ghz: Decimal | None = None
    memory_gb: int | None = None
    ssd_tb: Decimal | None = None
    link_gbps: Decimal | None = None


def check_delivery(resource: Resource, delivery: Delivery) -> tuple[Finding, ...]:
    """One finding per figure: passed at the minimum or above, failed below, missing where not stated."""
    return tuple(_figure(resource, delivery, name) for name in _FIGURES)


def _figure(resource: Resource, delivery: Delivery, name: str) -> Finding:
    title, unit = _FIGURES[name]
    least, given = getattr(resource, name), getattr(delivery, name)
    wanted = f"{least} {unit}".strip()
    mend = None
    if given is None:
        code, outcome = "figure_not_stated", Outcome.MISSING
        reason = Text(ko=f"{title.ko}: 적혀 있지 않음", en=f"{title.en}: not stated.")
        mend = Text(ko="인도된 서버의 사양을 적어 주세요.", en="State the figure of the delivered server.")
    elif given < least:
        code, outcome = "figure_below_minimum", Outcome.FAILED
        reason = Text(
            ko=f"{title.ko}: {given} {unit}, 최소 {wanted}보다 작음",
            en=f"{title.en}: {given} {unit} is below the minimum of {wanted}.",
        )
        mend = Text(
            ko="상품 사양에 맞는 서버를 인도해 주세요.", en="Deliver a server that meets the product."
        )
    else:
        code, outcome = "figure_met", Outcome.PASSED
        reason = Text(ko=f"{title.ko}: 최소 {wanted} 충족", en=f"{title.en}: meets the minimum of {wanted}.")
    return found(
        resource.clause,
        code,
        outcome,
        reason,
        mend=mend,
        figure=name,
        delivered="" if given is None else given,
        minimum=least,
    )


def agreement_clauses(call: Call) -> tuple[Clause, ...]:
    """The clauses an awardee signs (협약): use, term, obligations and consequences, in this order."""
    by_code = {clause.code: clause for clause in call.clauses}
    return tuple(by_code[code] for code in AGREEMENT if code in by_code)

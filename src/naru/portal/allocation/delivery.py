"""A delivery judged against its product (C-03), in the shapes a row keeps."""

from dataclasses import asdict
from typing import Any

from naru.domain.call import Resource
from naru.domain.decision import Finding, Outcome, Refused, worst
from naru.domain.handover import Delivery, check_delivery
from naru.domain.terms import Text


def judged(product: Resource, delivery: Delivery) -> list[dict[str, Any]]:
    """The findings as JSON, every figure met. Raises Refused naming every figure that is not."""
    findings = check_delivery(product, delivery)
    if worst(findings) != Outcome.PASSED:
        raise Refused(_together([one for one in findings if one.outcome != Outcome.PASSED]))
    return [asdict(one) for one in findings]


def _together(short: list[Finding]) -> Finding:
    return Finding(
        clause=short[0].clause,
        code="delivery_below_product",
        outcome=Outcome.FAILED,
        reason=Text(
            ko=" / ".join(one.reason.ko for one in short), en=" ".join(one.reason.en for one in short)
        ),
        facts=tuple(fact for one in short for fact in one.facts),
        mend=Text(
            ko="상품 사양을 채우는 서버를 다시 인도해 주세요.",
            en="Deliver a server that meets every figure of the product.",
        ),
    )


def stored(delivery: Delivery) -> dict[str, int | str]:
    """The figures as JSON keeps them: whole numbers as they are, decimals as exact text."""
    return {
        name: value if isinstance(value, int) else str(value)
        for name, value in asdict(delivery).items()
        if value is not None
    }


def told(rows: list[dict[str, Any]]) -> list[Finding]:
    """Findings read back from the JSON a row keeps; the KeyError of a broken row is not hidden."""
    return [
        Finding(
            clause=row["clause"],
            code=row["code"],
            outcome=Outcome(row["outcome"]),
            reason=Text(**row["reason"]),
            facts=tuple((name, value) for name, value in row["facts"]),
            mend=Text(**row["mend"]) if row["mend"] else None,
        )
        for row in rows
    ]

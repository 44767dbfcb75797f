"""Rulings, products and certificates as plain JSON data: the decided half of a record (R-05, R-07)."""

from typing import Any

from naru.domain.assignment import Assigned, Assignment
from naru.domain.call import Call
from naru.domain.decision import Finding
from naru.domain.run import Decision, ProductResult, Ruling
from naru.domain.terms import Text

Data = dict[str, Any]


def product_data(call: Call, result: ProductResult, decision: Decision) -> Data:
    """One product: seats, the bound used, who is selected and who waits, cut-offs, readings beside."""
    bound, choice = decision.bound, result.choice
    others = [party.id for party in call.parties if party.id != bound.group]
    return {
        "product": result.product,
        "quota": result.quota,
        "seats": result.seats,
        "demand": result.demand,
        "proposal": result.proposal,
        "reading": bound.reading,
        "group": bound.group,
        "op": bound.op,
        "share": str(bound.share),
        "public_cap": choice.public_cap,
        "filled": choice.filled,
        "empty": choice.empty,
        "cutoffs": {**dict.fromkeys(others, result.cutoffs[0]), bound.group: result.cutoffs[1]},
        "selected": list(choice.selected),
        "waitlist": list(choice.waitlist),
        "readings": [
            {
                "reading": other.reading,
                "filled": other.filled,
                "empty": other.empty,
                "public_cap": other.public_cap,
                "bounded": other.bounded,
            }
            for other in result.readings
        ],
    }


def ruling_data(call: Call, ruling: Ruling, decision: Decision) -> Data:
    """One ruling: score with its exact mean, rank, outcome, reason, and the server where matching ran."""
    score = decision.scores[ruling.id]
    return {
        "id": ruling.id,
        "product": ruling.product,
        "status": ruling.status,
        "score": ruling.score,
        "mean": str(score.mean),
        "bonus": str(ruling.bonus),
        "criteria": {
            criterion.id: str(score.criterion_mean(place)) for place, criterion in enumerate(call.criteria)
        },
        "rank": ruling.rank,
        "waiting": ruling.waiting,
        "finding": finding_data(ruling.finding),
        "server": None if ruling.assigned is None else _server_data(ruling.product, ruling.assigned),
    }


def certificate_data(assignment: Assignment | None) -> list[Data]:
    """The certificates of one product: numbered saturated sets of server groups."""
    if assignment is None:
        return []
    return [
        {
            "id": certificate_id(assignment.product, number),
            "product": assignment.product,
            "groups": [
                {"vendor": assignment.groups[place].vendor, "cloud": assignment.groups[place].cloud}
                for place in sorted(places)
            ],
            "servers": sum(assignment.groups[place].capacity for place in places),
        }
        for number, places in enumerate(assignment.certificates)
    ]


def certificate_id(product: str, number: int) -> str:
    """The certificate's name within a record, counted from 1 within its product."""
    return f"{product}/{number + 1}"


def finding_data(finding: Finding) -> Data:
    """A finding: clause, code, outcome, reason in both languages, facts in order."""
    return {
        "clause": finding.clause,
        "code": finding.code,
        "outcome": finding.outcome.value,
        "reason": _text(finding.reason),
        "facts": [list(fact) for fact in finding.facts],
        "mend": None if finding.mend is None else _text(finding.mend),
    }


def _server_data(product: str, assigned: Assigned) -> Data:
    number = assigned.certificate
    return {
        "vendor": assigned.vendor,
        "cloud": assigned.cloud,
        "choice": assigned.choice,
        "certificate": None if number is None else certificate_id(product, number),
        "offers": [{"product": other, "vendor": vendor} for other, vendor in assigned.offers],
        "finding": finding_data(assigned.finding),
    }


def _text(text: Text) -> Data:
    return {"ko": text.ko, "en": text.en}

"""The findings on a screening card: how each stands, its evidence, and what may be said to it (R-01)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from naru.domain.decision import Outcome
from naru.domain.rulings import Ruled
from naru.portal.applications.models import EvidenceDocument
from naru.portal.screening.forms import RuleForm
from naru.portal.screening.queries import mark as mark_of

FIRST = ("failed", "missing", "person", "passed", "not_applicable")


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRow:
    """A finding on the card: how it stands, what was submitted about it, what may be said to it."""

    ruled: Ruled
    mark: str
    documents: tuple[EvidenceDocument, ...]
    form: RuleForm | None = None

    @property
    def open(self) -> bool:
        """Whether it asks for attention: it speaks against the application or asks a person."""
        return self.ruled.outcome not in (Outcome.PASSED, Outcome.NOT_APPLICABLE)


def card_rows(
    standing: Iterable[Ruled], documents: Iterable[EvidenceDocument], *, mark: str, data: Any, may: bool
) -> list[CardRow]:
    """The findings, the worst first, each beside its evidence; with `data` in the form of `mark`."""
    given: dict[str, list[EvidenceDocument]] = {}
    for document in documents:
        given.setdefault(document.code, []).append(document)
    rows = []
    for one in standing:
        facts = dict(one.finding.facts)
        codes = [facts.get("document", ""), *facts.get("evidence", "").split(" | ")]
        key = mark_of(one)
        rows.append(
            CardRow(
                ruled=one,
                mark=key,
                documents=tuple(row for code in dict.fromkeys(codes) for row in given.get(code, ())),
                form=RuleForm(data if key == mark else None, one, key) if may else None,
            )
        )
    return sorted(rows, key=lambda row: FIRST.index(row.ruled.outcome))

"""What the gates said of a file, from the JSON values kept with it back to findings."""

from collections.abc import Iterable, Mapping
from typing import Any

from naru.domain.decision import Finding, Outcome
from naru.domain.terms import Text


def findings(stored: Iterable[Mapping[str, Any]]) -> tuple[Finding, ...]:
    """The findings stored by `naru.documents.verdicts.finding_data`."""
    return tuple(
        Finding(
            clause=one["clause"],
            code=one["code"],
            outcome=Outcome(one["outcome"]),
            reason=Text(ko=one["ko"], en=one["en"]),
            facts=tuple(one["facts"].items()),
            mend=Text(ko=one["mend_ko"], en=one["mend_en"]) if "mend_ko" in one else None,
        )
        for one in stored
    )

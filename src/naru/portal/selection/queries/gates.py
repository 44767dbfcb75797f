"""What must be so before a selection runs: seed, quotas, duplicates, sheets, closed evaluation."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from naru.portal.calls import queries as calls
from naru.portal.calls.models import Call
from naru.portal.evaluation import queries as evaluation
from naru.portal.screening import queries as screening
from naru.portal.selection.queries.inputs import Inputs

Name = Literal["seed", "quotas", "evaluation", "sheets", "duplicates"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """One condition: whether it holds, and the applications (receipt numbers) that stand in its way."""

    name: Name
    open: bool
    held: tuple[str, ...] = ()


def gates(call: Call, round_id: str, given: Inputs) -> Sequence[Gate]:
    """The conditions in the order in which they are met."""
    twice = [
        application.number or ""
        for applications in screening.unresolved_duplicates(call, round_id).values()
        for application in applications
    ]
    short = given.short_of_sheets
    return (
        Gate(name="seed", open=bool(given.seed)),
        Gate(name="quotas", open=bool(calls.quotas_of(call, round_id))),
        Gate(name="duplicates", open=not twice, held=tuple(twice)),
        Gate(name="sheets", open=bool(given.applications) and not short, held=short),
        Gate(name="evaluation", open=evaluation.closing(call, round_id) is not None),
    )

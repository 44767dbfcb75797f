"""The checklist before a selection: each condition with its words and the page that settles it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from naru.portal.calls.models import Call
from naru.portal.selection import words
from naru.portal.selection.queries import Gate

SHOWN = 5  # receipt numbers named before the rest is counted
BEFORE_SCORES = ("seed", "quotas", "duplicates", "sheets")


@dataclass(frozen=True, slots=True, kw_only=True)
class GateRow:
    """One line of the checklist; `more` counts the applications not named."""

    label: Any
    why: Any
    open: bool
    url: str
    held: tuple[str, ...]
    more: int


def rows(gates: Sequence[Gate], call: Call, round_id: str) -> list[GateRow]:
    """The checklist in order."""
    return [
        GateRow(
            label=words.GATES[gate.name][0],
            why=words.GATES[gate.name][1],
            open=gate.open,
            url=_url(gate.name, call, round_id),
            held=gate.held[:SHOWN],
            more=max(0, len(gate.held) - SHOWN),
        )
        for gate in gates
    ]


def may_look(gates: Sequence[Gate]) -> bool:
    """Whether scores may be opened: not before the seats are frozen and everybody has their sheets."""
    return all(gate.open for gate in gates if gate.name in BEFORE_SCORES)


def _url(name: str, call: Call, round_id: str) -> str:
    """Where the condition is settled."""
    target, args = {
        "seed": ("calls:seed", [call.slug, round_id]),
        "quotas": ("calls:detail", [call.slug]),
        "duplicates": ("screening:duplicates", []),
        "sheets": ("evaluation:coverage", []),
        "evaluation": ("evaluation:coverage", []),
    }[name]
    return reverse(target, args=args)

"""What the tax service says of a business number: evidence for a person, never a decision.

"unknown" is a full answer: the service is down, has no key, is too busy or said something else. It never
stands in the way of an application; a closed business is a finding for the person who screens.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

BATCH = 100  # numbers per request, the service's own limit


class Status(StrEnum):
    """The state of a registration."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    NOT_REGISTERED = "not_registered"
    UNKNOWN = "unknown"


class Match(StrEnum):
    """Whether number, opening day and representative belong together."""

    MATCH = "match"
    MISMATCH = "mismatch"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What an applicant says of a business: the ten digits, the opening day, one representative's name."""

    number: str
    started_on: date | None = None
    representative: str = ""

    @property
    def whole(self) -> bool:
        """Whether there is enough to ask for a match."""
        return self.started_on is not None and bool(self.representative)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is known of one number; `reason` says why a part is unknown, as a code."""

    number: str
    status: Status = Status.UNKNOWN
    closed_on: date | None = None
    tax_type: str = ""
    match: Match = Match.UNKNOWN
    reason: str = ""

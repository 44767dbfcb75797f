"""The year as it is played: who is who, what was made so far. Each act takes it and adds its part."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random

from naru.domain import call as domain
from naru.portal.accounts.models import User
from naru.portal.allocation.models import Award, Server
from naru.portal.applications.models import Application
from naru.portal.calls.models import Call
from naru.portal.demo.calendar import SEOUL
from naru.portal.demo.player import Player
from naru.portal.demo.profiles import Profile
from naru.portal.organisations.models import Organisation, Professor, Supplier
from naru.portal.selection.models import MatchingRun, SelectionRun

ROUND = "1"


@dataclass
class Year:
    """The state of the play. `terms` is the call; applicants are found by the place of their profile.

    `seconds` are the second applications of a unit, by the place of the first one's profile.
    """

    player: Player
    rng: Random
    terms: domain.Call
    profiles: tuple[Profile, ...]
    call: Call = field(init=False)
    operators: list[User] = field(default_factory=list)
    reviewers: list[User] = field(default_factory=list)
    auditor: User = field(init=False)
    suppliers: dict[str, Supplier] = field(default_factory=dict)
    supplier_people: dict[str, User] = field(default_factory=dict)
    logins: dict[str, User] = field(default_factory=dict)
    users: dict[int, User] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    professors: dict[int, Professor] = field(default_factory=dict)
    applications: dict[int, Application] = field(default_factory=dict)
    seconds: dict[int, Application] = field(default_factory=dict)
    selected: SelectionRun | None = None
    matched: MatchingRun | None = None
    awards: list[Award] = field(default_factory=list)  # in use or used, in the order of the handover
    servers: dict[int, Server] = field(default_factory=dict)
    left: dict[int, datetime] = field(default_factory=dict)  # awards given up, and when

    @property
    def vendors(self) -> list[Supplier]:
        """The AI-chip vendors."""
        return [one for one in self.suppliers.values() if one.kind == Supplier.Kind.VENDOR]

    def operator(self) -> User:
        """The operator on duty: any of them."""
        return self.rng.choice(self.operators)

    def began(self, award: Award) -> date:
        """The first month of an award's use."""
        handed_over = self.servers[award.pk].handed_over_at
        assert handed_over is not None  # noqa: S101 - awards are listed at their handover
        return handed_over.astimezone(SEOUL).date().replace(day=1)

    def profile_of(self) -> dict[int, Profile]:
        """The profile behind each application's id, second applications included."""
        found = {row.pk: self.profiles[place] for place, row in self.applications.items()}
        return found | {row.pk: self.profiles[place] for place, row in self.seconds.items()}


Act = Callable[[Year], None]

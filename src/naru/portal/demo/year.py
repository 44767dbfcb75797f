"""The year as it is played: who is who, what was made so far. Each act takes it and adds its part."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from naru.domain import call as domain
from naru.portal.accounts.models import User
from naru.portal.applications.models import Application
from naru.portal.calls.models import Call
from naru.portal.demo.player import Player
from naru.portal.demo.profiles import Profile
from naru.portal.organisations.models import Organisation, Professor, Supplier

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

    @property
    def vendors(self) -> list[Supplier]:
        """The AI-chip vendors."""
        return [one for one in self.suppliers.values() if one.kind == Supplier.Kind.VENDOR]

    def operator(self) -> User:
        """The operator on duty: any of them."""
        return self.rng.choice(self.operators)

    def profile_of(self) -> dict[int, Profile]:
        """The profile behind each application's id, second applications included."""
        found = {row.pk: self.profiles[place] for place, row in self.applications.items()}
        return found | {row.pk: self.profiles[place] for place, row in self.seconds.items()}


Act = Callable[[Year], None]

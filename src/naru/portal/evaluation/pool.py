"""Reading the pool of reviewers (평가위원단): who is in it, in which fields, with how much to do."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from naru.domain.terms import Text
from naru.portal.accounts.models import User
from naru.portal.applications.catalogue import catalogue
from naru.portal.calls.models import Call
from naru.portal.evaluation import queries
from naru.portal.evaluation.models import DeclaredRelation, ReviewerProfile
from naru.portal.organisations.models import Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Fellow:
    """One reviewer of the pool with the profile (None: not entered yet) and its fields' titles."""

    user: User
    profile: ReviewerProfile | None
    fields: tuple[Text, ...]

    @property
    def available(self) -> bool:
        """Whether sheets may be asked of the person; so without a profile too."""
        return self.profile is None or self.profile.available


def fields() -> dict[str, Text]:
    """The fields of expertise: those of the support table, by id, in printed order."""
    return {field.id: field.title for field in catalogue().fields}


def fellows(call: Call, round_id: str) -> list[Fellow]:
    """The whole pool by name with each one's load in the round; one query."""
    titles = fields()
    rows = queries.workloads(call, round_id).select_related("reviewer_profile__organisation")
    return [fellow(one, titles) for one in rows]


def fellow(user: User, titles: dict[str, Text] | None = None) -> Fellow:
    """One reviewer of the pool; reads the profile unless it is loaded."""
    profile = getattr(user, "reviewer_profile", None)
    named = fields() if titles is None else titles
    known = profile.expertise if profile else ()
    return Fellow(user=user, profile=profile, fields=tuple(named[one] for one in known if one in named))


def narrowed(pool: Iterable[Fellow], field: str = "", state: str = "", words: str = "") -> list[Fellow]:
    """Those of a field, of a state (available, away, unentered), with `words` in name or affiliation."""
    tests: dict[str, Callable[[Fellow], bool]] = {
        "available": lambda one: one.profile is not None and one.available,
        "away": lambda one: not one.available,
        "unentered": lambda one: one.profile is None,
    }
    return [
        one
        for one in pool
        if (not field or (one.profile is not None and field in one.profile.expertise))
        and (state not in tests or tests[state](one))
        and (not words or words.lower() in _said(one))
    ]


def _said(one: Fellow) -> str:
    affiliation = one.profile.affiliation if one.profile else ""
    return f"{one.user.name} {one.user.email} {affiliation}".lower()


def organisations(said: Sequence[tuple[str, str]]) -> list[Organisation | None]:
    """The portal's entry of each (affiliation, number): by its number, else by its exact name; one query."""
    wanted = [(name.strip(), number) for name, number in said]
    rows = Organisation.objects.filter(
        Q(business_number__in=[number for _name, number in wanted if number])
        | Q(name__in=[name for name, _number in wanted if name])
    ).order_by("-pk")
    by_number, by_name = {}, {}
    for row in rows:
        by_name[row.name] = row
        if row.business_number:
            by_number[row.business_number] = row
    return [by_number.get(number) or by_name.get(name) for name, number in wanted]


def relations(reviewer: User) -> QuerySet[DeclaredRelation]:
    """The relations a reviewer has declared and not taken back."""
    return DeclaredRelation.objects.filter(reviewer=reviewer, ended_at=None)

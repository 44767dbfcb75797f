"""The pool of reviewers: entered or imported by the operator, the fields of expertise corrected by each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from naru.codec.reviewers import ReviewerRow
from naru.portal.accounts.models import Role, User
from naru.portal.audit.actions import record
from naru.portal.evaluation import pool, queries, refusals
from naru.portal.evaluation.acting import require_role
from naru.portal.evaluation.models import ReviewerProfile


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What is kept of a reviewer; `ceiling` None: as many sheets as come."""

    affiliation: str = ""
    business_number: str = ""
    expertise: tuple[str, ...] = ()
    available: bool = True
    ceiling: int | None = None


@transaction.atomic
def enter_reviewer(*, by: User, at: datetime, reviewer: User, details: Details) -> ReviewerProfile:
    """Enter a reviewer in the pool, or change the entry. Refused for a person or field unknown."""
    require_role(by, Role.OPERATOR)
    if not reviewer.has_role(Role.REVIEWER):
        raise refusals.not_reviewers([reviewer.email])
    _known(details.expertise)
    (made,) = _kept(by, at, {reviewer: details})
    facts = {"reviewer": reviewer.pk, "expertise": list(details.expertise), "available": details.available}
    record(by=by, at=at, action="evaluation.enter_reviewer", subject=made, facts=facts)
    return made


@transaction.atomic
def import_reviewers(*, by: User, at: datetime, rows: Iterable[ReviewerRow]) -> list[ReviewerProfile]:
    """Enter a whole list, or nothing: refused when an address belongs to nobody with the role of reviewer."""
    require_role(by, Role.OPERATOR)
    listed = list(rows)
    known = {one.email: one for one in queries.reviewers().filter(email__in=[row.email for row in listed])}
    if strangers := [row.email for row in listed if row.email not in known]:
        raise refusals.not_reviewers(strangers)
    entries = {}
    for row in listed:
        _known(row.expertise)
        entries[known[row.email]] = Details(
            affiliation=row.affiliation,
            business_number=row.business_number,
            expertise=row.expertise,
            available=row.available,
            ceiling=row.ceiling,
        )
    made = _kept(by, at, entries)
    facts = {"reviewers": [one.reviewer_id for one in made]}
    record(by=by, at=at, action="evaluation.import_reviewers", subject=by, facts=facts)
    return made


@transaction.atomic
def correct_expertise(*, by: User, at: datetime, expertise: Iterable[str]) -> ReviewerProfile:
    """A reviewer says in which fields one is at home; the rest of the entry is the operator's."""
    require_role(by, Role.REVIEWER)
    fields = tuple(expertise)
    _known(fields)
    kept = ReviewerProfile.objects.select_for_update(of=("self",)).filter(reviewer=by).first()
    kept = kept or ReviewerProfile(reviewer=by)
    kept.expertise, kept.updated_by, kept.updated_at = list(fields), by, at
    kept.save()
    facts = {"expertise": list(fields)}
    record(by=by, at=at, action="evaluation.correct_expertise", subject=kept, facts=facts)
    return kept


def _known(expertise: Iterable[str]) -> None:
    there = pool.fields()
    if unknown := [one for one in expertise if one not in there]:
        raise refusals.unknown_fields(unknown, there)


def _kept(by: User, at: datetime, entries: Mapping[User, Details]) -> list[ReviewerProfile]:
    """The entries, written in one query; an affiliation that the portal knows is tied to its entry."""
    found = pool.organisations([(one.affiliation, one.business_number) for one in entries.values()])
    ReviewerProfile.objects.bulk_create(
        (
            ReviewerProfile(
                reviewer=reviewer,
                affiliation=details.affiliation.strip(),
                business_number=details.business_number,
                organisation=organisation,
                expertise=list(details.expertise),
                available=details.available,
                ceiling=details.ceiling,
                updated_by=by,
                updated_at=at,
            )
            for (reviewer, details), organisation in zip(entries.items(), found, strict=True)
        ),
        update_conflicts=True,
        unique_fields=["reviewer"],
        update_fields=[
            "affiliation", "business_number", "organisation", "expertise", "available", "ceiling",
            "updated_by", "updated_at",
        ],
    )  # fmt: skip
    return list(ReviewerProfile.objects.filter(reviewer__in=list(entries)).order_by("reviewer"))

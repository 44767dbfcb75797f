"""Who belongs where, and which restrictions are in force."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from naru.portal.accounts.models import User
from naru.portal.organisations.models import Member, Organisation, Restriction, Supplier


def organisations_of(user: User) -> QuerySet[Organisation]:
    """The organisations a user acts for."""
    return Organisation.objects.filter(members__user=user)


def is_member(user: User, organisation: Organisation) -> bool:
    """Whether the user acts for the organisation."""
    return Member.objects.filter(user=user, organisation=organisation).exists()


def supplier_of(user: User, kind: str) -> Supplier | None:
    """The supplier of `kind` (vendor or cloud) a user acts for, None when there is none."""
    return Supplier.objects.filter(members__user=user, kind=kind).first()


def in_force(on: date) -> QuerySet[Restriction]:
    """Restrictions that barred participation on a day (of Asia/Seoul), lifted ones up to the day before."""
    return Restriction.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=on), Q(lifted_at=None) | Q(lifted_at__date__gt=on), starts_on__lte=on
    )


def restrictions_by_unit(units: Iterable[str], on: date) -> dict[str, list[Restriction]]:
    """For each of `units` its restrictions in force on a day, in one query; units without any are absent."""
    found: dict[str, list[Restriction]] = {}
    for restriction in in_force(on).filter(unit__in=set(units)).order_by("starts_on", "pk"):
        found.setdefault(restriction.unit, []).append(restriction)
    return found


def register(*, text: str = "", on: date | None = None) -> QuerySet[Restriction]:
    """The register with its people, narrowed to those in force `on` a day and to a unit or name."""
    found = (in_force(on) if on else Restriction.objects.all()).select_related(
        "organisation", "decided_by", "lifted_by"
    )
    if text:
        found = found.filter(Q(unit__icontains=text) | Q(organisation__name__icontains=text))
    return found

"""Whose award and whose server: a foreign one does not exist for an applicant or a cloud company."""

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from naru.portal.accounts.models import User
from naru.portal.allocation.models import Award, Server


def awards_of(user: User) -> QuerySet[Award]:
    """The awards of applications the user made, or whose organisation the user acts for.

    A university's members do not see each other's applications: there the applicant alone is the party.
    """
    mine = Q(application__applicant=user) | Q(
        application__professor=None, application__organisation__members__user=user
    )
    found = Award.objects.filter(mine).distinct()
    return found.select_related("call", "application__organisation", "vendor", "cloud", "agreement", "server")


def own_award(user: User, application: int) -> Award:
    """The award of one such application, else 404."""
    return get_object_or_404(awards_of(user), application=application)


def orders_of(user: User) -> QuerySet[Server]:
    """The servers ordered from the cloud companies a user acts for, those to deliver first."""
    found = Server.objects.filter(award__cloud__members__user=user).distinct()
    return found.select_related("award__application", "award__vendor", "award__cloud", "award__call")


def own_order(user: User, pk: int) -> Server:
    """One such server, else 404."""
    return get_object_or_404(orders_of(user), pk=pk)


def has_award(user: User) -> bool:
    """Whether the person has an award, so that the room of progress concerns them."""
    return awards_of(user).exists()

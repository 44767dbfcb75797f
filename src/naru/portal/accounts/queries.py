"""Who has an account, with which roles and which second factor; where a person is logged in."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from naru.portal.accounts.models import RoleGrant, User


def people(words: str = "", role: str = "") -> "QuerySet[User]":
    """Everybody whose name or address holds `words` and who has `role`, by name; two queries when read.

    Each user carries `in_force` (grants) and `is_enrolled`.
    """
    app = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    found = User.objects.annotate(is_enrolled=Exists(app)).order_by("name", "pk")
    if words:
        found = found.filter(Q(name__icontains=words) | Q(email__icontains=words))
    if role:
        found = found.filter(grants__role=role, grants__revoked_at=None)
    grants = RoleGrant.objects.filter(revoked_at=None).order_by("granted_at", "pk")
    return found.prefetch_related(Prefetch("grants", grants, to_attr="in_force"))


def unused_codes(user: User) -> int:
    """How many recovery codes are left."""
    found = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(found.wrap().get_unused_codes()) if found else 0


def sessions(user: User) -> list[UserSession]:
    """Where the person is logged in, the latest first; ended and expired ones are left out."""
    rows = UserSession.objects.filter(user=user).order_by("-last_seen_at")
    alive = _alive([row.session_key for row in rows])
    return [row for row in rows if row.session_key in alive]


def _alive(keys: list[str]) -> set[str]:
    found = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    return set(found.values_list("session_key", flat=True))


def shown(instant: datetime) -> datetime:
    """An instant of the real clock as the pages tell time: a demo stays in its year."""
    return instant + settings.NARU_CLOCK_OFFSET

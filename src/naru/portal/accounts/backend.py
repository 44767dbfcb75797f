"""Loads the signed-in person and the roles in force in one query: every page of everybody pays for it."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Exists, OuterRef

from naru.portal.accounts.models import Role, RoleGrant, User


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth is untyped
    """allauth's log-in by e-mail; the person of a session comes with the roles."""

    def get_user(self, user_id: int) -> User | None:
        """The active user of a session, or None."""
        granted = RoleGrant.objects.filter(user=OuterRef("pk"), revoked_at=None)
        columns = {role: f"granted_{role}" for role in Role.values if role != Role.APPLICANT}
        held = {column: Exists(granted.filter(role=role)) for role, column in columns.items()}
        found = User.objects.annotate(**held).filter(pk=user_id, is_active=True).first()
        if found is not None:
            found.know_roles(role for role, column in columns.items() if getattr(found, column))
        return found

"""Who may act: the actions of this room ask again themselves, whatever the page in front of them checked."""

from naru.portal.accounts.models import Role, User
from naru.portal.evaluation import refusals


def require_role(by: User, role: Role) -> None:
    """Refused (R-03) unless `by` holds the role now."""
    if not by.has_role(role):
        raise refusals.role_missing(role)

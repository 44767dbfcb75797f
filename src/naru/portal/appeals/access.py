"""Who may act on an appeal, whatever door the act was asked through."""

from naru.portal.accounts.models import Role, User
from naru.portal.appeals import refusals


def must_be_operator(by: User) -> None:
    """Refuse anybody else (R-06)."""
    if not by.has_role(Role.OPERATOR):
        raise refusals.operators_only()

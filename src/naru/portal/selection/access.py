"""Who may act in these rooms: an operator, whatever door the act was asked through."""

from naru.portal.accounts.models import Role, User
from naru.portal.selection import refusals


def must_be_operator(by: User, clause: str) -> None:
    """Refuse anybody else under the clause of the act."""
    if not by.has_role(Role.OPERATOR):
        raise refusals.operators_only(clause)

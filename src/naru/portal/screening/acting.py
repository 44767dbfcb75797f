"""Who may act: the actions of this room ask again themselves, whatever the page in front of them checked."""

from naru.portal.accounts.models import Role, User
from naru.portal.organisations.models import Supplier, SupplierMember
from naru.portal.screening import refusals


def require_operator(by: User, clause: str = "R-01") -> None:
    """Refused unless `by` is an operator now."""
    if not by.has_role(Role.OPERATOR):
        raise refusals.operator_only(clause)


def require_vendor(by: User, vendor: Supplier) -> None:
    """Refused (R-02) unless `by` answers for this vendor now."""
    members = SupplierMember.objects.filter(supplier=vendor, user=by)
    if not by.has_role(Role.VENDOR) or not members.exists():
        raise refusals.not_of_vendor()

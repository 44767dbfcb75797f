"""What may be done to organisations, their people, suppliers and the register of restrictions."""

from naru.portal.organisations.actions.details import update_details
from naru.portal.organisations.actions.entries import (
    RestrictionEntry,
    add_member,
    add_professor,
    add_supplier,
    add_supplier_member,
    create_organisation,
    lift_restriction,
    record_restriction,
)
from naru.portal.organisations.actions.invitations import (
    accept_invitation,
    invite,
    resend_invitation,
    revoke_invitation,
)
from naru.portal.organisations.actions.joining import answer_request, request_joining
from naru.portal.organisations.actions.people import hand_over, leave, remove_member
from naru.portal.organisations.actions.status import record_statuses
from naru.portal.organisations.entering import OrganisationDetails

__all__ = [
    "OrganisationDetails",
    "RestrictionEntry",
    "accept_invitation",
    "add_member",
    "add_professor",
    "add_supplier",
    "add_supplier_member",
    "answer_request",
    "create_organisation",
    "hand_over",
    "invite",
    "leave",
    "lift_restriction",
    "record_restriction",
    "record_statuses",
    "remove_member",
    "request_joining",
    "resend_invitation",
    "revoke_invitation",
    "update_details",
]

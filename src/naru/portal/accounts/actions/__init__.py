"""What may be done to accounts: people and roles, addresses and passwords, second factors, sessions."""

from naru.portal.accounts.actions.addresses import change_password, confirm_address
from naru.portal.accounts.actions.people import change_profile, create_user, grant_role, revoke_role
from naru.portal.accounts.actions.second_factors import (
    enrol_second_factor,
    remove_second_factor,
    renew_recovery_codes,
    reset_second_factor,
)
from naru.portal.accounts.actions.sessions import end_sessions

__all__ = [
    "change_password",
    "change_profile",
    "confirm_address",
    "create_user",
    "end_sessions",
    "enrol_second_factor",
    "grant_role",
    "remove_second_factor",
    "renew_recovery_codes",
    "reset_second_factor",
    "revoke_role",
]

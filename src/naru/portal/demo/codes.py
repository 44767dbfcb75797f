"""The six digits of a demo login right now: what a phone would show, read from the played database."""

import time

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt


def current_code(email: str) -> tuple[str, int]:
    """The code of the person with this address, and how many seconds the app would show it.

    Raises LookupError when that person has no authenticator.
    """
    found = Authenticator.objects.filter(
        user__email=email.strip().lower(), type=Authenticator.Type.TOTP
    ).first()
    if found is None:
        raise LookupError(email)
    now = int(time.time())
    period = app_settings.TOTP_PERIOD
    value = hotp_value(decrypt(found.data["secret"]), now // period)
    return format_hotp_value(value), period - now % period

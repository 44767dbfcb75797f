"""System checks: settings that would fail later, told at start with the way to mend them."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured


@register()
def secret_key(**_options: Any) -> list[CheckMessage]:
    """Refuse to start without a secret key."""
    try:
        if settings.SECRET_KEY:
            return []
    except ImproperlyConfigured:  # Django's own answer to an empty key
        pass
    return [
        Error(
            "NARU_SECRET_KEY is not set.",
            hint="Set it to 50 or more random characters, or NARU_DEBUG=1 for a trial on your own machine.",
            id="naru.E001",
        )
    ]

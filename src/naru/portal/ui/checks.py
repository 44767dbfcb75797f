"""System checks: settings that would fail later, told at start with the way to mend them."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register()
def secret_key(**_options: Any) -> list[CheckMessage]:
    """Refuse to start without a secret key."""
    if settings._wrapped.SECRET_KEY:  # noqa: SLF001 - settings.SECRET_KEY itself raises when empty
        return []
    return [
        Error(
            "NARU_SECRET_KEY is not set.",
            hint="Set it to 50 or more random characters, or NARU_DEBUG=1 for a trial on your own machine.",
            id="naru.E001",
        )
    ]

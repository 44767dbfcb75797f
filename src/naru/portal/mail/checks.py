"""System check: a portal in earnest has a mail server, or says aloud that it has none."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register  # noqa: A004 - Django's name for it

from naru.portal.mail.address import FILES


@register()
def way_out(**_options: Any) -> list[CheckMessage]:
    """Warn where mails end in files although this is neither a trial nor the demo."""
    if settings.DEBUG or settings.NARU_DEMO or settings.EMAIL_BACKEND != FILES:
        return []
    return [
        Warning(
            "Mails are only written to files in the data folder: NARU_EMAIL_URL names no server.",
            hint="Set NARU_EMAIL_URL=smtp+tls://USER:PASSWORD@HOST:587 and NARU_MAIL_FROM=name@domain.",
            id="naru.W002",
        )
    ]

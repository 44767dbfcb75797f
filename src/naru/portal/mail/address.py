"""From one address in an environment variable to Django's mail settings."""

from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

FILES = "django.core.mail.backends.filebased.EmailBackend"
SMTP = "django.core.mail.backends.smtp.EmailBackend"
PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def email(address: str) -> dict[str, Any]:
    """Django's EMAIL_* settings for a server or a folder.

    `smtp://HOST` (a relay on the same network, in the clear), `smtp+tls://USER:PASSWORD@HOST:587` (STARTTLS),
    `smtps://USER:PASSWORD@HOST:465` (TLS from the start), `file:///PATH` (files, nothing leaves the machine).
    Raises ImproperlyConfigured for anything else.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"NARU_EMAIL_URL: {error}") from error
    if parts.scheme == "file" and parts.path:
        return {"EMAIL_BACKEND": FILES, "EMAIL_FILE_PATH": unquote(parts.path)}
    if parts.scheme in PORTS and parts.hostname:
        return {
            "EMAIL_BACKEND": SMTP,
            "EMAIL_HOST": parts.hostname,
            "EMAIL_PORT": port or PORTS[parts.scheme],
            "EMAIL_HOST_USER": unquote(parts.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
            "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
            "EMAIL_USE_SSL": parts.scheme == "smtps",
        }
    raise ImproperlyConfigured(
        f"NARU_EMAIL_URL: {parts.scheme or 'no scheme'} cannot be used; "
        "write smtp+tls://USER:PASSWORD@HOST:587, smtps://..., smtp://HOST or file:///PATH"
    )

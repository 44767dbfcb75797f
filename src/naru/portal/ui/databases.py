"""From one address in an environment variable to Django's database settings."""

from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def database(address: str) -> dict[str, Any]:
    """Django's settings for `sqlite:///PATH` or `postgresql://USER[:PASSWORD]@HOST[:PORT]/NAME`.

    Raises ImproperlyConfigured for any other scheme or a missing name.
    """
    parts = urlsplit(address)
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme == "sqlite" and name:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": name,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",  # a writer waits for its turn instead of failing half-way
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",  # a receipt is on disk
            },
        }
    if parts.scheme in {"postgresql", "postgres"} and name:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": name,
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise ImproperlyConfigured(
        f"NARU_DATABASE_URL: {parts.scheme or 'no scheme'} cannot be used; "
        "write sqlite:///PATH or postgresql://USER@HOST/NAME"
    )

"""Secrets of second factors are kept encrypted; the key is drawn from SECRET_KEY.

After SECRET_KEY was changed, the old one in SECRET_KEY_FALLBACKS still opens them (0065).
"""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.crypto import salted_hmac

SALT = "naru.accounts.second_factor"


def encrypt(text: str) -> str:
    """The text as Fernet ciphertext under the newest key."""
    return _keys().encrypt(text.encode()).decode()


def decrypt(ciphertext: str) -> str:
    """The text again. Raises ImproperlyConfigured when it was encrypted under a key that is gone."""
    try:
        return _keys().decrypt(ciphertext.encode()).decode()
    except InvalidToken as error:
        raise ImproperlyConfigured(
            "A second factor was stored under another NARU_SECRET_KEY. "
            "Name the old key in NARU_SECRET_KEY_FALLBACKS."
        ) from error


def _keys() -> MultiFernet:
    return MultiFernet([_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str) -> Fernet:
    return Fernet(urlsafe_b64encode(salted_hmac(SALT, "", secret=secret, algorithm="sha256").digest()))

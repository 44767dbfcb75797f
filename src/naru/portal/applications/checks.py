"""System checks: receipts are signed with a key the portal can read, and nobody else."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004 - Django's name for it

from naru.codec.signature import KeyFileError, SigningKey
from naru.portal.applications import signing


@register()
def receipt_key(**_options: Any) -> list[CheckMessage]:
    """Refuse a key that cannot be used; warn where there is none yet, or where others may read it.

    The demo and a trial on one's own machine make their key when they need it, and so does a portal in
    earnest; but there a key nobody has seen is a key nobody has kept a copy of.
    """
    path = Path(settings.RECEIPT_KEY)
    try:
        SigningKey.from_pem(path.read_bytes())
    except FileNotFoundError:
        return [] if settings.DEBUG or settings.NARU_DEMO else [_missing(path)]
    except (OSError, KeyFileError) as error:
        return [
            Error(
                f"Receipts cannot be signed: {path} cannot be used ({error}).",
                hint="Let this user read the file, or name another in NARU_RECEIPT_KEY; "
                "until then every receipt would be unsigned.",
                id="naru.E002",
            )
        ]
    if signing.too_open():
        return [
            Warning(
                f"Others than its owner may read the receipt key {path}.",
                hint=f"chmod 600 {path}",
                id="naru.W004",
            )
        ]
    return []


def _missing(path: Path) -> CheckMessage:
    return Warning(
        f"There is no receipt key yet at {path}; the first receipt would make one.",
        hint="Make it now with `naru receipt key`, and keep a copy in a safe place.",
        id="naru.W003",
    )

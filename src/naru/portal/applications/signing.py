"""The key receipts are signed with: a file outside the database, made on first use, replaced by a command."""

import logging
import os
import tempfile
from pathlib import Path

from django.conf import settings

from naru.codec.signature import KeyFileError, SigningKey

_log = logging.getLogger(__name__)
_kept: dict[tuple[str, int, int], SigningKey] = {}


def current() -> SigningKey:
    """The key in use; made when there is none. OSError or KeyFileError when the file cannot be used."""
    path = Path(settings.RECEIPT_KEY)
    try:
        seen = path.stat()
    except FileNotFoundError:
        _store(path, SigningKey.new(), replace=False)
        seen = path.stat()
    mark = (str(path), seen.st_mtime_ns, seen.st_ino)
    if mark not in _kept:
        _kept.clear()
        _kept[mark] = SigningKey.from_pem(path.read_bytes())
    return _kept[mark]


def usable() -> SigningKey | None:
    """The key in use, or None with a line in the log: a broken key file keeps no application out."""
    try:
        return current()
    except (OSError, KeyFileError):
        _log.exception("receipts are not signed: %s cannot be used", settings.RECEIPT_KEY)
        return None


def rotate() -> SigningKey:
    """Put a new key in use; the old private key is destroyed, its public half stays published."""
    _publish(current())
    made = SigningKey.new()
    _store(Path(settings.RECEIPT_KEY), made, replace=True)
    return made


def too_open() -> bool:
    """Whether others than the owner may read the key file."""
    try:
        return bool(Path(settings.RECEIPT_KEY).stat().st_mode & 0o077)
    except FileNotFoundError:
        return False


def _store(path: Path, key: SigningKey, *, replace: bool) -> None:
    """Write the file whole and readable by its owner only; without `replace` the first writer wins."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".receipt-")  # mode 0600
    with os.fdopen(handle, "wb") as file:
        file.write(key.pem())
        file.flush()
        os.fsync(file.fileno())
    try:
        if replace:
            Path(name).replace(path)
        else:
            os.link(name, path)
    except FileExistsError:  # another process made it in the meantime
        _log.info("receipt key: made by another process")
    finally:
        Path(name).unlink(missing_ok=True)
    _publish(current())


def _publish(key: SigningKey) -> None:
    """Keep the public half beside the key, so that receipts can be checked without the database."""
    public = key.public
    (Path(settings.RECEIPT_KEY).parent / f"{public.id}.pub.pem").write_text(public.pem(), encoding="ascii")

"""The one file a child may read: opened without following links, and judged before anything is read."""

import errno
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from naru.sandbox.limits import Stop


class SourceRefusedError(Exception):
    """The source is not a plain file of an allowed size; `stop` says which."""

    def __init__(self, stop: Stop, detail: str) -> None:
        super().__init__(detail)
        self.stop = stop


@contextmanager
def opened(source: Path | bytes, max_bytes: int) -> Iterator[int]:
    """A descriptor of the source at its first byte; bytes go into a file without a name.

    Raises:
        SourceRefusedError: no such file, a link, a folder, a device, a file with a second name, too large.
    """
    if isinstance(source, bytes):
        _bounded(len(source), max_bytes)
        with tempfile.TemporaryFile() as unnamed:
            unnamed.write(source)
            unnamed.flush()
            unnamed.seek(0)
            yield unnamed.fileno()
        return
    descriptor = _open(source)
    try:
        _judge(os.fstat(descriptor), max_bytes)
        yield descriptor
    finally:
        os.close(descriptor)


def _open(path: Path) -> int:
    try:  # O_NONBLOCK: opening a pipe without a writer must not wait
        return os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        linked = error.errno in {errno.ELOOP, errno.ENXIO}
        stop = Stop.NOT_REGULAR if linked else Stop.NO_FILE
        raise SourceRefusedError(stop, error.strerror or "") from error


def _judge(found: os.stat_result, max_bytes: int) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise SourceRefusedError(Stop.NOT_REGULAR, stat.filemode(found.st_mode))
    if found.st_nlink != 1:
        raise SourceRefusedError(Stop.LINKED, f"{found.st_nlink} names")
    _bounded(found.st_size, max_bytes)


def _bounded(size: int, max_bytes: int) -> None:
    if size > max_bytes:
        raise SourceRefusedError(Stop.TOO_LARGE, f"{size} of {max_bytes} bytes")

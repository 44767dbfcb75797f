"""Landlock: from now on this process reads and writes only below the named folders (Linux 5.13 and later).

Numbers and structures are those of the kernel's `linux/landlock.h`; the calls have the same numbers on
every architecture.
"""

import contextlib
import ctypes
import os
import struct
from collections.abc import Iterable

CREATE, ADD_RULE, RESTRICT_SELF = 444, 445, 446
VERSION = 1  # flag of CREATE: ask for the version
BENEATH = 1  # kind of a rule: a path and what is below it
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
FILE_RIGHTS = EXECUTE | WRITE_FILE | READ_FILE | 1 << 14 | 1 << 15  # those a rule on a single file may name
# how many rights of files exist since each version: 13; moving between folders; truncating; device controls
RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
NETWORK_SINCE, NETWORK = 4, 0b11  # bind and connect of TCP
SCOPES_SINCE, SCOPES = 6, 0b11  # abstract sockets and signals of other processes
NO_NEW_PRIVILEGES = 38  # prctl


def restrict(readable: Iterable[str], writable: Iterable[str]) -> bool:
    """Restrict this process; False where the kernel does not offer it.

    Raises:
        OSError: the kernel offers it but refused a rule or the restriction.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(CREATE, None, 0, VERSION)
    if version < 1:
        return False
    handled = (1 << RIGHTS[min(version, max(RIGHTS))]) - 1
    network = NETWORK if version >= NETWORK_SINCE else 0
    scopes = SCOPES if version >= SCOPES_SINCE else 0
    fields = struct.pack("=QQQ", handled, network, scopes)
    size = 8 if version < NETWORK_SINCE else 16 if version < SCOPES_SINCE else 24
    rules = _checked(libc.syscall(CREATE, fields, size, 0))
    for path in readable:
        _allow(libc, rules, path, READ_FILE | READ_DIR)
    for path in writable:
        _allow(libc, rules, path, handled & ~EXECUTE)
    _checked(libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0))
    _checked(libc.syscall(RESTRICT_SELF, rules, 0))
    os.close(rules)
    return True


def _allow(libc: ctypes.CDLL, rules: int, path: str, rights: int) -> None:
    with contextlib.suppress(FileNotFoundError):
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            if not os.path.isdir(path):  # noqa: PTH112 - nothing more is imported in a child
                rights &= FILE_RIGHTS
            _checked(libc.syscall(ADD_RULE, rules, BENEATH, struct.pack("=Qi", rights, place), 0))
        finally:
            os.close(place)


def _checked(result: int) -> int:
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"landlock: {os.strerror(code)}")
    return result

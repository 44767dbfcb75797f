"""Take away from this process, for good: network, new programs, and every file but the named folders.

Linux grants two locks without privileges: Landlock (which files) and seccomp (which system calls). Where a
kernel has neither, a hook of the interpreter still refuses the same acts of Python code. Used by `child.py`
only, as the first thing after the limits.
"""

import os
import sys
from collections.abc import Sequence
from typing import Any

from naru.sandbox import landlock, seccomp

# needed to load shared libraries and to draw random numbers
SYSTEM = ("/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/dev/urandom")
NULL = "/dev/null"
REFUSED_EVENTS = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.system",
    "os.kill",
    "pty.",
    "syslog.",
    "webbrowser.",
    "ftplib.",
    "http.",
    "smtplib.",
    "urllib.",
)
WRITES = os.O_WRONLY | os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_TRUNC


def confine(*, readable: Sequence[str], writable: str | None) -> tuple[str, ...]:
    """Confine this process and all its threads; the names of the locks the kernel granted."""
    folders = [*readable, sys.base_prefix, *SYSTEM]
    granted = []
    if landlock.restrict(folders, [NULL, *([writable] if writable else [])]):
        granted.append("landlock")
    if seccomp.forbid():
        granted.append("seccomp")
    else:
        seccomp.forbid_processes()
    _hook([os.path.realpath(folder) for folder in (*folders, NULL)], writable)
    return tuple(granted)


def _hook(readable: list[str], writable: str | None) -> None:
    def inside(path: str, folders: list[str]) -> bool:
        real = os.path.realpath(path)
        return any(real == folder or real.startswith(folder.rstrip("/") + "/") for folder in folders)

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event.startswith(REFUSED_EVENTS):
            raise PermissionError(f"{event} is refused to a task on an untrusted file")
        if event == "open" and isinstance(arguments[0], str | bytes):
            path, _, flags = arguments
            own = [writable] if writable else []
            allowed = [*own, NULL] if flags & WRITES else [*readable, *own]
            if not inside(os.fsdecode(path), allowed):
                raise PermissionError("a task on an untrusted file reads and writes only its own folders")

    sys.addaudithook(refuse)

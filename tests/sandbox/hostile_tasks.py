"""What a file that took over its parser might try; each task says how far it got."""

import ctypes
import mmap
import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

LIBC = ctypes.CDLL(None, use_errno=True)


def length(file):
    return len(file.read())


def echo(_file, **arguments):
    return arguments


def refused(act):
    """The name of the error an act met, or its result."""
    try:
        return repr(act())
    except Exception as error:  # noqa: BLE001
        return type(error).__name__


def raw(call, *arguments):
    """The error number of a call into the C library, past the interpreter's own hook."""
    ctypes.set_errno(0)
    result = getattr(LIBC, call)(*arguments)
    return 0 if result >= 0 else ctypes.get_errno()


def from_python(_file, outside):
    return {
        "socket": refused(socket.socket),
        "pair": refused(socket.socketpair),
        "lookup": refused(lambda: socket.getaddrinfo("localhost", 80)),
        "program": refused(lambda: subprocess.run(["/bin/true"], check=False)),
        "system": refused(lambda: os.system("true")),  # noqa: S605
        "exec": refused(lambda: os.execv("/bin/true", ["true"])),  # noqa: S606
        "fork": refused(os.fork),
        "kill": refused(lambda: os.kill(os.getppid(), 0)),
        "write": refused(lambda: Path(outside, "new").write_text("x")),
        "append": refused(lambda: Path(outside, "kept").open("a")),
        "read": refused(lambda: Path(outside, "kept").read_text()),
        "read_system": refused(lambda: Path("/etc/hostname").read_text()),
        "write_own": refused(lambda: Path("own").write_text("x")),
    }


def from_c(_file, outside):
    """The same through the C library, where no hook of Python looks."""
    path = f"{outside}/kept".encode()
    return {
        "socket": raw("socket", socket.AF_INET, socket.SOCK_STREAM, 0),
        "unix": raw("socket", socket.AF_UNIX, socket.SOCK_STREAM, 0),
        "fork": raw("fork"),
        "exec": raw("execv", b"/bin/true", None),
        "kill": raw("kill", os.getppid(), 0),
        "ptrace": raw("ptrace", 16, os.getppid(), None, None),
        "limits": raw("setrlimit", 9, b"\xff" * 16),
        "read": raw("open", path, os.O_RDONLY),
        "write": raw("open", path, os.O_WRONLY),
        "remove": raw("unlink", path),
        "rename": raw("rename", path, path + b"2"),
        "folder": raw("mkdir", f"{outside}/new".encode(), 0o700),
        "environment": raw("open", f"/proc/{os.getppid()}/environ".encode(), os.O_RDONLY),
        "memory": raw("open", f"/proc/{os.getppid()}/mem".encode(), os.O_RDONLY),
    }


def fork_bomb(_file):
    return sum(raw("fork") == 0 for _ in range(1000))


def threads(_file):
    done = []
    started = [threading.Thread(target=done.append, args=(place,)) for place in range(3)]
    for thread in started:
        thread.start()
    for thread in started:
        thread.join()
    return len(done)


def allocate(_file, size):
    return len(bytearray(size))


def map_memory(_file, size):
    return len(mmap.mmap(-1, size))


def allocate_slowly(_file):
    kept = []
    while True:
        kept.append(bytes(bytearray(1_000_000)))


def spin(_file):
    while True:
        pass


def sleep(_file):
    time.sleep(60)


def print_without_end(_file):
    while True:
        print("x" * 1000)  # noqa: T201


def answer_without_end(_file):
    return "x" * 3_000_000


def close_and_spin(_file):
    os.closerange(1, 10)
    while True:
        pass


def survey(_file):
    return {
        "environment": sorted(os.environ),
        "open": [number for number in range(64) if _is_open(number)],
        "group": os.getpgid(0) == os.getpid(),
        "session": os.getsid(0) == os.getpid(),
        "folder": [path.name for path in Path().iterdir()],
        "django": "django" in sys.modules,
    }


def _is_open(number):
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def fill_disk(_file):
    written = 0
    with Path("big").open("wb") as file:
        try:
            while True:
                written += file.write(b"x" * 65536)
                file.flush()
        except OSError as error:
            return [error.errno, Path("big").stat().st_size]


def many_files(_file):
    kept = []
    try:
        while True:
            kept.append(os.dup(0))
    except OSError as error:
        return [error.errno, len(kept) < 64]


def raise_error(_file):
    raise ValueError("no such number")


def crash(_file):
    ctypes.string_at(0)


def leave(_file):
    os._exit(0)


def lie(_file):
    """Write an answer of its own making where the answer goes."""
    for number in range(3, 10):
        if _is_open(number):
            try:
                os.write(number, b'{"value": "forged"')
            except OSError:
                continue
    os._exit(0)


def not_json(_file):
    return {1, 2}

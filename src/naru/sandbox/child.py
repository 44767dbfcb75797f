"""The child's side: limit and confine this process, then import the task and run it on standard input.

Started by path in a bare interpreter (`room.run`), so nothing of naru is imported before the limits hold.
"""

import contextlib
import importlib
import json
import os
import resource
import signal
import sys
from collections.abc import Mapping
from typing import Any

UNUSABLE = 78  # exit status: the request or a limit could not be honoured


def main(request: Mapping[str, Any]) -> None:
    """Answer one request on the pipe that was standard output."""
    with open("/proc/self/status", "rb", buffering=0) as status:  # noqa: PTH123 - before any import
        answers = os.dup(1)
        os.dup2(2, 1)  # a library that prints does not spoil the answer
        _limit(request["limits"])
        sys.path[:] = [*request["paths"], *(path for path in sys.path if path)]
        answer = _confined_answer(request)
        answer["rss"] = _high_water(status.fileno())
        with contextlib.suppress(MemoryError):
            _say(answers, answer)
    os._exit(0)  # no finalisers of libraries that worked on an untrusted file


def _limit(limits: Mapping[str, Any]) -> None:
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, limits["open_files"]),
        (resource.RLIMIT_FSIZE, limits["file_bytes"]),
        (resource.RLIMIT_AS, limits["memory_bytes"]),
    ):
        resource.setrlimit(what, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (limits["cpu_seconds"], limits["cpu_seconds"] + 1))
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)


def _confined_answer(request: Mapping[str, Any]) -> dict[str, Any]:
    confined: tuple[str, ...] = ()
    try:
        confinement = importlib.import_module("naru.sandbox.confinement")
        writable = request["folder"] if request["limits"]["file_bytes"] else None
        confined = confinement.confine(readable=request["paths"], writable=writable)
        room, _, name = request["task"].rpartition(".")
        task = getattr(importlib.import_module(room), name)
        with open(0, "rb", closefd=False) as source:
            return {"value": task(source, **request["arguments"]), "confined_by": confined}
    except MemoryError:
        return {"stopped": "memory", "confined_by": confined}
    except Exception as error:  # noqa: BLE001 - whatever a parser raises is an answer
        return {"stopped": "failed", "error": f"{type(error).__name__}: {error}", "confined_by": confined}


def _high_water(status: int) -> int:
    """The most resident memory this process had, in bytes; 0 where the kernel does not say."""
    lines = os.pread(status, 16384, 0).splitlines()
    found = [int(line.split()[1]) for line in lines if line.startswith(b"VmHWM:")]
    return found[0] * 1024 if found else 0


def _say(pipe: int, answer: Mapping[str, Any]) -> None:
    left = memoryview(json.dumps(answer).encode("utf-8"))
    while left:
        left = left[os.write(pipe, left) :]


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))

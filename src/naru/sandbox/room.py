"""Start one child for one file, feed it nothing else, bound what it says, and never wait for ever.

The portal has threads, so nothing runs between fork and exec: the child limits and confines itself
(`child.py`) before it imports the task or touches the file. It gets the file as standard input, an empty
folder, and an environment without any of ours.
"""

import json
import os
import selectors
import signal
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from naru.sandbox.limits import Limits, Result, Stop
from naru.sandbox.source import SourceRefusedError, opened

CHILD = Path(__file__).with_name("child.py")
SOURCES = Path(__file__).parents[2]  # the folder that holds `naru`
STDERR_BYTES = 64 * 1024
NAP = 0.002  # seconds between two looks at a child that has closed its pipes
OUT_OF_MEMORY = ("memory allocation of", "bad_alloc", "MemoryError", "Out of memory", "out of memory")


def run(
    task: str,
    source: Path | bytes,
    *,
    limits: Limits,
    arguments: Mapping[str, Any] | None = None,
    importable: tuple[Path, ...] = (),
) -> Result:
    """Run `task` on `source` in a child of its own and return its answer, or why there is none.

    Args:
        task: dotted name of a function `task(file: BinaryIO, **arguments)` that returns JSON data.
        source: a plain file with one name, or the bytes themselves.
        limits: what the child may use.
        arguments: JSON data handed to the task; visible in the process list, so never secret.
        importable: further folders the child may import from (and read).
    """
    try:
        with opened(source, limits.source_bytes) as descriptor, _folder() as folder:
            return _run(
                _request(task, folder, limits, arguments or {}, importable), descriptor, folder, limits
            )
    except SourceRefusedError as refused:
        return Result(stopped=refused.stop, detail=str(refused))
    except OSError as error:
        return Result(stopped=Stop.NOT_STARTED, detail=str(error))


def _folder() -> "tempfile.TemporaryDirectory[str]":
    return tempfile.TemporaryDirectory(prefix="naru-room-", ignore_cleanup_errors=True)


def _request(
    task: str, folder: str, limits: Limits, arguments: Mapping[str, Any], importable: tuple[Path, ...]
) -> str:
    paths = [
        str(SOURCES),
        sysconfig.get_path("purelib"),
        sysconfig.get_path("platlib"),
        *map(str, importable),
    ]
    asked = {
        "task": task,
        "arguments": dict(arguments),
        "limits": asdict(limits),
        "paths": list(dict.fromkeys(paths)),
        "folder": os.path.realpath(folder),
    }
    return json.dumps(asked)


def _run(request: str, descriptor: int, folder: str, limits: Limits) -> Result:
    begun = time.monotonic()
    command = [sys.executable, "-I", "-S", "-B", "-X", "utf8", str(CHILD), request]
    child = subprocess.Popen(  # noqa: S603 - our own interpreter and module
        command,
        stdin=descriptor,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"HOME": folder, "TMPDIR": folder, "LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "1"},
        cwd=folder,
        start_new_session=True,
    )
    said = _Said(child)
    try:
        late = said.listen(begun + limits.wall_seconds, limits.output_bytes)
        status, used = _reaped(child, begun + limits.wall_seconds, kill=late is not None)
    finally:
        said.close()
        if child.returncode is None:  # pragma: no cover - only when this process is being stopped
            _kill(child)
            child.wait()
    wall = time.monotonic() - begun
    late = late or (Stop.WALL_TIME if wall >= limits.wall_seconds and status == -signal.SIGKILL else None)
    return _result(late, status, said, used=(used.ru_utime + used.ru_stime, wall), limits=limits)


class _Said:
    """What a child writes to its two pipes, no more of it than allowed."""

    def __init__(self, child: "subprocess.Popen[bytes]") -> None:
        assert child.stdout is not None  # noqa: S101 - both are pipes
        assert child.stderr is not None  # noqa: S101
        self.answer = bytearray()
        self.errors = bytearray()
        self._pipes: tuple[IO[bytes], ...] = (child.stdout, child.stderr)

    def listen(self, deadline: float, max_answer: int) -> Stop | None:
        """Read until both pipes are closed; a limit when one was reached first."""
        with selectors.DefaultSelector() as selector:
            kept = ((self.answer, max_answer), (self.errors, STDERR_BYTES))
            for pipe, to in zip(self._pipes, kept, strict=True):
                selector.register(pipe, selectors.EVENT_READ, to)
            while selector.get_map():
                left = deadline - time.monotonic()
                if left <= 0:
                    return Stop.WALL_TIME
                for key, _ in selector.select(left):
                    part = os.read(key.fd, 65536)
                    buffer, most = key.data
                    buffer += part
                    if not part:
                        selector.unregister(key.fileobj)
                    elif len(buffer) > most:
                        return Stop.OUTPUT
        return None

    def close(self) -> None:
        for pipe in self._pipes:
            pipe.close()


def _reaped(child: "subprocess.Popen[bytes]", deadline: float, *, kill: bool) -> tuple[int, Any]:
    """Wait for the child, killing its group at the deadline; its exit status and resource usage."""
    if kill:
        _kill(child)
    while True:
        pid, status, used = os.wait4(child.pid, 0 if kill else os.WNOHANG)
        if pid:
            child.returncode = os.waitstatus_to_exitcode(status)
            return child.returncode, used
        if time.monotonic() >= deadline:
            _kill(child)
            kill = True
        else:
            time.sleep(NAP)


def _kill(child: "subprocess.Popen[bytes]") -> None:
    os.killpg(child.pid, signal.SIGKILL)  # not reaped yet, so the id is still its own


def _result(
    late: Stop | None, status: int, said: _Said, *, used: tuple[float, float], limits: Limits
) -> Result:
    answer = _answer(bytes(said.answer)) if late is None and status == 0 else {}
    errors = said.errors.decode("utf-8", errors="replace").strip()
    stopped = late or _stopped(status, answer, errors)
    return Result(
        value=answer.get("value"),
        stopped=stopped,
        detail=str(answer.get("error") or errors)[:2000] if stopped else "",
        max_rss_bytes=int(answer.get("rss") or limits.memory_bytes),
        cpu_seconds=used[0],
        wall_seconds=used[1],
        confined_by=tuple(answer.get("confined_by", ())),
    )


def _answer(text: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(text)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _stopped(status: int, answer: Mapping[str, Any], errors: str) -> Stop | None:
    if "value" in answer:
        return None
    if "stopped" in answer:
        return Stop(answer["stopped"])
    if status == -signal.SIGXCPU:
        return Stop.CPU_TIME
    if any(words in errors for words in OUT_OF_MEMORY):
        return Stop.MEMORY
    return Stop.CRASHED

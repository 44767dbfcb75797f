"""Ask a ClamAV daemon about a file, where the operator runs one (`NARU_CLAMD`)."""

import io
import os
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from urllib.parse import urlsplit

PORT = 3310
SECONDS = 10  # how long one answer of the daemon is waited for


class State(StrEnum):
    """What a scanner said; `SILENT` covers down, too slow, an error, an answer nobody understands."""

    CLEAN = "clean"
    FOUND = "found"
    SILENT = "silent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """The answer to one file: a signature's name where one matched, else the error's words."""

    state: State
    detail: str = ""


class Scanner(Protocol):
    """Whatever looks for known malware in bytes. It answers; it never raises."""

    def scan(self, content: bytes) -> Scan:
        """Look at one file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clamd:
    """A ClamAV daemon at a socket file, or at a host and port; the bytes travel over the connection."""

    path: str = ""
    host: str = ""
    port: int = PORT
    seconds: int = SECONDS

    def scan(self, content: bytes) -> Scan:
        """Send the bytes to the daemon (INSTREAM), over a connection of their own."""
        # imported here: the child of an inspection imports this room and never scans
        from clamav_client.clamd import ClamdError, ClamdNetworkSocket, ClamdUnixSocket

        daemon: ClamdNetworkSocket = (
            ClamdUnixSocket(self.path, self.seconds)
            if self.path
            else ClamdNetworkSocket(self.host, self.port, self.seconds)
        )
        try:
            answer = daemon.instream(io.BytesIO(content))
        except (ClamdError, OSError, ValueError) as error:
            return Scan(state=State.SILENT, detail=f"{type(error).__name__}: {error}"[:200])
        status, signature = next(iter(answer.values()), ("ERROR", "no answer"))
        if status == "FOUND":
            return Scan(state=State.FOUND, detail=(signature or "")[:200])
        if status == "OK":
            return Scan(state=State.CLEAN)
        return Scan(state=State.SILENT, detail=(signature or status)[:200])


@dataclass(frozen=True, slots=True, kw_only=True)
class Misnamed:
    """Stands for a daemon whose address nobody understands: configured, so its silence is a quarantine."""

    reason: str

    def scan(self, content: bytes) -> Scan:
        """Say why there is no answer."""
        return Scan(state=State.SILENT, detail=f"{self.reason}; {len(content)} bytes were not scanned")


def answers() -> bool:
    """Whether files are scanned now: the scanner says something, or none is named in NARU_CLAMD."""
    asked = configured()
    return asked is None or asked.scan(b"naru asks").state is not State.SILENT


def configured() -> Scanner | None:
    """The scanner the operator named in NARU_CLAMD; None when it is unset."""
    try:
        return scanner_at(os.environ.get("NARU_CLAMD", ""))
    except ValueError as error:
        return Misnamed(reason=str(error))


def scanner_at(address: str, *, seconds: int = SECONDS) -> Scanner | None:
    """The scanner of an address: empty (none), a socket file `/run/clamav/clamd.ctl`, or `host[:port]`.

    Raises:
        ValueError: the address is none of these.
    """
    address = address.strip()
    if not address:
        return None
    if address.startswith(("/", "unix:")):
        return Clamd(path="/" + address.removeprefix("unix:").lstrip("/"), seconds=seconds)
    parts = urlsplit(f"//{address.removeprefix('tcp://')}")
    if not parts.hostname or parts.path:
        raise ValueError(f"{address!r} is no clamd address; use /path/to/clamd.ctl or host:port")
    return Clamd(host=parts.hostname, port=parts.port or PORT, seconds=seconds)

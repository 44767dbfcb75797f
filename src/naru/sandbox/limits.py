"""What a child may use, and how its work ended."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

MIB = 1 << 20


class Stop(StrEnum):
    """Why there is no answer: a limit of the child, a source that is no plain file, or a breakdown."""

    MEMORY = "memory"
    CPU_TIME = "cpu_time"
    WALL_TIME = "wall_time"
    OUTPUT = "output"
    NO_FILE = "no_file"
    NOT_REGULAR = "not_regular"
    LINKED = "linked"
    TOO_LARGE = "too_large"
    FAILED = "failed"
    CRASHED = "crashed"
    NOT_STARTED = "not_started"

    @property
    def blames_source(self) -> bool:
        """Whether the file itself is the cause; the others may be the machine's or the parser's fault."""
        return self not in {Stop.WALL_TIME, Stop.FAILED, Stop.CRASHED, Stop.NOT_STARTED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one child may use.

    `memory_bytes` bounds its address space, so its resident memory as well. `wall_seconds` counts from the
    start of the process. `file_bytes` is the most it may write into one file of its own folder; 0 lets it
    write nothing. `output_bytes` bounds its answer and, on its own, what it says on standard error.
    """

    source_bytes: int = 20_000_000
    memory_bytes: int = 256 * MIB
    cpu_seconds: int = 4
    wall_seconds: float = 5.0
    file_bytes: int = 0
    open_files: int = 32
    output_bytes: int = MIB


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The answer of a child, or why it stopped; and what it used.

    `detail` is for operators: it may hold words of a parser and is never shown to an applicant.
    `max_rss_bytes` is the child's own high-water mark; where it died before telling, the most it was allowed.
    `confined_by` names what the kernel granted: "landlock", "seccomp".
    """

    value: Any = None
    stopped: Stop | None = None
    detail: str = ""
    max_rss_bytes: int = 0
    cpu_seconds: float = 0.0
    wall_seconds: float = 0.0
    confined_by: tuple[str, ...] = ()

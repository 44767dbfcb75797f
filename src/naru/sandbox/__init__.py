"""One untrusted file, one child process with limits."""

from naru.sandbox.limits import Limits, Result, Stop
from naru.sandbox.room import run

__all__ = ["Limits", "Result", "Stop", "run"]

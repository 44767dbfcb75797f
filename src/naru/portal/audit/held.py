"""Chains that later rooms keep themselves, verified with the record; each room names its own at the start."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What was found of a room's own rows: how many there are, and each break in plain English."""

    rows: int
    breaks: tuple[str, ...]


_checks: dict[str, Callable[[], Held]] = {}


def register(name: str, check: Callable[[], Held]) -> None:
    """Name what is verified beside the chains of events; called by an app's `ready`."""
    _checks[name] = check


def checks() -> Mapping[str, Callable[[], Held]]:
    """What is verified, by name."""
    return _checks

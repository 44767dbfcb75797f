"""What every engine can do with a server: order, describe, suspend, resume, release.

An engine holds no clock and no accounts: it is told what to lend and answers what state it is in. What it
has to remember between two calls goes into the `Notebook` it was given.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Literal, Protocol, runtime_checkable

Phase = Literal["waiting", "running", "suspended", "released"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerSpec:
    """What is ordered: the product's minimums (C-03), and who supplies it.

    Units: TOPS at INT8, GHz, GB, TB, Gbps. `vendor` and `cloud` are the suppliers' codes.
    """

    product: str
    vendor: str
    cloud: str
    tops_int8: int
    cores: int
    clock_ghz: Decimal
    memory_gb: int
    ssd_tb: int
    link_gbps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerState:
    """One server as its engine knows it; `address` is empty until it runs."""

    reference: str
    phase: Phase
    address: str = ""


class Notebook(Protocol):
    """Where an engine keeps the states it cannot ask anybody else for."""

    def read(self, reference: str) -> ServerState | None:
        """The state last written under `reference`, or None."""

    def write(self, state: ServerState) -> None:
        """Keep `state` in place of the one before."""


@runtime_checkable
class Engine(Protocol):
    """A source of servers. Every engine passes `tests/engines/conformance.py`."""

    name: ClassVar[str]

    def order(self, spec: ServerSpec, *, key: str) -> ServerState:
        """Order one server and return its first state; the same `key` never orders a second one."""

    def describe(self, reference: str) -> ServerState:
        """The state now. Raises UnknownServerError."""

    def suspend(self, reference: str) -> ServerState:
        """Stop a running server and keep it; suspending twice changes nothing. Raises PhaseError."""

    def resume(self, reference: str) -> ServerState:
        """Start a suspended server; resuming a running one changes nothing. Raises PhaseError."""

    def release(self, reference: str) -> ServerState:
        """Give the server back for good, from any phase; releasing twice changes nothing."""


class EngineError(Exception):
    """An engine could not do what it was asked."""


class UnknownServerError(EngineError):
    """No server of this engine has the reference."""

    def __init__(self, engine: str, reference: str) -> None:
        super().__init__(f"{engine}: no server {reference!r}; take the reference that order() returned")
        self.reference = reference


class PhaseError(EngineError):
    """The server's phase does not allow the act."""

    def __init__(self, state: ServerState, act: str, wanted: str) -> None:
        super().__init__(f"{state.reference}: cannot {act} while {state.phase}; it must be {wanted}")
        self.state = state

"""The manual engine: a person at the cloud company prepares the server and says so.

An order is a numbered request; the server "waits" until the cloud company's form confirms the delivery.
What persons said is all this engine knows, so it stands in the notebook and nowhere else: suspending or
releasing records the request, and the person at the cloud company carries it out.
"""

from dataclasses import replace
from hashlib import sha256
from typing import ClassVar

from naru.engines.base import Notebook, PhaseError, ServerSpec, ServerState, UnknownServerError


class ManualEngine:
    """Orders and confirmations, kept in a notebook."""

    name: ClassVar[str] = "manual"

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook

    def order(self, spec: ServerSpec, *, key: str) -> ServerState:
        """A waiting server; its reference is made of the cloud's code and the order's key."""
        reference = f"{spec.cloud}-{sha256(key.encode()).hexdigest()[:12]}"
        known = self._notebook.read(reference)
        return known or self._kept(ServerState(reference=reference, phase="waiting"))

    def confirm_delivery(self, reference: str, *, address: str) -> ServerState:
        """The cloud company's word that the server runs at `address`.

        A second word while it runs corrects the address. Raises PhaseError once suspended or released, and
        ValueError without an address.
        """
        state = self.describe(reference)
        if state.phase not in {"waiting", "running"}:
            raise PhaseError(state, "deliver", "waiting")
        if not address.strip():
            raise ValueError("address: is empty; write how the awardee reaches the server")
        return self._kept(replace(state, phase="running", address=address.strip()))

    def describe(self, reference: str) -> ServerState:
        """What was last said of the server."""
        state = self._notebook.read(reference)
        if state is None:
            raise UnknownServerError(self.name, reference)
        return state

    def suspend(self, reference: str) -> ServerState:
        """Ask for a stop."""
        state = self.describe(reference)
        if state.phase not in {"running", "suspended"}:
            raise PhaseError(state, "suspend", "running")
        return self._kept(replace(state, phase="suspended"))

    def resume(self, reference: str) -> ServerState:
        """Ask for a start."""
        state = self.describe(reference)
        if state.phase not in {"running", "suspended"}:
            raise PhaseError(state, "resume", "suspended")
        return self._kept(replace(state, phase="running"))

    def release(self, reference: str) -> ServerState:
        """Ask for the server's return; an order not yet delivered is cancelled by it."""
        return self._kept(replace(self.describe(reference), phase="released", address=""))

    def _kept(self, state: ServerState) -> ServerState:
        self._notebook.write(state)
        return state

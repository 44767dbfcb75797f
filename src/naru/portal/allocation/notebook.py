"""The server's row as an engine's notebook: the engine writes on the row in memory, the action saves it."""

from naru.domain.call import Resource
from naru.engines import engine
from naru.engines.base import Engine, ServerSpec, ServerState
from naru.portal.allocation.models import Award, Server


class RowNotebook:
    """One row of `Server`; nothing reaches the database before the action saves the row."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def read(self, reference: str) -> ServerState | None:
        """The row's state when it bears the reference."""
        if not reference or self._server.reference != reference:
            return None
        phase = Server.Phase(self._server.phase).value
        return ServerState(reference=reference, phase=phase, address=self._server.address)  # type: ignore[arg-type]  # the choices are the phases

    def write(self, state: ServerState) -> None:
        """Put the engine's state on the row."""
        self._server.reference = state.reference
        self._server.phase = state.phase
        self._server.address = state.address


def engine_of(server: Server) -> Engine:
    """The engine that made, or will make, the server."""
    return engine(server.engine, RowNotebook(server))


def spec_of(award: Award, product: Resource) -> ServerSpec:
    """What to order for an award: the product's minimums and its suppliers."""
    return ServerSpec(
        product=product.id,
        vendor=award.vendor.code,
        cloud=award.cloud.code,
        tops_int8=product.tops_int8,
        cores=product.cores,
        clock_ghz=product.clock_ghz,
        memory_gb=product.memory_gb,
        ssd_tb=product.ssd_tb,
        link_gbps=product.link_gbps,
    )

"""Who holds an organisation's details: a later step registers a question here, in `AppConfig.ready`."""

from collections.abc import Callable

from naru.domain.decision import Refused
from naru.portal.organisations.models import Organisation

Lock = Callable[[Organisation], Refused | None]
_locks: list[Lock] = []


def register(lock: Lock) -> None:
    """Ask `lock` before details change: None, or the refusal that says who holds them."""
    if lock not in _locks:
        _locks.append(lock)


def held(organisation: Organisation) -> Refused | None:
    """The first refusal, None while the details are free."""
    return next((refused for lock in _locks if (refused := lock(organisation)) is not None), None)


def must_be_free(organisation: Organisation) -> None:
    """Raises Refused while a later step holds the details."""
    if (refused := held(organisation)) is not None:
        raise refused

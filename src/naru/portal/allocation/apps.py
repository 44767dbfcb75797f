"""App registration."""

from django.apps import AppConfig


class AllocationConfig(AppConfig):
    """Allocation: agreement, server, withdrawal, refill, budget ledger."""

    name = "naru.portal.allocation"
    label = "allocation"

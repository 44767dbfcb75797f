"""App registration."""

from django.apps import AppConfig


class CallsConfig(AppConfig):
    """The call: published, frozen, amended by version; its seed and quotas fixed before scores open."""

    name = "naru.portal.calls"
    label = "calls"

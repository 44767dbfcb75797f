"""App registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from naru.portal.ui import navigation


class CallsConfig(AppConfig):
    """The call: published, frozen, amended by version; its seed and quotas fixed before scores open."""

    name = "naru.portal.calls"
    label = "calls"

    def ready(self) -> None:
        """Put the room on everybody's menu."""
        everyone = frozenset({navigation.EVERYONE})
        navigation.register(
            navigation.Item(label=_("사업공고"), url_name="calls:index", roles=everyone, order=100)
        )

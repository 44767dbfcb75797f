"""Django's name for this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from naru.portal.ui import navigation


class ConsoleConfig(AppConfig):
    """The top room: it reads every step and none reads it."""

    name = "naru.portal.console"
    label = "console"

    def ready(self) -> None:
        """Put the board first on the menu, the mails beside the record."""
        readers = frozenset({"operator", "auditor"})
        group = _("기록·관리")
        navigation.register(
            navigation.Item(label=_("올해의 현황"), url_name="console:board", roles=readers, order=50),
            navigation.Item(label=_("메일"), url_name="console:mails", roles=readers, order=910, group=group),
        )

"""Django's name for this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from naru.portal.ui import navigation


class AuditConfig(AppConfig):
    """Knows no other step: every action above writes here."""

    name = "naru.portal.audit"
    label = "audit"

    def ready(self) -> None:
        """Put the room on the menu; long checks are the worker's."""
        from naru.portal.audit import held, queries, tasks
        from naru.portal.audit.actions import checking

        checking.started_by(tasks.start)
        held.register("page-reads", queries.unfit_reads)
        readers = frozenset({"operator", "auditor"})
        room = navigation.Item(
            label=_("감사 기록"), url_name="audit:events", roles=readers, order=900, group=_("기록·관리")
        )
        navigation.register(room)

"""App registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from naru.portal.ui import navigation


class EvaluationConfig(AppConfig):
    """Evaluation: pledge, conflicts, score sheets, append-only."""

    name = "naru.portal.evaluation"
    label = "evaluation"

    def ready(self) -> None:
        """Put the rooms on the menu, and have score sheets verified with the audit record."""
        from naru.portal.audit import held
        from naru.portal.evaluation import chains

        held.register(chains.KEY, chains.verify)
        navigation.register(
            navigation.Item(
                label=_("선정평가"),
                url_name="evaluation:coverage",
                roles=frozenset({"operator", "auditor"}),
                order=400,
                group=_("심사·평가"),
            ),
            navigation.Item(
                label=_("내 평가표"), url_name="evaluation:mine", roles=frozenset({"reviewer"}), order=410
            ),
        )

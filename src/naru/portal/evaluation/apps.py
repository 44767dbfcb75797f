"""App registration."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    """Evaluation: pledge, conflicts, score sheets, append-only."""

    name = "naru.portal.evaluation"
    label = "evaluation"

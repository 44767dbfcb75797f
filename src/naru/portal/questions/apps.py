"""App registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from naru.portal.ui import navigation


class QuestionsConfig(AppConfig):
    """Questions and answers: the list everybody reads, and the ones a person asks."""

    name = "naru.portal.questions"
    label = "questions"

    def ready(self) -> None:
        """Put the rooms on the menu."""
        everyone, desk = frozenset({navigation.EVERYONE}), frozenset({"operator"})
        navigation.register(
            navigation.Item(label=_("자주 묻는 질문"), url_name="questions:faq", roles=everyone, order=130),
            navigation.Item(label=_("묻고 답하기"), url_name="questions:index", roles=everyone, order=140),
            navigation.Item(label=_("답할 문의"), url_name="questions:queue", roles=desk, order=60),
        )

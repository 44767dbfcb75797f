"""The questions of the survey (설문): the closed list that every awardee answers once, in words and kinds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

Kind = Literal["scale", "yes_no", "number", "text"]
Answer = int | bool | str
SCALE = ((5, _("5 매우 만족")), (4, _("4 만족")), (3, _("3 보통")), (2, _("2 불만")), (1, _("1 매우 불만")))
MOST = 1_000_000_000  # people or jobs; more is a slip of the keyboard
TEXT_LENGTH = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question; its label is shown in the reader's language, its id is what is stored."""

    id: str
    kind: Kind
    label: Any
    help_text: Any = ""

    def fits(self, answer: object) -> bool:
        """Whether a value answers it: 1 to 5, yes or no, a whole number from 0 on, or a text."""
        match self.kind:
            case "scale":
                return type(answer) is int and 1 <= answer <= len(SCALE)
            case "yes_no":
                return type(answer) is bool
            case "number":
                return type(answer) is int and 0 <= answer <= MOST
            case "text":
                return isinstance(answer, str) and 0 < len(answer.strip()) <= TEXT_LENGTH


QUESTIONS = (
    Question(id="satisfaction", kind="scale", label=_("이 사업의 지원에 얼마나 만족합니까?")),
    Question(id="launched", kind="yes_no", label=_("지원받은 NPU로 서비스를 시작했습니까?")),
    Question(
        id="users",
        kind="number",
        label=_("그 서비스를 쓴 사람 수"),
        help_text=_("지금까지 쓴 사람을 모두 더합니다. 시작하지 않았으면 0을 적습니다."),
    ),
    Question(
        id="jobs",
        kind="number",
        label=_("이 과제로 새로 생긴 일자리 수"),
        help_text=_("없으면 0을 적습니다."),
    ),
    Question(
        id="plans",
        kind="text",
        label=_("앞으로의 계획"),
        help_text=_("NPU를 이어서 쓸지, 어디에 쓸지, 무엇이 필요한지 적습니다."),
    ),
    Question(
        id="follow_up",
        kind="yes_no",
        label=_("성과조사를 위해 운영기관이 다시 연락해도 됩니까?"),
        help_text=_("동의하지 않아도 불이익이 없습니다."),
    ),
)


def unfit(answers: Mapping[str, object]) -> tuple[str, ...]:
    """The ids of questions without a fitting answer, then of answers that no question asks for."""
    asked = {question.id for question in QUESTIONS}
    wrong = [one.id for one in QUESTIONS if not one.fits(answers.get(one.id))]
    return (*wrong, *sorted(answers.keys() - asked))

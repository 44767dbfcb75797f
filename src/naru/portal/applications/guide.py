"""How far a visitor is in the self-check: the question that is next, what is answered, what it comes to."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from naru.domain import call as domain
from naru.domain import selfcheck
from naru.domain.applicant import Applicant
from naru.domain.decision import Finding, Outcome
from naru.domain.eligibility import overall
from naru.portal.applications.forms.guided import FORMS, Question, pairs

TITLES = {
    "kind": _("속한 곳"),
    "legal_form": _("법적 형태"),
    "role": _("신청자"),
    "variant": _("벤처 유형"),
    "started_on": _("사업을 시작한 날"),
    "certificate": _("중소기업 확인서"),
    "youth": _("청년기업 가점"),
    "use": _("서버의 용도"),
    "circumstances": _("참여제한과 다른 지원"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An answered question as the page lists it, with the address that opens it again."""

    title: Any
    answer: str
    change_url: str


class Guide:
    """The self-check of one call at one moment, for the answers of a query string.

    `wanted` limits the questions. `question` is the form to be shown, None when the check is over: every
    question is answered, or an answer already costs the place.
    """

    def __init__(
        self,
        terms: domain.Call,
        one: domain.Round,
        query: QueryDict,
        *,
        at: datetime,
        wanted: Collection[str] = tuple(FORMS),
    ) -> None:
        self.terms, self.round, self.query, self.at = terms, one, query, at
        self.wanted, self.again = wanted, query.get("at", "")
        self.answers = selfcheck.Answers()
        self.answered: dict[str, Question] = {}
        self.question: Question | None = None
        self.name = ""
        self.findings: tuple[Finding, ...] = ()
        self._read()

    def _read(self) -> None:
        """Walk the questions in order to the first that is open, wrong, or asked for again."""
        while len(self.answered) < len(names := self._names()):
            if not self._take(names[len(self.answered)]):
                return

    def _names(self) -> tuple[str, ...]:
        """The questions of this kind of applicant; before it is known, the question for it."""
        return tuple(
            name for name in selfcheck.questions(self.terms, self.answers.kind) if name in self.wanted
        )

    def _take(self, name: str) -> bool:
        """Read one question; whether to go on to the next."""
        form = FORMS[name](self.query, terms=self.terms, for_kind=self.answers.kind)
        given = any(key in self.query for key in form.names)
        if not given or not form.is_valid() or name == self.again:
            self.name = name
            self.question = form if given else FORMS[name](terms=self.terms, for_kind=self.answers.kind)
            return False
        self.answered[name] = form
        self.answers = replace(self.answers, **form.answers())
        self.findings = selfcheck.judge(
            self.terms, self.round, self.answers, tuple(self.answered), at=self.at
        )
        return not selfcheck.refused(self.findings)

    @property
    def outcome(self) -> Outcome:
        """What the answers so far come to."""
        return overall(self.findings)

    @property
    def place(self) -> int:
        """The number of the question shown."""
        return len(self.answered) + 1

    @property
    def count(self) -> int:
        """How many questions this kind of applicant is asked; 0 while that is not known."""
        return len(self._names()) if "kind" in self.answered else 0

    @property
    def applicant(self) -> Applicant:
        """The answers as the rules of documents take them."""
        return selfcheck.applicant(self.terms, self.answers)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """The answers that travel along in the question's form: all but its own."""
        return pairs(self.query, without=self.question.names if self.question else ())

    @property
    def back_url(self) -> str:
        """The address of the question before, with every answer kept; empty at the first."""
        return self._url(list(self.answered)[-1]) if self.answered else ""

    @property
    def said(self) -> list[Said]:
        """What has been answered, in order."""
        return [
            Said(title=TITLES[name], answer=_shown(form, self.query), change_url=self._url(name))
            for name, form in self.answered.items()
        ]

    def _url(self, name: str) -> str:
        return "?" + urlencode([*pairs(self.query), ("at", name)])


def _shown(form: Question, query: QueryDict) -> str:
    """A question's answer in words: the labels chosen, dates as dates; what was left empty says so."""
    shown = []
    for name, field in form.fields.items():
        given = query.getlist(name)
        labels = {str(value): str(label) for value, label in getattr(field, "choices", [])}
        shown += [labels.get(one, one) for one in given if one]
    return ", ".join(shown) or str(_("적지 않음"))

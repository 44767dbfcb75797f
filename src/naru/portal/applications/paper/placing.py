"""A filled form beside the draft: what would change, what is unreadable, what has no place; no writing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from naru.documents.form_labels import FilledForm, Placed, Wanted, key_of, place, ticked
from naru.domain.terms import Text
from naru.portal.applications.answers import Answers
from naru.portal.applications.paper.printing import (
    KPI_HEADINGS,
    MODEL_HEADINGS,
    Asked,
    kpi_row,
    model_row,
    printed,
    shown,
)
from naru.portal.applications.paper.questions import Question, flat, unflat
from naru.portal.applications.paper.rows import RowError, kpis_of, models_of

TITLE_LENGTH = 200
KNOWN = Text(
    ko="이 칸은 포털의 계정과 기관 정보에서 옵니다. 바뀌었으면 계정·기관 화면에서 고치십시오.",
    en="This comes from your account and organisation in the portal; change it there.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One answer that would change, as words."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A text under a known label that cannot be taken, and why."""

    label: str
    text: str
    why: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a filled form would do: the answers after it, the changes, and everything not taken."""

    answers: Answers
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]
    unplaced: tuple[str, ...]
    found: int  # how many of the form's labels and tables the file shows


class UnreadableError(ValueError):
    """A text that is no answer to its question; `why` says what is expected."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


def wanted(form: Asked) -> Wanted:
    """What to look for in a filled form."""
    own = printed(form, Answers()).texts() | {form.terms.title.ko, form.terms.agency.ko}
    return Wanted(
        labels=frozenset([*form.head(), *(one.label for one in form.questions)]),
        grids={"kpis": KPI_HEADINGS, "models": MODEL_HEADINGS},
        own=own,
    )


def propose(form: Asked, filled: FilledForm, before: Answers) -> Proposal:
    """Compare a filled form with the answers kept; an unreadable answer stays as it was and is listed."""
    return _Proposing(form, place(filled, wanted(form)), before).run()


@dataclass(slots=True)
class _Proposing:
    form: Asked
    placed: Placed
    before: Answers
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def run(self) -> Proposal:
        answers = unflat(self._values(), self.before)
        answers = replace(answers, kpis=self._kpis(), models=self._models())
        self._head()
        return Proposal(
            answers=answers,
            changes=tuple(self.changes),
            problems=tuple(self.problems),
            unplaced=self.placed.unplaced,
            found=len(self.placed.values) + len(self.placed.rows),
        )

    def _values(self) -> dict[str, str]:
        old, given = flat(self.before), {}
        for question in self.form.questions:
            text = self.placed.values.get(question.label)
            if text is None:
                continue
            try:
                value = _read(question, text, self.form.clouds)
            except UnreadableError as error:
                self.problems.append(Problem(label=question.label, text=text, why=error.why))
                continue
            if not _same(question, value, old.get(question.key, "")):
                given[question.key] = value
                was = shown(question, old.get(question.key, ""), self.form.clouds)
                self.changes.append(Change(label=question.label, old=was, new=text))
        return self._clouds(old, given)

    def _clouds(self, old: dict[str, str], given: dict[str, str]) -> dict[str, str]:
        """A cloud is preferred once; an order that names one twice is not taken."""
        after = [code for key, code in (old | given).items() if key.startswith("cloud_") and code]
        if len(set(after)) == len(after):
            return given
        for question in self.form.questions:
            if question.key in given and question.key.startswith("cloud_"):
                self.changes = [change for change in self.changes if change.label != question.label]
                name = self.form.clouds.get(given.pop(question.key), "")
                self.problems.append(Problem(label=question.label, text=name, why=TWICE))
        return given

    def _kpis(self) -> tuple:  # type: ignore[type-arg]
        rows = self.placed.rows.get("kpis")
        if rows is None:
            return self.before.kpis
        after, errors = kpis_of(rows, self.before.kpis)
        self._rows("성과지표", list(map(kpi_row, self.before.kpis)), list(map(kpi_row, after)), errors)
        return after

    def _models(self) -> tuple:  # type: ignore[type-arg]
        rows = self.placed.rows.get("models")
        if rows is None:
            return self.before.models
        after, errors = models_of(rows, self.before.models)
        self._rows(
            "AI 모델",
            list(map(model_row, self.before.models)),
            list(map(model_row, after)),
            errors,
        )
        return after

    def _rows(
        self, label: str, old: list[tuple[str, ...]], new: list[tuple[str, ...]], errors: list[RowError]
    ) -> None:
        self.problems += [Problem(label=label, text=error.text, why=error.why) for error in errors]
        if old != new:
            was, becomes = ("\n".join(" · ".join(row) for row in rows) for rows in (old, new))
            self.changes.append(Change(label=label, old=was, new=becomes))

    def _head(self) -> None:
        for label, value in self.form.head().items():
            text = self.placed.values.get(label, "")
            if text and key_of(text) != key_of(value):
                self.problems.append(Problem(label=label, text=text, why=KNOWN))


def _same(question: Question, value: str, old: str) -> bool:
    """Whether an answer says what is kept; a box nobody ticked is no answer where "no" is kept."""
    if question.choices and not value and old == "no":
        return True
    return value == "\n".join(line.strip() for line in old.strip().splitlines())


def _read(question: Question, text: str, clouds: Mapping[str, str]) -> str:
    if question.choices:
        return _chosen(question, text)
    if question.key.startswith("cloud_"):
        return _cloud(text, clouds)
    lines = "\n".join(line.strip() for line in text.strip().splitlines())
    if question.key == "title":
        lines = " ".join(lines.split())
        if len(lines) > TITLE_LENGTH:
            raise UnreadableError(
                Text(
                    ko=f"과제명은 {TITLE_LENGTH}자까지입니다 (지금 {len(lines)}자).",
                    en=f"A title has at most {TITLE_LENGTH} characters (now {len(lines)}).",
                )
            )
    return lines


def _chosen(question: Question, text: str) -> str:
    """The code of the one choice ticked, or written out; empty when none is."""
    marked = ticked(text)
    words = [text] if marked is None else marked
    found = {code for one in words if key_of(one) for code in [_choice(question, one)]}
    if len(found) > 1:
        raise UnreadableError(
            Text(
                ko="둘 이상 표시했습니다. 하나만 표시하십시오.",
                en="Tick one box only.",
            )
        )
    return next(iter(found), "")


def _choice(question: Question, words: str) -> str:
    key = key_of(words)
    fits = [(len(key_of(title)), code) for code, title in question.choices if key.startswith(key_of(title))]
    if not fits:
        names = ", ".join(title for _code, title in question.choices)
        raise UnreadableError(
            Text(ko=f"다음 가운데 하나로 적으십시오: {names}.", en=f"Write one of: {names}.")
        )
    return max(fits)[1]


def _cloud(text: str, clouds: Mapping[str, str]) -> str:
    key = key_of(text)
    for code, name in clouds.items():
        if key in (key_of(name), key_of(code)):
            return code
    if key in ("", key_of("상관없음")):
        return ""
    names = ", ".join(clouds.values())
    raise UnreadableError(
        Text(ko=f"다음 가운데 하나를 적으십시오: {names}.", en=f"Write one of these: {names}.")
    )


TWICE = Text(ko="같은 클라우드를 두 번 골랐습니다.", en="The same cloud is chosen twice.")

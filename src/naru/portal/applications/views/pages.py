"""What a page of the form shows: steps with their state, what is missing, rows, cards, differences."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from naru.domain import call as domain
from naru.domain.quota import largest_remainder
from naru.domain.terms import Text
from naru.portal.accounts.models import User
from naru.portal.applications import completeness, fields, queries, sections
from naru.portal.applications.answers import Saved, SectionEdit
from naru.portal.applications.completeness import Completeness
from naru.portal.applications.editing import exception_in_force
from naru.portal.applications.forms.answers import Page
from naru.portal.applications.forms.rows import ROWS, KpiForm, ModelForm, model_names, verdict
from naru.portal.applications.merging import Passage, digest, passages
from naru.portal.applications.models import Application
from naru.portal.organisations.models import Supplier
from naru.portal.ui import clock
from naru.portal.ui.wording import localised

KPI_NAMES = (
    gettext_lazy("처리 속도"),
    gettext_lazy("응답 시간"),
    gettext_lazy("정확도"),
    gettext_lazy("한 건당 처리 비용"),
    gettext_lazy("하루 처리 건수"),
)
KPI_UNITS = ("장/초", "건/초", "토큰/초", "ms", "초", "%", "%p", "건/일", "원/건", "W")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """One page of one application's form, by the call in force."""

    application: Application
    terms: domain.Call
    page: sections.Section

    @property
    def pages(self) -> tuple[sections.Section, ...]:
        """Every page of the form."""
        return sections.of_call(self.terms, self.application)

    def url(self, page: str) -> str:
        """The address of a page."""
        return reverse("applications:section", args=[self.application.pk, page])

    def neighbours(self) -> tuple[dict[str, Any] | None, dict[str, Any]]:
        """The page before, if any, and the page after; the documents follow the last one."""
        ids = [one.id for one in self.pages]
        place = ids.index(self.page.id)
        before, after = self.pages[max(place - 1, 0)], self.pages[min(place + 1, len(ids) - 1)]
        documents = {
            "title": Text(ko="증빙서류", en="Documents"),
            "url": reverse("applications:documents", args=[self.application.pk]),
        }
        return (
            {"title": before.title, "url": self.url(before.id)} if place else None,
            {"title": after.title, "url": self.url(after.id)} if place < len(ids) - 1 else documents,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A line of the list of steps; `state` is done, error or todo, `left` how many items it still lacks."""

    id: str
    title: Text
    url: str
    state: str
    done: int
    of: int
    current: bool

    @property
    def left(self) -> int:
        """Items still missing."""
        return self.of - self.done


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A field two sides changed: their text and mine as passages, and whose change it was."""

    name: str
    label: str
    passages: tuple[Passage, ...]
    seen: str
    by: str
    at: datetime | None
    theirs: str
    mine: str


def clouds() -> list[tuple[str, str]]:
    """The clouds one may prefer."""
    return [(one.code, one.name) for one in Supplier.objects.filter(kind=Supplier.Kind.CLOUD)]


def context_of(opened: Opened, sheet: Page, *, blank: bool = False) -> dict[str, Any]:
    """Everything a page of the form shows but what a save answered."""
    application, terms, page = opened.application, opened.terms, opened.page
    done = completeness.judge(application, terms, queries.applicant(application))
    before, after = opened.neighbours()
    one, now = terms.round(application.round_id), clock.now()
    late = exception_in_force(application, one, now)
    steps = _steps(opened, done)
    return {
        "application": application,
        "call": application.call,
        "terms": terms,
        "page": page,
        "origin": secrets.token_hex(8),
        "place": [step.id for step in opened.pages].index(page.id) + 1,
        "pages": len(opened.pages),
        "form": sheet.form,
        "bound": [sheet.form[name] for name in sheet.form.fields],
        "rows": _rows(sheet, blank=blank),
        "may_add": len(sheet.rows) < ROWS,
        "broken": _messages(sheet),
        "steps": steps,
        "done": done,
        "owed": [(item, f"{opened.url(item.section)}#{item.anchor}") for item in done.owed],
        "before": before,
        "after": after,
        "closes_at": late.until if late else one.last_closing,
        "open": late is not None or one.accepts(now),
        "late": late,
        "clauses": {clause.code: clause for clause in terms.clauses},
        **_special(opened, sheet),
    }


def _steps(opened: Opened, done: Completeness) -> list[Step]:
    def step(name: str, title: Text, url: str) -> Step:
        items = done.section(name)
        answered = sum(item.done for item in items)
        state = (
            "error" if any(item.broken for item in items) else "done" if answered == len(items) else "todo"
        )
        return Step(
            id=name, title=title, url=url, state=state, done=answered, of=len(items),
            current=name == opened.page.id,
        )  # fmt: skip

    documents = reverse("applications:documents", args=[opened.application.pk])
    return [
        *(step(one.id, one.title, opened.url(one.id)) for one in opened.pages),
        step(completeness.DOCUMENTS, Text(ko="증빙서류", en="Documents"), documents),
    ]


def _rows(sheet: Page, *, blank: bool) -> list[dict[str, Any]]:
    """The rows with the verdict on each model; a new one when asked for or when there is none."""
    prefix = sheet.section.rows
    if not prefix:
        return []
    rows = [_row(name, form) for name, form in sheet.rows.items()]
    if blank or not rows:
        name = f"{prefix}{secrets.token_hex(4)}"
        rows.append(_row(name, KpiForm(prefix=name) if prefix == fields.KPI else ModelForm(prefix=name)))
    return rows


def _row(name: str, form: KpiForm | ModelForm) -> dict[str, Any]:
    form.label_suffix = ""
    given = form.data if form.is_bound else {}
    typed = given.get(f"{name}-name", "")
    match = verdict(typed, given.get(f"{name}-family", "")) if isinstance(form, ModelForm) else None
    return {
        "name": name, "key": name.partition("_")[2], "form": form, "match": match, "typed": typed,
    }  # fmt: skip


def _messages(sheet: Page) -> list[tuple[str, str, str]]:
    """(id of the input, its label, message) of everything that is not valid, in the order of the page."""
    found = [
        (f"id_{name}", str(sheet.form.fields[name].label), str(error))
        for name, errors in sheet.form.errors.items()
        for error in errors
    ]
    for place, (prefix, row) in enumerate(sheet.rows.items(), start=1):
        for name, errors in row.errors.items():
            label = f"{place}. {row.fields[name].label}"
            found += [(f"id_{prefix}-{name}", label, str(error)) for error in errors]
    for bound in sheet.form:
        limit = bound.field.widget.attrs.get("data-limit")
        length = len(sheet.values.get(bound.name, ""))
        if bound.name.startswith(fields.PLAN) and limit and length > limit:
            words = _("%(over)s자 넘었습니다. 지우지 않고 두었으니 %(limit)s자 안으로 줄여 주십시오.")
            text = words % {"over": f"{length - limit:,}", "limit": f"{limit:,}"}
            found.append((bound.auto_id, str(bound.label), text))
    return found


def _special(opened: Opened, sheet: Page) -> dict[str, Any]:
    """What only one page needs."""
    application, terms = opened.application, opened.terms
    match opened.page.id:
        case sections.PRODUCT:
            round_ = terms.round(application.round_id)
            seats = largest_remainder(round_.seats, [one.share for one in terms.resources])
            least = min(one.tops_int8 for one in terms.resources)
            options = list(sheet.form["product"].subwidgets)
            cards = zip(options, terms.resources, seats, strict=True)
            return {
                "cards": [(tag, one, count, one.tops_int8 // least) for tag, one, count in cards],
                "places": [sheet.form[f"cloud_{place}"] for place in sheet.form.places],
                "others": [
                    sheet.form[name]
                    for name in ("venture_type", "youth_claimed")
                    if name in sheet.form.fields
                ],
            }
        case sections.KPIS:
            return {
                "kpi_names": KPI_NAMES,
                "kpi_units": KPI_UNITS,
                "empty_row": _row("kpi_KEY", KpiForm(prefix="kpi_KEY")),
            }
        case sections.MODELS:
            return {
                "model_names": model_names(),
                "primary": sheet.values.get(fields.PRIMARY, ""),
                "empty_row": _row("model_KEY", ModelForm(prefix="model_KEY")),
            }
        case sections.CONSENTS:
            asked = sections.asked(terms, application)
            given = fields.consents(application)
            pairs = [(one, sheet.form[f"{fields.CONSENT}{one.id}"], given.get(one.id)) for one in asked]
            return {
                "required": [pair for pair in pairs if pair[0].required],
                "optional": [pair for pair in pairs if not pair[0].required],
            }
    return {}


def differences(sheet: Page, edit: SectionEdit, saved: Saved) -> list[Difference]:
    """Each field in conflict, word by word, with who changed it and when."""
    if not saved.conflicts:
        return []
    edits = saved.application.edits
    people = {edits[name]["by"] for name in saved.conflicts if name in edits}
    names = dict(User.objects.filter(pk__in=people).values_list("pk", "name"))
    found = []
    for name in saved.conflicts:
        edit_of = edits.get(name, {})
        theirs, mine = saved.values.get(name, ""), edit.mine.get(name, "")
        old, new = _readable(sheet, name, theirs), _readable(sheet, name, mine)
        found.append(
            Difference(
                name=name,
                label=_label(sheet, name, mine or theirs),
                passages=passages(old, new),
                seen=digest(theirs),
                by=names.get(edit_of.get("by"), ""),
                at=datetime.fromisoformat(edit_of["at"]) if "at" in edit_of else None,
                theirs=old,
                mine=new,
            )
        )
    return found


def _label(sheet: Page, name: str, text: str) -> str:
    if sheet.section.rows and name.startswith(sheet.section.rows):
        return fields.row_of(text).get("name", "") or localised(sheet.section.title)
    if name in sheet.form.fields:
        return str(sheet.form.fields[name].label)
    return _("희망 클라우드 순서") if name == "clouds" else _("대표 모델")


def _readable(sheet: Page, name: str, text: str) -> str:
    """A value in the words the page uses for it."""
    if not text:
        return ""
    if sheet.section.rows and name.startswith(sheet.section.rows):
        kind = KpiForm if sheet.section.rows == fields.KPI else ModelForm
        row, labels = fields.row_of(text), kind().fields
        return "\n".join(
            f"{labels[column].label}: {_choice(labels[column], value)}" for column, value in row.items()
        )
    if name == "clouds":
        names = dict(sheet.form.fields["cloud_1"].choices) if "cloud_1" in sheet.form.fields else {}  # type: ignore[attr-defined]
        return " → ".join(str(names.get(code, code)) for code in text.split(","))
    if name == fields.PRIMARY:
        return str(sheet.data.get(f"{fields.MODEL}{text}-name", text))
    return _choice(sheet.form.fields[name], text) if name in sheet.form.fields else text


def _choice(field: Any, value: str) -> str:
    choices = getattr(field, "choices", None)
    if choices is None:
        return value
    flat: dict[str, Any] = {}
    for key, label in choices:
        flat |= dict(label) if isinstance(label, list | tuple) else {key: label}
    return str(flat.get(value, value))

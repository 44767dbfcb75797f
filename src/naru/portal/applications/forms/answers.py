"""One page of the form, made from the call: its fields, its rows, what of it is valid and what is not.

A page is always bound: to what the draft holds when it is shown, to what was sent when it is saved. So an
answer that is not valid yet shows its error wherever the draft is opened again.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from naru.domain import call as domain
from naru.portal.applications import fields
from naru.portal.applications.completeness import USE_TITLES
from naru.portal.applications.forms.rows import ROWS, KpiForm, ModelForm, short
from naru.portal.applications.models import Application
from naru.portal.applications.sections import Section
from naru.portal.ui import wording
from naru.portal.ui.wording import localised

PREFERENCES = 3
TITLE_LENGTH = 200
CHOOSE = _("아래에서 하나를 골라 주십시오.")
Row = KpiForm | ModelForm


class SectionForm(forms.Form):
    """The single fields of one page; nothing is required of a draft."""

    def __init__(
        self,
        data: Mapping[str, Any],
        *,
        section: Section,
        terms: domain.Call,
        application: Application,
        clouds: list[tuple[str, str]],
    ) -> None:
        super().__init__(data)
        self.terms, self.application, self.label_suffix = terms, application, ""
        self.places = tuple(range(1, min(PREFERENCES, len(clouds)) + 1))
        for name in section.names:
            if name == "clouds":
                for place in self.places:
                    self.fields[f"cloud_{place}"] = _cloud(place, clouds)
            elif name != fields.PRIMARY:
                self.fields[name] = self._field(name)
                # nothing is required of a draft, submission is another matter
                optional = name.startswith(fields.SUPPORT) or name in ("venture_type", "youth_claimed")
                self.fields[name].needed = not optional  # type: ignore[attr-defined]

    def _field(self, name: str) -> forms.Field:
        makers = {
            fields.PLAN: self._plan,
            fields.DECLARE: self._declared,
            fields.SUPPORT: self._support,
            fields.CONSENT: self._consent,
        }
        for prefix, maker in makers.items():
            if name.startswith(prefix):
                return maker(name.removeprefix(prefix))
        return self._basic(name)

    def _basic(self, name: str) -> forms.Field:
        if name == "product":
            return _choice(_("상품"), [(one.id, localised(one.title)) for one in self.terms.resources])
        if name == "venture_type":
            kinds = (kind for party in self.terms.parties for kind in party.kinds)
            kind = next(one for one in kinds if one.id == self.application.kind)
            titles = [(one.id, localised(one.title)) for one in kind.variants]
            return forms.ChoiceField(
                label=_("벤처 유형"), required=False, choices=[("", _("고르십시오")), *titles]
            )
        if name == "youth_claimed":
            bonus = next(one for one in self.terms.bonuses if self.application.sector in one.parties)
            words = _("대표자 한 사람이라도 %(born)s 이후 출생. 증빙서류가 있어야 받습니다 (%(clause)s).")
            return forms.BooleanField(
                label=localised(bonus.title),
                required=False,
                help_text=words % {"born": wording.day(bonus.born_on_or_after), "clause": bonus.clause},
            )
        example = _("무엇을 하는 과제인지 한눈에 알 수 있게. 예: 공장 영상 불량 검출")
        return short(_("과제명"), TITLE_LENGTH, example, **{"data-limit": TITLE_LENGTH})

    def _plan(self, section: str) -> forms.Field:
        one = next(one for one in self.terms.plan if one.id == section)
        rows = 16 if one.max_characters > 1000 else 9  # noqa: PLR2004 - lines on screen
        return forms.CharField(
            label=localised(one.title),
            required=False,
            help_text=localised(one.prompt),
            widget=forms.Textarea(attrs={"rows": rows, "data-limit": one.max_characters}),
        )

    def _declared(self, code: str) -> forms.Field:
        if code in USE_TITLES:
            words = [("yes", _("예")), ("no", _("아니요"))]
            return _choice(localised(USE_TITLES[code]), words, self._cited(self.terms.use.clause))
        ground = next(one for one in self.terms.exclusions if one.id == code)
        words = [("no", _("해당하지 않음")), ("yes", _("해당함"))]
        return _choice(localised(ground.title), words, self._cited(ground.clause))

    def _support(self, programme: str) -> forms.Field:
        one = next(one for one in self.terms.other_programmes if one.id == programme)
        words = [("", _("신청하지 않음")), ("applied", _("신청함")), ("selected", _("선정됨"))]
        return _choice(localised(one.title), words, self._cited(one.clause))

    def _consent(self, code: str) -> forms.Field:
        """Agreed or refused, to this version of the words; nothing is chosen beforehand."""
        one = next(one for one in self.terms.consents if one.id == code)
        words = {True: _("동의합니다"), False: _("동의하지 않습니다")}
        if one.kind == "assurance":
            words = {True: _("알렸습니다"), False: _("아직 알리지 않았습니다")}
        choices = [
            (fields.consent_value(given=given, version=one.version), label) for given, label in words.items()
        ]
        return _choice(localised(one.title), choices)

    def _cited(self, clause: str) -> str:
        return f"{localised(self.terms.clause(clause).text)} ({clause})"

    def clean(self) -> dict[str, Any]:
        """A cloud is preferred once."""
        given = super().clean() or self.cleaned_data
        chosen = [code for place in self.places if (code := given.get(f"cloud_{place}"))]
        if len(set(chosen)) != len(chosen):
            self.add_error("cloud_1", _("같은 클라우드를 두 번 골랐습니다."))
        return given


class Page:
    """One page as it was sent or as it stands: `values` of its fields, `broken` those that are no answer."""

    def __init__(
        self,
        data: Mapping[str, Any],
        *,
        section: Section,
        terms: domain.Call,
        application: Application,
        clouds: list[tuple[str, str]],
    ) -> None:
        self.section, self.data = section, data
        self.form = SectionForm(data, section=section, terms=terms, application=application, clouds=clouds)
        self.form.is_valid()

    @cached_property
    def rows(self) -> dict[str, Row]:
        """The rows by field name, in the order of the page; two of one name leave the later one in error."""
        kind = KpiForm if self.section.rows == fields.KPI else ModelForm
        found: dict[str, Row] = {}
        names: set[str] = set()
        for name in _row_names(self.data, self.section.rows):
            row = kind(self.data, prefix=name, label_suffix="")
            if not _row_text(row):
                continue
            title = row.cleaned_data.get("name", "") if row.is_valid() or row.cleaned_data else ""
            if title and title in names:
                row.add_error(
                    "name", _("같은 이름이 위에 있습니다. 하나로 합치거나 이름을 다르게 적어 주십시오.")
                )
            names.add(title)
            found[name] = row
        for late in list(found)[ROWS:]:
            found[late].add_error("name", _("%(rows)d개까지 적을 수 있습니다.") % {"rows": ROWS})
        return found

    @cached_property
    def values(self) -> dict[str, str]:
        """Every field as text, as typed; a choice the page does not offer is no answer at all."""
        found: dict[str, str] = {}
        for name in self.section.names:
            if name == "clouds":
                chosen = (self._typed(f"cloud_{place}") for place in self.form.places)
                found[name] = ",".join(code for code in chosen if code)
            elif name == fields.PRIMARY:
                found[name] = self._primary()
            elif name == "youth_claimed":
                found[name] = "yes" if self.form.cleaned_data.get(name) else ""
            else:
                found[name] = self._typed(name)
        found |= {name: _row_text(row) for name, row in self.rows.items()}
        return found

    @cached_property
    def broken(self) -> frozenset[str]:
        """The fields that are no valid answer."""
        single = {"clouds" if name.startswith("cloud_") else name for name in self.form.errors}
        return frozenset(single | {name for name, row in self.rows.items() if not row.is_valid()})

    def errors(self) -> dict[str, list[str]]:
        """Messages by the id of the input they belong to."""
        found = {f"id_{name}": [str(one) for one in errors] for name, errors in self.form.errors.items()}
        for prefix, row in self.rows.items():
            found |= {
                f"id_{prefix}-{name}": [str(one) for one in errors] for name, errors in row.errors.items()
            }
        return found

    def _typed(self, name: str) -> str:
        text = fields.tidy(self.data.get(name) or "")
        field = self.form.fields[name]
        if (
            isinstance(field, forms.ChoiceField)
            and name in self.form.errors
            and not name.startswith("cloud_")
        ):
            return ""
        return text

    def _primary(self) -> str:
        """The model marked; a single one needs no mark."""
        keys = [name.removeprefix(fields.MODEL) for name in self.rows]
        marked = self.data.get(fields.PRIMARY) or ""
        return keys[0] if len(keys) == 1 else marked if marked in keys else ""


def shown(section: Section, values: Mapping[str, str]) -> MultiValueDict[str, str]:
    """What the draft holds as the data of a page."""
    data: dict[str, str] = {}
    for name in section.all_names(values):
        text = values.get(name, "")
        if name == "clouds":
            data |= {f"cloud_{place}": code for place, code in enumerate(text.split(","), start=1) if code}
        elif section.rows and name.startswith(section.rows):
            data |= {f"{name}-{column}": value for column, value in fields.row_of(text).items()}
        elif text:
            data[name] = text
    return MultiValueDict({name: [text] for name, text in data.items()})


def _row_names(data: Mapping[str, Any], prefix: str) -> list[str]:
    """The rows that stand in the data, in order; a key is up to 16 letters and digits."""
    if not prefix:
        return []
    found = (name.partition("-") for name in data if name.startswith(prefix))
    names = dict.fromkeys(name for name, dash, _column in found if dash)
    return [name for name in names if (key := name.removeprefix(prefix)).isalnum() and len(key) <= 16]  # noqa: PLR2004 - the column's width


def _row_text(row: Row) -> str:
    columns = fields.KPI_COLUMNS if isinstance(row, KpiForm) else fields.MODEL_COLUMNS
    given = {name: row.data.get(row.add_prefix(name)) or "" for name in columns}
    return fields.row_text(columns, given)


def _choice(label: Any, choices: list[tuple[str, Any]], help_text: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=choices,
        widget=forms.RadioSelect,
        help_text=help_text,
        error_messages={"invalid_choice": CHOOSE},
    )


def _cloud(place: int, clouds: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("희망 클라우드 %(place)d순위") % {"place": place},
        required=False,
        choices=[("", _("상관없음")), *clouds],
    )

"""The application form, made from the call: sections as the criteria, KPIs, models, declarations."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from naru.domain import call as domain
from naru.domain.terms import Text
from naru.portal.applications import rules
from naru.portal.applications.answers import Answers, KpiAnswer, ModelAnswer
from naru.portal.applications.catalogue import catalogue
from naru.portal.applications.completeness import USE_TITLES
from naru.portal.applications.models import Application, Kpi
from naru.portal.ui.wording import localised

PREFERENCES = 3
KPIS = 5
MODELS = 5
YES_NO = [("no", _("해당 없음")), ("yes", _("해당함"))]
SUPPORT = [("", _("없음")), ("applied", _("신청함")), ("selected", _("선정됨"))]


class AnswersForm(forms.Form):
    """Everything of the form but KPIs and models; nothing is required of a draft."""

    def __init__(
        self,
        *args: Any,
        terms: domain.Call,
        application: Application,
        clouds: list[tuple[str, str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.terms, self.application = terms, application
        self.label_suffix = ""
        self._basics(clouds)
        for section in terms.plan:
            self.fields[f"plan_{section.id}"] = _plan_field(section)
        self._declarations()

    def _basics(self, clouds: list[tuple[str, str]]) -> None:
        self.fields["product"] = forms.ChoiceField(
            label=_("상품"),
            required=False,
            choices=[(one.id, _figures(one)) for one in self.terms.resources],
            widget=forms.RadioSelect,
        )
        self.fields["title"] = forms.CharField(label=_("과제명"), required=False, max_length=200)
        for place in range(1, min(PREFERENCES, len(clouds)) + 1):
            self.fields[f"cloud_{place}"] = forms.ChoiceField(
                label=_("희망 클라우드 %(place)d순위") % {"place": place},
                required=False,
                choices=[("", _("상관없음")), *clouds],
            )
        kind = next(
            kind for party in self.terms.parties for kind in party.kinds if kind.id == self.application.kind
        )
        if kind.variants:
            self.fields["venture_type"] = forms.ChoiceField(
                label=_("벤처 유형"),
                required=False,
                choices=[("", _("고르십시오")), *((one.id, localised(one.title)) for one in kind.variants)],
            )
        for bonus in self.terms.bonuses:
            if self.application.sector in bonus.parties:
                self.fields["youth_claimed"] = forms.BooleanField(
                    label=localised(bonus.title),
                    required=False,
                    help_text=_(
                        "대표자 한 사람이라도 %(born)s 이후 출생. 증빙서류가 있어야 받습니다 (%(clause)s)."
                    )
                    % {"born": bonus.born_on_or_after, "clause": bonus.clause},
                )

    def _declarations(self) -> None:
        for code in rules.use_codes(self.terms):
            self.fields[f"declare_{code}"] = forms.BooleanField(
                label=localised(USE_TITLES[code]), required=False, help_text=self.terms.use.clause
            )
        asked = {ground.id: ground for ground in self.terms.exclusions}
        for code in rules.ground_codes(self.terms):
            ground = asked[code]
            self.fields[f"declare_{code}"] = forms.ChoiceField(
                label=localised(ground.title),
                required=False,
                choices=YES_NO,
                widget=forms.RadioSelect,
                help_text=ground.clause,
            )
        for programme in self.terms.other_programmes:
            self.fields[f"support_{programme.id}"] = forms.ChoiceField(
                label=localised(programme.title), required=False, choices=SUPPORT, help_text=programme.clause
            )

    def clean(self) -> dict[str, Any]:
        """A cloud is preferred once."""
        answers = super().clean() or self.cleaned_data
        chosen = self._clouds(answers)
        if len(set(chosen)) != len(chosen):
            self.add_error("cloud_1", _("같은 클라우드를 두 번 골랐습니다."))
        return answers

    @staticmethod
    def _clouds(answers: dict[str, Any]) -> tuple[str, ...]:
        ranked = (answers.get(f"cloud_{place}", "") for place in range(1, PREFERENCES + 1))
        return tuple(code for code in ranked if code)

    def basics(self) -> list[forms.BoundField]:
        """The fields of the first section."""
        return [self[name] for name in self.fields if not name.startswith(("plan_", "declare_", "support_"))]

    def plan(self) -> list[forms.BoundField]:
        """The sections of the usage plan."""
        return [self[name] for name in self.fields if name.startswith("plan_")]

    def statements(self) -> list[forms.BoundField]:
        """The declarations."""
        return [self[name] for name in self.fields if name.startswith(("declare_", "support_"))]

    def declarations(self) -> dict[str, bool]:
        """A truth per answered code."""
        answers, found = self.cleaned_data, {}
        for code in rules.use_codes(self.terms):
            found[code] = bool(answers.get(f"declare_{code}"))
        for code in rules.ground_codes(self.terms):
            if answers.get(f"declare_{code}"):
                found[code] = answers[f"declare_{code}"] == "yes"
        for programme in self.terms.other_programmes:
            if state := answers.get(f"support_{programme.id}"):
                found[f"{programme.id}:{state}"] = True
        return found

    def answers(self, kpis: tuple[KpiAnswer, ...], models: tuple[ModelAnswer, ...]) -> Answers:
        """The form as the action takes it."""
        given = self.cleaned_data
        return Answers(
            product=given.get("product", ""),
            title=given.get("title", ""),
            clouds=self._clouds(given),
            youth_claimed=given.get("youth_claimed", False),
            venture_type=given.get("venture_type", ""),
            plan={section.id: given.get(f"plan_{section.id}", "") for section in self.terms.plan},
            kpis=kpis,
            models=models,
            declarations=self.declarations(),
        )


def stored(application: Application, terms: domain.Call) -> dict[str, Any]:
    """The initial values of `AnswersForm` from the rows."""
    found: dict[str, Any] = {
        "product": application.product,
        "title": application.title,
        "venture_type": application.venture_type,
        "youth_claimed": application.youth_claimed,
    }
    for place, code in enumerate(application.clouds, start=1):
        found[f"cloud_{place}"] = code
    for row in application.plan.all():
        found[f"plan_{row.section}"] = row.text
    use = rules.use_codes(terms)
    for declaration in application.declarations.all():
        code, declared = declaration.code, declaration.declared
        programme, _colon, state = code.partition(":")
        if state:
            found[f"support_{programme}"] = state
        else:
            found[f"declare_{code}"] = declared if code in use else ("yes" if declared else "no")
    return found


class KpiForm(forms.Form):
    """One performance target; an empty row is none."""

    name = forms.CharField(label=_("지표"), max_length=100)
    unit = forms.CharField(label=_("단위"), max_length=32)
    direction = forms.ChoiceField(label=_("방향"), choices=Kpi.Direction.choices, initial="higher")
    baseline = forms.DecimalField(label=_("현재 값"), max_digits=18, decimal_places=4)
    target = forms.DecimalField(label=_("목표 값"), max_digits=18, decimal_places=4)
    how_measured = forms.CharField(label=_("측정 방법"), max_length=300)


class ModelForm(forms.Form):
    """One model: its name, and its family when the support table has it."""

    name = forms.CharField(label=_("모델 이름"), max_length=100)
    family = forms.ChoiceField(
        label=_("지원 모델 표의 계열"),
        required=False,
        help_text=_("표에 없으면 비워 두십시오. 선정과 지원이 제한될 수 있습니다 (A-05)."),
    )
    primary = forms.BooleanField(label=_("대표 모델"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["family"].choices = families()  # type: ignore[attr-defined]


def filled(rows: "forms.BaseFormSet[Any]") -> list[dict[str, Any]]:
    """The answers of the rows that are not empty; an old row blanked out is taken away."""
    return [form.cleaned_data for form in rows.forms if form.cleaned_data.get("name")]


class Rows(forms.BaseFormSet):  # type: ignore[type-arg]
    """Rows of which empty ones are skipped and names stand once."""

    def clean(self) -> None:
        """A name stands once."""
        if any(self.errors):
            return
        names = [row["name"].strip() for row in filled(self)]
        if len(set(names)) != len(names):
            raise forms.ValidationError(_("같은 이름이 두 번 있습니다."))


KpiRows = forms.formset_factory(KpiForm, formset=Rows, extra=1, max_num=KPIS)
ModelRows = forms.formset_factory(ModelForm, formset=Rows, extra=1, max_num=MODELS)


def families() -> list[tuple[str, Any]]:
    """The support table as grouped choices, fields in printed order."""
    table = catalogue()
    return [
        ("", _("표에 없음")),
        *(
            (
                localised(field.title),
                [(family.key, entry.printed) for entry, family in table.entries() if entry.field == field.id],
            )
            for field in table.fields
        ),
    ]


def _plan_field(section: domain.PlanSection) -> forms.CharField:
    limit = section.max_characters
    return forms.CharField(
        label=localised(section.title),
        required=False,
        help_text=_("%(prompt)s (%(limit)s자까지)")
        % {"prompt": localised(section.prompt), "limit": f"{limit:,}"},
        widget=forms.Textarea(attrs={"rows": 8 if limit > 1000 else 5}),  # noqa: PLR2004 - lines on screen
    )


def _figures(one: domain.Resource) -> str:
    """A product in a line: what the server has at least."""
    title: Text = one.title
    return (
        f"{localised(title)}: {one.tops_int8} TOPS (INT8), CPU {one.clock_ghz} GHz × {one.cores}, "
        f"{one.memory_gb} GB, SSD {one.ssd_tb} TB, {one.link_gbps} Gbps"
    )

"""What people fill in about progress: reports, statements, checks, opinions, decisions, filters."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from naru.domain.call import Call as Terms
from naru.domain.progress import StageClock
from naru.portal.progress.models import Check
from naru.portal.progress.queries import KpiLine, Narrowing
from naru.portal.progress.questions import MOST, QUESTIONS, SCALE, TEXT_LENGTH, Question
from naru.portal.progress.words import MEANINGS, month_word, stage_word
from naru.portal.ui import wording

NOTE_LENGTH = 300  # of KpiResult.note


def _text(label: Any, help_text: Any = "", rows: int = 5) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, max_length=4000, widget=widget)


def _choose(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]


class ReportForm(forms.Form):
    """The report of one month."""

    month = forms.TypedChoiceField(label=_("보고할 달"), coerce=date.fromisoformat)
    stage = forms.ChoiceField(
        label=_("그 달 말의 단계"),
        widget=forms.RadioSelect,
        help_text=_("앞 단계로 돌아간 달은 그 단계를 고르고 까닭을 적어 주세요."),
    )
    note = _text(_("진행 내용"), _("한 일, 막힌 곳, 다음 달에 할 일을 적습니다."))
    evidence = forms.CharField(
        label=_("근거"),
        help_text=_("한 줄에 하나씩 적습니다. 예: 변환 기록 번호, 측정 결과, 저장소 주소"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, months: Iterable[date], terms: Terms, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "month", [(month.isoformat(), month_word(month)) for month in months])
        stages = [
            (one.id, f"{stage_word(terms, one.id)}: {MEANINGS.get(one.id, '')}") for one in terms.stages
        ]
        _choose(self, "stage", stages)

    def clean_evidence(self) -> list[str]:
        """One line each, empty lines dropped."""
        return [line.strip() for line in self.cleaned_data["evidence"].splitlines() if line.strip()]


class StatementForm(forms.Form):
    """Why a stage lasts, for one reported month."""

    month = forms.TypedChoiceField(label=_("사유서를 낼 달"), coerce=date.fromisoformat)
    text = _text(_("유지 사유"), _("무엇이 막고 있는지, 어떻게 풀 것인지, 언제 다음 단계로 갈지 적습니다."))

    def __init__(self, *args: Any, owed: Iterable[StageClock], terms: Terms, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = [
            (one.as_of.isoformat(), f"{month_word(one.as_of)} ({stage_word(terms, one.stage)})")
            for one in owed
        ]
        _choose(self, "month", labels)


class MidpointForm(forms.Form):
    """The material of the midpoint check."""

    summary = _text(
        _("점검 자료"),
        _("지금까지의 성과, 목표와의 차이, 남은 기간의 계획을 근거 자료의 위치와 함께 적습니다."),
        rows=10,
    )


class FinalForm(forms.Form):
    """The material of the final check: a summary and a measured value per KPI, left empty if unmeasured."""

    summary = _text(_("결과 요약"), _("NPU로 무엇을 이루었는지, 이어서 쓸 계획이 있는지 적습니다."), rows=8)

    def __init__(self, *args: Any, lines: Iterable[KpiLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = list(lines)
        self.kpis = [line.kpi for line in self.lines]
        for kpi in self.kpis:
            value = forms.DecimalField(
                label=f"{kpi.name} ({kpi.unit})", required=False, max_digits=18, decimal_places=4
            )
            note = forms.CharField(label=_("어떻게 쟀는지"), required=False, max_length=NOTE_LENGTH)
            self.fields[f"measured_{kpi.pk}"], self.fields[f"note_{kpi.pk}"] = value, note

    def rows(self) -> list[tuple[KpiLine, forms.BoundField, forms.BoundField]]:
        """Each KPI with its two fields."""
        fields = [(self[f"measured_{kpi.pk}"], self[f"note_{kpi.pk}"]) for kpi in self.kpis]
        return [(line, *pair) for line, pair in zip(self.lines, fields, strict=True)]

    def results(self) -> dict[int, Decimal | None]:
        """Measured values by KPI id."""
        return {kpi.pk: self.cleaned_data[f"measured_{kpi.pk}"] for kpi in self.kpis}

    def notes(self) -> dict[int, str]:
        """How each was measured, by KPI id."""
        return {kpi.pk: self.cleaned_data[f"note_{kpi.pk}"] for kpi in self.kpis}


class SurveyForm(forms.Form):
    """The questions of the survey; `cleaned_data` holds the answers by id."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in QUESTIONS:
            self.fields[question.id] = _answer_field(question)


def _answer_field(question: Question) -> forms.Field:
    words = {"label": question.label, "help_text": question.help_text}
    match question.kind:
        case "scale":
            return forms.TypedChoiceField(choices=SCALE, coerce=int, widget=forms.RadioSelect, **words)
        case "yes_no":
            return forms.TypedChoiceField(
                choices=[("yes", _("예")), ("no", _("아니요"))],
                coerce=lambda value: value == "yes",
                empty_value=None,
                widget=forms.RadioSelect,
                **words,
            )
        case "number":
            return forms.IntegerField(min_value=0, max_value=MOST, **words)
        case "text":
            return forms.CharField(max_length=TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 5}), **words)


class OpinionForm(forms.Form):
    """The opinion of the party to a case."""

    text = _text(
        _("의견"), _("사실과 다른 점, 참작할 사정을 적습니다. 기한 안에는 고쳐 낼 수 있습니다."), rows=8
    )


class VerdictForm(forms.Form):
    """A person's verdict on a check."""

    verdict = forms.ChoiceField(label=_("판정"), choices=Check.Verdict.choices, widget=forms.RadioSelect)
    reason = _text(_("판정 사유"), _("이용자에게 그대로 보입니다."), rows=4)


class NoticeForm(forms.Form):
    """The notice of a restriction case."""

    ground = forms.ChoiceField(label=_("제한 사유"), widget=forms.RadioSelect)
    facts = _text(_("사실"), _("언제 무엇이 있었는지 적습니다. 당사자에게 그대로 통지됩니다."), rows=6)

    def __init__(self, *args: Any, terms: Terms, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(
            self,
            "ground",
            [(one.id, f"{wording.localised(one.title)} ({one.clause})") for one in terms.sanction.grounds],
        )


class DecisionForm(forms.Form):
    """The decision of a case."""

    restrict = forms.TypedChoiceField(
        label=_("결정"),
        choices=[("yes", _("참여를 제한함")), ("no", _("제한하지 않음"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
    )
    reason = _text(_("결정 사유"), _("의견을 어떻게 살폈는지 함께 적습니다. 당사자에게 그대로 보입니다."))


class WallFilter(forms.Form):
    """Narrows the wall."""

    product = forms.ChoiceField(label=_("상품"), required=False)
    stage = forms.ChoiceField(label=_("보고한 단계"), required=False)
    stalled = forms.BooleanField(label=_("정체만"), required=False)
    owes = forms.BooleanField(label=_("유지사유서 낼 곳만"), required=False)

    def __init__(self, *args: Any, terms: Terms, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        products = [(one.id, wording.localised(one.title)) for one in terms.resources]
        _choose(self, "product", [("", _("전체")), *products])
        _choose(
            self, "stage", [("", _("전체")), *((one.id, stage_word(terms, one.id)) for one in terms.stages)]
        )

    def narrowing(self) -> Narrowing:
        """The narrowing asked for; a wrong value narrows nothing."""
        return Narrowing(**self.cleaned_data) if self.is_valid() else Narrowing()


class CheckFilter(forms.Form):
    """Narrows the queue of checks."""

    kind = forms.ChoiceField(label=_("점검"), required=False, choices=[("", _("전체")), *Check.Kind.choices])
    undecided = forms.BooleanField(label=_("판정할 것만"), required=False)


class CaseFilter(forms.Form):
    """Narrows the cases."""

    opened = forms.BooleanField(label=_("결정하지 않은 것만"), required=False)

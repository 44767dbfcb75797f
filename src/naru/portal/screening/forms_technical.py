"""What people type in technical review: a vendor's answer to one or several, the models that are kept."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from naru.domain.support import MOST_WEEKS, REASONS
from naru.portal.screening.actions import Said
from naru.portal.screening.models import TechnicalReview
from naru.portal.ui.wording import localised


class ReviewForm(forms.Form):
    """A vendor's answer."""

    verdict = forms.ChoiceField(
        label=_("판정"), widget=forms.RadioSelect, choices=TechnicalReview.Verdict.choices
    )
    reason_code = forms.ChoiceField(label=_("사유"), help_text=_("판정과 같은 묶음에서 고릅니다."))
    note = forms.CharField(
        label=_("조건 또는 설명"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("조건부와 지원 불가에는 꼭 적습니다. 조건이 무엇인지, 무엇이 안 되는지."),
    )
    effort_weeks = forms.IntegerField(
        label=_("지원에 드는 인력(인주)"),
        required=False,
        min_value=0,
        max_value=MOST_WEEKS,
        help_text=_("한 사람이 한 주 일하면 1인주입니다. 모르면 비워 둡니다."),
    )

    def __init__(self, data: Any, *, initial: dict[str, str] | None = None) -> None:
        super().__init__(data, initial=initial)
        groups = [
            (label, [(one.code, localised(one.text)) for one in REASONS if one.verdict == verdict])
            for verdict, label in TechnicalReview.Verdict.choices
        ]
        self.fields["reason_code"].choices = [("", _("고르십시오")), *groups]  # type: ignore[attr-defined]

    def said(self) -> Said:
        """The answer as the action takes it."""
        names = ("verdict", "reason_code", "note", "effort_weeks")
        return Said(**{name: self.cleaned_data[name] for name in names})


class SeveralForm(ReviewForm):
    """The same answer to the reviews marked in the list."""

    review = forms.ModelMultipleChoiceField(
        queryset=TechnicalReview.objects.none(),
        widget=forms.MultipleHiddenInput,
        error_messages={"required": _("답할 검토를 목록에서 하나 이상 고르십시오.")},
    )

    def __init__(self, data: Any, waiting: QuerySet[TechnicalReview]) -> None:
        super().__init__(data)
        self.fields["review"].queryset = waiting  # type: ignore[attr-defined]

    @property
    def marked(self) -> set[str]:
        """What was marked, to be shown again beside an error."""
        return set(self.data.getlist("review")) if isinstance(self.data, QueryDict) else set()


class NarrowForm(forms.Form):
    """The models that stay, and why the others may go."""

    kept = forms.MultipleChoiceField(label=_("남길 모델"), widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(
        label=_("사유"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("뺀 모델 없이도 과제를 어떻게 하는지 적습니다."),
    )

    def __init__(self, data: Any, names: Iterable[str]) -> None:
        choices = [(name, name) for name in names]
        super().__init__(data, initial={"kept": [name for name, _label in choices]})
        self.fields["kept"].choices = choices  # type: ignore[attr-defined]

"""What people type in evaluation: the sheet itself, conflicts, panels."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from naru.domain.terms import Criterion
from naru.portal.accounts.models import User
from naru.portal.ui.wording import localised


class SheetForm(forms.Form):
    """Points per criterion within its bounds, and the comment; a draft may leave any of them empty."""

    comment = forms.CharField(
        label=_("의견"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("확정하려면 점수의 근거를 한두 문장으로 적습니다."),
    )
    reason = forms.CharField(
        label=_("변경 사유"),
        required=False,
        max_length=1000,
        help_text=_("확정한 평가표를 고칠 때 적습니다. 앞의 판은 기록에 남습니다."),
    )

    def __init__(self, data: Any, criteria: Sequence[Criterion], *, final: bool, **options: Any) -> None:
        super().__init__(data, **options)
        self.criteria = criteria
        points = {
            f"points_{one.id}": forms.IntegerField(
                label=_("%(title)s (0~%(points)s점)") % {"title": localised(one.title), "points": one.points},
                required=False,
                min_value=0,
                max_value=one.points,
                help_text=" · ".join(localised(element) for element in one.elements),
                widget=forms.NumberInput({"inputmode": "numeric", "data-points": one.points}),
            )
            for one in criteria
        }
        rest = {name: field for name, field in self.fields.items() if final or name != "reason"}
        self.fields = points | rest

    def points(self) -> dict[str, int]:
        """The points given, by criterion."""
        given = {one.id: self.cleaned_data.get(f"points_{one.id}") for one in self.criteria}
        return {code: value for code, value in given.items() if value is not None}


class ConflictForm(forms.Form):
    """Why a reviewer steps back."""

    conflict_reason = forms.CharField(
        label=_("사유"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("예: 같은 기관에 있었음, 공동연구, 친족 관계. 운영기관만 봅니다."),
    )


class PanelsForm(forms.Form):
    """Who is on the panels, and how many per application."""

    reviewers = forms.ModelMultipleChoiceField(
        label=_("평가위원"), queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    per_application = forms.IntegerField(label=_("신청 한 건당 평가위원 수"), min_value=1, max_value=20)

    def __init__(self, data: Any, people: Any, least: int) -> None:
        super().__init__(data, initial={"reviewers": people, "per_application": least})
        self.fields["reviewers"].queryset = people  # type: ignore[attr-defined]


class PledgeForm(forms.Form):
    """The tick under the pledge."""

    agreed = forms.BooleanField(
        label=_("위 내용을 모두 읽었고, 그대로 지키겠습니다."),
        error_messages={"required": _("서약하려면 이 칸을 표시하십시오.")},
    )


class ReasonForm(forms.Form):
    """A reason and nothing else."""

    reason = forms.CharField(label=_("사유"), max_length=1000, widget=forms.Textarea({"rows": 3}))

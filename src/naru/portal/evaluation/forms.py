"""What people type in evaluation: the pledge, points and comment, reasons, who is asked to score."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from naru.domain.terms import Criterion, Part
from naru.portal.accounts.models import User
from naru.portal.evaluation.models import ScoreSheet
from naru.portal.ui.wording import localised

LONGEST = 4000


def reason_field(label: Any, help_text: Any = "") -> forms.CharField:
    """A reason to keep on record."""
    return forms.CharField(
        label=label, help_text=help_text, max_length=1000, widget=forms.Textarea({"rows": 3})
    )


class PledgeForm(forms.Form):
    """The box is ticked, or there is no pledge."""

    agreed = forms.BooleanField(label=_("서약문을 읽었고 그대로 지키겠습니다."))


class SheetForm(forms.Form):
    """One score sheet: a whole number per part of the scorecard (empty in a draft) and the comment."""

    comment = forms.CharField(
        label=_("의견"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("점수의 근거를 한두 문장으로 적습니다. 확정하려면 꼭 있어야 합니다."),
    )

    def __init__(self, data: Any, criteria: Sequence[Criterion], stored: ScoreSheet | None) -> None:
        self.parts = [part for criterion in criteria for part in criterion.parts]
        initial: dict[str, Any] = {"comment": stored.comment if stored else ""}
        for part in self.parts:
            initial[self.name_of(part.key)] = stored.parts.get(part.key) if stored else None
        super().__init__(data, initial=initial)
        for part in self.parts:
            self.fields[self.name_of(part.key)] = self._points(part)

    @staticmethod
    def name_of(part: str) -> str:
        """The field of a part."""
        return f"points_{part}"

    @staticmethod
    def _points(part: Part) -> forms.IntegerField:
        bounds = _("0점부터 %(most)s점까지의 정수로 적으십시오.") % {"most": part.most}
        widget = forms.NumberInput({"data-points": part.most, "inputmode": "numeric"})
        return forms.IntegerField(
            label=localised(part.title),
            required=False,
            min_value=0,
            max_value=part.most,
            widget=widget,
            error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), bounds),
        )

    def points(self) -> dict[str, int]:
        """The points given, by part; those left empty or out of bounds are not in it."""
        given = {one.key: self.cleaned_data.get(self.name_of(one.key)) for one in self.parts}
        return {key: points for key, points in given.items() if points is not None}


class RevisionForm(SheetForm):
    """A final sheet's next state says why it is changed."""

    reason = reason_field(_("고치는 사유"), _("고치기 전의 점수와 함께 기록에 남습니다."))


class ReasonForm(forms.Form):
    """A reason and nothing else."""

    reason = reason_field(_("사유"))


class PeopleField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # takes none at runtime
    """Reviewers to tick, each with how much was asked of them."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple, **options)

    def label_from_instance(self, obj: Any) -> str:
        """The name, the load, and whether the person is simulated."""
        words = [str(obj)]
        if obj.simulated:
            words.append(str(_("(가상 인물)")))
        if hasattr(obj, "asked"):
            words.append(str(_("· 지금 %(asked)s건") % {"asked": obj.asked}))
        return " ".join(words)


class AssignForm(forms.Form):
    """Who is asked to score one application."""

    reviewers = PeopleField(label=_("더 부탁할 평가위원"))

    def __init__(self, data: Any, people: Any) -> None:
        super().__init__(data)
        self.fields["reviewers"].queryset = people  # type: ignore[attr-defined]


class RemoveForm(forms.Form):
    """Why a reviewer is taken off, and who takes over."""

    replacement = forms.ModelChoiceField(
        label=_("대신 맡을 평가위원"),
        required=False,
        queryset=User.objects.none(),
        empty_label=_("대신 맡기지 않음"),
        help_text=_("이해충돌이 없고 이 신청을 맡은 적이 없는 평가위원만 나옵니다."),
    )
    reason = reason_field(_("해제 사유"))

    def __init__(self, data: Any, people: Any) -> None:
        super().__init__(data)
        self.fields["replacement"].queryset = people  # type: ignore[attr-defined]


class PanelsForm(forms.Form):
    """Which reviewers fill the panels, and how many each application gets."""

    per_application = forms.IntegerField(label=_("신청마다 평가위원 수"), min_value=1, max_value=20)
    reviewers = PeopleField(label=_("평가위원"))

    def __init__(self, data: Any, people: Any, least: int) -> None:
        super().__init__(data, initial={"per_application": least, "reviewers": people})
        self.fields["reviewers"].queryset = people  # type: ignore[attr-defined]
        self.fields["per_application"].help_text = _("공고가 정한 최소는 %(least)s명입니다.") % {
            "least": least
        }

"""What people type about reviewers: the pool's filters and entries, the list sent in."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from naru.codec.reviewers import MOST_BYTES, MOST_CEILING
from naru.domain import registration
from naru.portal.accounts.models import User
from naru.portal.evaluation import pool
from naru.portal.evaluation.models import DeclaredRelation, ReviewerProfile
from naru.portal.organisations.models import Organisation
from naru.portal.ui.wording import localised

ANY = ("", _("모두"))
STATES = [ANY, ("available", _("참여 가능")), ("away", _("참여 어려움")), ("unentered", _("입력 전"))]


def field_choices() -> list[tuple[str, str]]:
    """The fields of the support table, for ticking."""
    return [(code, localised(title)) for code, title in pool.fields().items()]


def _clean_number(name: str) -> Callable[[forms.Form], str]:
    """The cleaning of a registration number's field: ten digits that check, or nothing."""

    def clean(form: forms.Form) -> str:
        typed: str = form.cleaned_data[name]
        try:
            return registration.normalise(typed) if typed.strip() else ""
        except ValueError:
            raise forms.ValidationError(
                _("숫자 10자리로 적으십시오. 확인 숫자가 맞지 않으면 등록증을 다시 보십시오.")
            ) from None

    return clean


class PoolFilter(forms.Form):
    """Which reviewers to show."""

    field = forms.ChoiceField(label=_("전문분야"), required=False)
    state = forms.ChoiceField(label=_("참여"), required=False, choices=STATES)
    words = forms.CharField(label=_("이름·소속"), required=False, max_length=80)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["field"].choices = [ANY, *field_choices()]  # type: ignore[attr-defined]

    def narrowed(self) -> dict[str, str]:
        """The filters in use; a value that is no choice is left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class ExpertiseForm(forms.Form):
    """In which fields a reviewer is at home."""

    expertise = forms.MultipleChoiceField(
        label=_("전문분야"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("지원 표의 분야입니다. 배정할 때 맞는 신청을 먼저 맡깁니다."),
    )

    def __init__(self, data: Any, stored: ReviewerProfile | None) -> None:
        super().__init__(data, initial=self._initial(stored))
        self.fields["expertise"].choices = field_choices()  # type: ignore[attr-defined]

    @staticmethod
    def _initial(stored: ReviewerProfile | None) -> dict[str, Any]:
        return {"expertise": stored.expertise} if stored else {}


class ReviewerForm(ExpertiseForm):
    """A reviewer's entry in the pool."""

    affiliation = forms.CharField(
        label=_("소속"),
        required=False,
        max_length=120,
        help_text=_("기관 이름. 등록된 기관과 같으면 그 기관의 신청은 맡기지 않습니다."),
    )
    business_number = forms.CharField(label=_("소속의 사업자등록번호"), required=False, max_length=12)
    available = forms.BooleanField(label=_("이번에 평가를 맡을 수 있음"), required=False)
    ceiling = forms.IntegerField(
        label=_("맡을 수 있는 최대 건수"),
        required=False,
        min_value=1,
        max_value=MOST_CEILING,
        help_text=_("비워 두면 한도를 두지 않습니다."),
    )
    field_order = ["affiliation", "business_number", "expertise", "available", "ceiling"]

    @staticmethod
    def _initial(stored: ReviewerProfile | None) -> dict[str, Any]:
        if stored is None:
            return {"available": True}
        names = ("affiliation", "business_number", "expertise", "available", "ceiling")
        return {name: getattr(stored, name) for name in names}

    clean_business_number = _clean_number("business_number")


class ListForm(forms.Form):
    """A list of reviewers as CSV."""

    file = forms.FileField(label=_("CSV 파일"), help_text=_("64 KB, 500명까지입니다."))

    def clean_file(self) -> bytes:
        """The bytes, not more than a list may have."""
        return bytes(self.cleaned_data["file"].read(MOST_BYTES + 1))


class InterestsForm(forms.Form):
    """Of each organisation of a batch, whether there is an interest and which; then that is all."""

    def __init__(self, data: Any, organisations: Sequence[Organisation]) -> None:
        super().__init__(data)
        self.organisations = organisations
        for one in organisations:
            label = f"{one.name} ({_('가상')})" if one.simulated else one.name
            self.fields[f"interest_{one.pk}"] = forms.CharField(
                label=label,
                required=False,
                max_length=1000,
                widget=forms.TextInput({"placeholder": _("이해관계가 있으면 무엇인지 적습니다")}),
            )
        self.fields["complete"] = forms.BooleanField(
            label=_("목록을 모두 보았고, 적은 것 말고는 이해관계가 없습니다.")
        )

    def interests(self) -> dict[int, str]:
        """Organisations with an interest, and which."""
        said = {one.pk: self.cleaned_data[f"interest_{one.pk}"].strip() for one in self.organisations}
        return {pk: reason for pk, reason in said.items() if reason}


class RelationForm(forms.Form):
    """A relation declared once for all."""

    kind = forms.ChoiceField(label=_("관계"), choices=DeclaredRelation.Kind.choices)
    organisation = forms.CharField(label=_("기관"), required=False, max_length=120)
    number = forms.CharField(label=_("사업자등록번호"), required=False, max_length=12)
    person = forms.CharField(label=_("사람 (이름 또는 이메일)"), required=False, max_length=120)

    clean_number = _clean_number("number")


class ObjectionForm(forms.Form):
    """To which of the reviewers shown an applicant objects, and why."""

    reviewer = forms.ModelChoiceField(label=_("평가위원"), queryset=User.objects.none())
    reason = forms.CharField(
        label=_("기피 사유"),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("공정한 평가를 기대하기 어려운 까닭을 사실로 적어 주십시오."),
    )

    def __init__(self, data: Any, people: QuerySet[User]) -> None:
        super().__init__(data)
        self.fields["reviewer"].queryset = people  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """The operator's answer to an objection."""

    upheld = forms.ChoiceField(
        label=_("결정"),
        widget=forms.RadioSelect,
        choices=[("yes", _("받아들임: 이 위원은 이 신청을 맡지 않습니다")), ("no", _("받아들이지 않음"))],
    )
    answer = forms.CharField(
        label=_("결정 사유"),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("신청자에게 그대로 메일로 알립니다."),
    )

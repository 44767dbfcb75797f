"""What an operator types into the register of restrictions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from naru.domain import registration
from naru.portal.organisations.actions import RestrictionEntry
from naru.portal.organisations.models import Organisation

# Grounds that other bodies decide; restrictions decided here end a case of the progress room.
GROUNDS = {
    "government_sanction": _("정부사업 제재 중"),
    "ict_fund_restriction": _("ICT기금사업 참여제한 중"),
    "ai_voucher_restriction": _("AI 바우처 사업 참여제한 대상"),
}
CLAUSE = "E-09"


class BusinessNumberField(forms.CharField):
    """A business registration number; its value is the ten digits, check digit verified."""

    def __init__(self) -> None:
        super().__init__(
            label=_("사업자등록번호"), max_length=20, help_text=_("열 자리 숫자. 예: 000-00-00000")
        )

    def clean(self, value: Any) -> str:
        """The ten digits, or an error that says what to compare."""
        try:
            return registration.normalise(super().clean(value))
        except ValueError as error:
            raise forms.ValidationError(
                _("사업자등록번호가 맞지 않습니다. 등록증의 열 자리 숫자를 확인하십시오.")
            ) from error


class RegisterFilter(forms.Form):
    """Narrows the register."""

    text = forms.CharField(label=_("제한 단위 또는 기관명"), required=False, max_length=128)
    in_force = forms.BooleanField(label=_("지금 유효한 것만"), required=False)


class RestrictionForm(forms.Form):
    """A restriction that another body decided, for a company by its business registration number."""

    business_number = BusinessNumberField()
    ground = forms.ChoiceField(label=_("사유"), choices=list(GROUNDS.items()))
    starts_on = forms.DateField(label=_("시작일"), widget=forms.DateInput(attrs={"type": "date"}))
    ends_on = forms.DateField(
        label=_("종료일"),
        help_text=_("이날까지 제한됩니다. 정해지지 않았으면 비워 두십시오."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    source = forms.CharField(
        label=_("근거"), max_length=200, help_text=_("결정한 기관과 문서 번호를 적으십시오.")
    )

    def clean(self) -> dict[str, Any]:
        """The end is not before the start."""
        answers = super().clean() or self.cleaned_data
        if answers.get("starts_on") and answers.get("ends_on") and answers["ends_on"] < answers["starts_on"]:
            self.add_error("ends_on", _("종료일은 시작일과 같거나 뒤여야 합니다."))
        return answers

    def entry(self) -> RestrictionEntry:
        """The answers as the action takes them."""
        answers = self.cleaned_data
        number = answers["business_number"]
        return RestrictionEntry(
            unit=f"company:{number}",
            organisation=Organisation.objects.filter(business_number=number).first(),
            ground=answers["ground"],
            clause=CLAUSE,
            starts_on=answers["starts_on"],
            ends_on=answers["ends_on"],
            source=answers["source"],
        )


class LiftForm(forms.Form):
    """Why a restriction ends before its time."""

    reason = forms.CharField(label=_("해제 사유"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))

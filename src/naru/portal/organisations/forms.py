"""What is typed about organisations: details, people, and the register of restrictions."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from naru.domain import registration
from naru.portal.organisations.actions import RestrictionEntry
from naru.portal.organisations.entering import OrganisationDetails
from naru.portal.organisations.models import Organisation

# Grounds that other bodies decide; restrictions decided here end a case of the progress room.
GROUNDS = {
    "government_sanction": _("정부사업 제재 중"),
    "ict_fund_restriction": _("ICT기금사업 참여제한 중"),
    "ai_voucher_restriction": _("AI 바우처 사업 참여제한 대상"),
}
CLAUSE = "E-09"
DOUBTFUL = _("법인등록번호가 검사 규칙과 맞지 않습니다. 등기부와 비교해 보십시오. 저장은 했습니다.")
REPRESENTATIVES = 3


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


class CorporateNumberField(forms.CharField):
    """A corporate registration number (법인등록번호); its value is the thirteen digits, or empty."""

    def __init__(self) -> None:
        super().__init__(
            label=_("법인등록번호"), required=False, max_length=14, help_text=_("법인이면 열세 자리 숫자")
        )

    def clean(self, value: Any) -> str:
        """Digits only; the check digit is a warning, never an error, since old numbers fail it."""
        digits = re.sub(r"[\s-]", "", super().clean(value))
        if digits and not re.fullmatch(r"[0-9]{13}", digits):
            raise forms.ValidationError(_("법인등록번호는 열세 자리 숫자입니다."))
        return digits


def doubtful(corporate_number: str) -> bool:
    """Whether a corporate number fails its check digit."""
    return bool(corporate_number) and not registration.corporate_number_checks(corporate_number)


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


class InviteForm(forms.Form):
    """Whom to invite."""

    email = forms.EmailField(label=_("초대할 사람의 이메일"))


class JoinForm(forms.Form):
    """Which company to join."""

    business_number = BusinessNumberField()


class CompanyFilter(forms.Form):
    """Narrows the list of companies."""

    text = forms.CharField(label=_("기관명 또는 사업자등록번호"), required=False, max_length=120)


class DetailsForm(forms.Form):
    """A company's details and its representatives; the business number is shown elsewhere and stays."""

    name = forms.CharField(label=_("기업 이름"), max_length=120)
    kind = forms.ChoiceField(label=_("종류"), choices=Organisation.Kind.choices[:3])
    legal_form = forms.ChoiceField(label=_("법적 형태"), choices=Organisation.LegalForm.choices[:2])
    corporate_number = CorporateNumberField()
    started_on = forms.DateField(label=_("개업일"), widget=forms.DateInput(attrs={"type": "date"}))
    fiscal_year_end_month = forms.IntegerField(label=_("결산월"), min_value=1, max_value=12)

    def __init__(self, *args: Any, organisation: Organisation, **options: Any) -> None:
        people = list(organisation.representatives.all())
        known = {name: getattr(organisation, name) for name in self.base_fields}
        for place, person in enumerate(people, start=1):
            known |= {f"representative_{place}": person.name, f"born_{place}": person.birth_date}
        super().__init__(*args, **{"initial": known} | options)
        self.organisation = organisation
        for place in range(1, REPRESENTATIVES + 1):
            self.fields[f"representative_{place}"] = forms.CharField(
                label=_("대표자 %(place)d 이름") % {"place": place}, max_length=80, required=place == 1
            )
            self.fields[f"born_{place}"] = forms.DateField(
                label=_("대표자 %(place)d 생년월일") % {"place": place},
                widget=forms.DateInput(attrs={"type": "date"}),
                required=place == 1,
            )

    def clean(self) -> dict[str, Any]:
        """A representative has both a name and a birth date."""
        answers = super().clean() or self.cleaned_data
        for place in range(2, REPRESENTATIVES + 1):
            if bool(answers.get(f"representative_{place}")) != bool(answers.get(f"born_{place}")):
                self.add_error(f"representative_{place}", _("이름과 생년월일을 함께 적어 주십시오."))
        return answers

    def details(self) -> OrganisationDetails:
        """The answers as the action takes them."""
        given = self.cleaned_data
        people = tuple(
            (given[f"representative_{place}"], given[f"born_{place}"])
            for place in range(1, REPRESENTATIVES + 1)
            if given.get(f"representative_{place}")
        )
        named = ("name", "kind", "legal_form", "corporate_number", "started_on", "fiscal_year_end_month")
        return OrganisationDetails(representatives=people, **{name: given[name] for name in named})

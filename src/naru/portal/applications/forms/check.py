"""The self-checks before an account: who are you, which model; and what goes with a document."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from naru.domain import call as domain
from naru.domain.applicant import Applicant
from naru.portal.applications.answers import DocumentDates
from naru.portal.ui.wording import localised

DATE = {"type": "date"}


class EligibilityForm(forms.Form):
    """Two or three questions; which documents are owed follows."""

    kind = forms.ChoiceField(label=_("어디에 속해 있나요?"), widget=forms.RadioSelect)
    legal_form = forms.ChoiceField(
        label=_("기업이라면 법인인가요, 개인사업자인가요?"),
        required=False,
        choices=[("", _("기업이 아님")), ("corporation", _("법인")), ("sole_proprietor", _("개인사업자"))],
    )
    role = forms.ChoiceField(
        label=_("대학·병원이라면 재직자인가요, 학생인가요?"),
        required=False,
        choices=[("", _("대학·병원이 아님")), ("staff", _("재직자")), ("student", _("학생"))],
    )
    youth = forms.BooleanField(label=_("청년기업 가점을 신청할까요?"), required=False)

    def __init__(self, *args: Any, terms: domain.Call, **options: Any) -> None:
        super().__init__(*args, **options)
        admitted = [(kind.id, localised(kind.title)) for party in terms.parties for kind in party.kinds]
        excluded = [(kind.id, localised(kind.title)) for kind in terms.excluded_kinds]
        self.fields["kind"].choices = [*admitted, *excluded]  # type: ignore[attr-defined]
        self.terms = terms

    def applicant(self) -> Applicant:
        """The answers as the rules of eligibility take them; a company without a form is a corporation."""
        given = self.cleaned_data
        party = self.terms.party_of(given["kind"])
        company = party is not None and party.unit == "company"
        return Applicant(
            kind=given["kind"],
            unit="self-check",
            role="company" if company else given["role"] or "staff",
            legal_form=(given["legal_form"] or "corporation") if company else None,
            youth_claimed=company and given["youth"],
        )


class ModelCheckForm(forms.Form):
    """The name of one model."""

    name = forms.CharField(
        label=_("모델 이름"),
        max_length=100,
        help_text=_("예: YOLOv8n, Llama-2-7b, 직접 만든 모델이면 바탕이 된 모델"),
    )


class DocumentForm(forms.Form):
    """One evidence document and the dates printed on it."""

    file = forms.FileField(label=_("파일"), help_text=_("PDF, PNG, JPG, HWP, HWPX, XLSX; 20MB까지"))
    issued_on = forms.DateField(label=_("발급일"), required=False, widget=forms.DateInput(attrs=DATE))
    valid_from = forms.DateField(label=_("유효 시작일"), required=False, widget=forms.DateInput(attrs=DATE))
    valid_until = forms.DateField(
        label=_("유효 종료일"),
        required=False,
        widget=forms.DateInput(attrs=DATE),
        help_text=_("서류에 적혀 있으면"),
    )
    fiscal_year_end = forms.DateField(
        label=_("직전 사업연도 말일"),
        required=False,
        widget=forms.DateInput(attrs=DATE),
        help_text=_("중소기업 확인서에 유효기간이 없으면"),
    )

    def clean(self) -> dict[str, Any]:
        """The period does not end before it starts."""
        given = super().clean() or self.cleaned_data
        starts, ends = given.get("valid_from"), given.get("valid_until")
        if starts and ends and ends < starts:
            self.add_error("valid_until", _("종료일은 시작일과 같거나 뒤여야 합니다."))
        return given

    def dates(self) -> DocumentDates:
        """The printed dates."""
        names = ("issued_on", "valid_from", "valid_until", "fiscal_year_end")
        return DocumentDates(**{name: self.cleaned_data[name] for name in names})


class WithdrawForm(forms.Form):
    """Why the application is taken back."""

    reason = forms.CharField(label=_("철회 사유"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class SubmitForm(forms.Form):
    """The key of one press of the button."""

    key = forms.CharField(max_length=64, widget=forms.HiddenInput)

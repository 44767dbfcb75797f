"""Who applies: a company with its representatives, or a university with a professor."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from naru.domain import call as domain
from naru.portal.accounts.models import User
from naru.portal.applications.actions import PublicEntry
from naru.portal.organisations.entering import OrganisationDetails, ProfessorDetails
from naru.portal.organisations.forms import BusinessNumberField, CorporateNumberField
from naru.portal.organisations.models import Organisation
from naru.portal.organisations.queries import organisations_of
from naru.portal.ui.wording import localised

DATE = {"type": "date"}
COMPANIES = ("corporation", "sole_proprietor")
REPRESENTATIVES = 3


def kinds(terms: domain.Call, unit: str) -> list[tuple[str, str]]:
    """The kinds of the sector whose unit this is."""
    return [
        (kind.id, localised(kind.title))
        for party in terms.parties
        if party.unit == unit
        for kind in party.kinds
    ]


class CompanyStartForm(forms.Form):
    """Apply for one of one's own companies, by one certificate route."""

    organisation = forms.ModelChoiceField(
        label=_("기업"), queryset=Organisation.objects.none(), empty_label=None
    )
    kind = forms.ChoiceField(
        label=_("신청 자격"), help_text=_("가지고 있는 확인서에 맞춰 고르십시오. 낼 서류가 달라집니다.")
    )

    def __init__(self, *args: Any, user: User, terms: domain.Call, **options: Any) -> None:
        super().__init__(*args, **options)
        own = organisations_of(user).filter(legal_form__in=COMPANIES)
        self.fields["organisation"].queryset = own  # type: ignore[attr-defined]
        self.fields["kind"].choices = kinds(terms, "company")  # type: ignore[attr-defined]


class CompanyForm(forms.Form):
    """A company and its representatives (대표자): all of them, since any one may be young enough."""

    name = forms.CharField(label=_("기업 이름"), max_length=120)
    business_number = BusinessNumberField()
    kind = forms.ChoiceField(label=_("종류"), choices=Organisation.Kind.choices[:3])
    legal_form = forms.ChoiceField(label=_("법적 형태"), choices=Organisation.LegalForm.choices[:2])
    corporate_number = CorporateNumberField()
    started_on = forms.DateField(
        label=_("개업일"), widget=forms.DateInput(attrs=DATE), help_text=_("사업자등록증에 적힌 날")
    )
    fiscal_year_end_month = forms.IntegerField(label=_("결산월"), min_value=1, max_value=12, initial=12)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for place in range(1, REPRESENTATIVES + 1):
            self.fields[f"representative_{place}"] = forms.CharField(
                label=_("대표자 %(place)d 이름") % {"place": place}, max_length=80, required=place == 1
            )
            self.fields[f"born_{place}"] = forms.DateField(
                label=_("대표자 %(place)d 생년월일") % {"place": place},
                widget=forms.DateInput(attrs=DATE),
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
        """The company as the action takes it."""
        given = self.cleaned_data
        people = tuple(
            (given[f"representative_{place}"], given[f"born_{place}"])
            for place in range(1, REPRESENTATIVES + 1)
            if given.get(f"representative_{place}")
        )
        named = (
            "name", "kind", "legal_form", "business_number", "corporate_number", "started_on",
            "fiscal_year_end_month",
        )  # fmt: skip
        return OrganisationDetails(representatives=people, **{name: given[name] for name in named})


class PublicStartForm(forms.Form):
    """Apply as staff or student of a university or university hospital, with the professor's data."""

    kind = forms.ChoiceField(label=_("기관 종류"))
    institution = forms.CharField(label=_("대학·병원 이름"), max_length=120)
    role = forms.ChoiceField(
        label=_("신청자"),
        choices=[("staff", _("재직자 (교수 본인)")), ("student", _("학생"))],
        widget=forms.RadioSelect,
    )
    professor_name = forms.CharField(
        label=_("교수 이름"), max_length=80, help_text=_("재직자는 본인, 학생은 지도교수")
    )
    professor_email = forms.EmailField(
        label=_("교수 이메일"),
        required=False,
        help_text=_(
            "학생만 적습니다. 이 이메일로 로그인한 교수가 확인합니다. 재직자는 자기 계정의 이메일을 씁니다."
        ),
    )
    department = forms.CharField(label=_("학과·부서"), max_length=120)

    def __init__(self, *args: Any, user: User, terms: domain.Call, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user
        self.fields["kind"].choices = kinds(terms, "professor")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Staff apply by their own account; a student names a professor, who is somebody else (E-02)."""
        answers = super().clean() or self.cleaned_data
        email, own = answers.get("professor_email", "").strip().lower(), self.user.email.lower()
        if answers.get("role") == "staff" and email not in ("", own):
            message = _("재직자는 로그인한 계정(%(email)s)으로 신청합니다. 비우거나 이 이메일을 적으십시오.")
            self.add_error("professor_email", message % {"email": own})
        elif answers.get("role") == "student" and "professor_email" in answers and email in ("", own):
            own_words = _("학생의 이메일이 아니라 지도교수의 이메일을 적으십시오.")
            self.add_error("professor_email", own_words if email else _("지도교수의 이메일을 적으십시오."))
        return answers

    def entry(self) -> PublicEntry:
        """The answers as the action takes them; staff are their own professor, known by their account."""
        given = self.cleaned_data
        staff = given["role"] == "staff"
        email = self.user.email if staff else given["professor_email"].strip().lower()
        account = self.user if staff else User.objects.filter(email=email).first()
        return PublicEntry(
            kind=given["kind"],
            institution=given["institution"],
            role=given["role"],
            professor=ProfessorDetails(
                name=given["professor_name"], email=email, department=given["department"], user=account
            ),
        )

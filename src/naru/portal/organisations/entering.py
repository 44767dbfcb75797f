"""Writing down organisations and professors: what several actions share; each records its own event."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from naru.domain import registration
from naru.portal.accounts.models import User
from naru.portal.organisations.models import Organisation, Professor, Representative


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationDetails:
    """What is known of an organisation when it is entered; `representatives` are (name, birth date)."""

    name: str
    kind: str
    legal_form: str
    business_number: str = ""
    corporate_number: str = ""
    started_on: date | None = None
    fiscal_year_end_month: int = 12
    simulated: bool = False
    representatives: tuple[tuple[str, date], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfessorDetails:
    """A professor as an applicant names one; `user` is the account, where it is known."""

    name: str
    email: str
    department: str
    user: User | None = None


def enter_organisation(details: OrganisationDetails, *, at: datetime) -> Organisation:
    """The organisation with its representatives; ValidationError for a number mistyped or taken."""
    organisation = Organisation.objects.create(
        name=details.name.strip(),
        kind=Organisation.Kind(details.kind),
        legal_form=Organisation.LegalForm(details.legal_form),
        business_number=free_number(details.business_number),
        corporate_number=details.corporate_number,
        started_on=details.started_on,
        fiscal_year_end_month=details.fiscal_year_end_month,
        simulated=details.simulated,
        created_at=at,
    )
    enter_representatives(organisation, details.representatives)
    return organisation


def enter_representatives(organisation: Organisation, people: tuple[tuple[str, date], ...]) -> None:
    """Write the representatives of an organisation that has none."""
    Representative.objects.bulk_create(
        Representative(organisation=organisation, name=name, birth_date=born) for name, born in people
    )


def enter_professor(organisation: Organisation, details: ProfessorDetails) -> Professor:
    """The professor of a university or hospital, as entered before, or now.

    One person is one professor there (E-04): known by the account, whose address may have changed since, else
    by the address.
    """
    if details.user is not None:
        known = Professor.objects.filter(organisation=organisation, user=details.user).first()
        if known is not None:
            return known
    address = details.email.strip().lower()
    found, _made = Professor.objects.get_or_create(
        organisation=organisation,
        email=address,
        defaults={"name": details.name.strip(), "department": details.department, "user": details.user},
    )
    return found


def free_number(text: str) -> str | None:
    """The ten digits of `text`, None when it is empty; ValidationError when mistyped or taken."""
    if not text:
        return None
    try:
        number = registration.normalise(text)
    except ValueError as error:
        message = _("사업자등록번호가 맞지 않습니다. 등록증의 열 자리 숫자를 확인하십시오.")
        raise ValidationError({"business_number": message}) from error
    if Organisation.objects.filter(business_number=number).exists():
        message = _("이미 등록된 사업자등록번호입니다. 기관의 대표 담당자에게 담당자 추가를 요청하십시오.")
        raise ValidationError({"business_number": message}, code="number_taken")
    return number

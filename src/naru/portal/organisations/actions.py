"""What may be done to organisations, suppliers and the register of restrictions."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from naru.domain import registration
from naru.portal.accounts.models import User
from naru.portal.audit.actions import fingerprint, record
from naru.portal.organisations.models import (
    Member,
    Organisation,
    Professor,
    Representative,
    Restriction,
    Supplier,
    SupplierMember,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationDetails:
    """What is known of an organisation when it is entered; `representatives` are (name, birth date)."""

    name: str
    kind: str
    legal_form: str
    business_number: str = ""
    started_on: date | None = None
    fiscal_year_end_month: int = 12
    simulated: bool = False
    representatives: tuple[tuple[str, date], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictionEntry:
    """An entry of the register: days of Asia/Seoul, both included; no end: until lifted."""

    unit: str
    ground: str
    clause: str
    starts_on: date
    ends_on: date | None
    source: str
    organisation: Organisation | None = None
    call_id: str = ""


@transaction.atomic
def create_organisation(
    *, by: User, at: datetime, details: OrganisationDetails, owner: User | None = None
) -> Organisation:
    """Enter an organisation with its representatives; `owner` (else `by`) may act for it from then on.

    Raises ValidationError for a business number that is mistyped or already entered.
    """
    organisation = Organisation.objects.create(
        name=details.name.strip(),
        kind=Organisation.Kind(details.kind),
        legal_form=Organisation.LegalForm(details.legal_form),
        business_number=_free_number(details.business_number),
        started_on=details.started_on,
        fiscal_year_end_month=details.fiscal_year_end_month,
        simulated=details.simulated,
        created_at=at,
    )
    Representative.objects.bulk_create(
        Representative(organisation=organisation, name=name, birth_date=born)
        for name, born in details.representatives
    )
    person = owner or by
    Member.objects.create(user=person, organisation=organisation, role=Member.Role.OWNER, added_at=at)
    facts = {"kind": details.kind, "owner": person.pk, "representatives": len(details.representatives)}
    record(by=by, at=at, action="organisations.create_organisation", subject=organisation, facts=facts)
    return organisation


def _free_number(text: str) -> str | None:
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
        raise ValidationError({"business_number": message})
    return number


@transaction.atomic
def add_member(
    *, by: User, at: datetime, organisation: Organisation, user: User, role: str = "member"
) -> Member:
    """Let a user act for an organisation. Raises ValidationError when the user already does."""
    if Member.objects.filter(organisation=organisation, user=user).exists():
        raise ValidationError(_("이미 이 기관의 담당자입니다."), code="member_already")
    member = Member.objects.create(organisation=organisation, user=user, role=Member.Role(role), added_at=at)
    facts = {"user": user.pk, "role": role}
    record(by=by, at=at, action="organisations.add_member", subject=organisation, facts=facts)
    return member


@transaction.atomic
def add_professor(
    *,
    by: User,
    at: datetime,
    organisation: Organisation,
    name: str,
    email: str,
    department: str,
    user: User | None = None,
) -> Professor:
    """Enter a professor of a university or hospital; one entry per organisation and e-mail address."""
    address = email.strip().lower()
    if Professor.objects.filter(organisation=organisation, email=address).exists():
        raise ValidationError({"email": _("이미 등록된 교수입니다. 목록에서 고르십시오.")})
    professor = Professor.objects.create(
        organisation=organisation, name=name.strip(), email=address, department=department, user=user
    )
    facts = {"organisation": organisation.pk, "user": user.pk if user else None}
    record(by=by, at=at, action="organisations.add_professor", subject=professor, facts=facts)
    return professor


@transaction.atomic
def add_supplier(
    *, by: User, at: datetime, kind: str, code: str, name: str, simulated: bool = False
) -> Supplier:
    """Enter an AI-chip vendor or a cloud company under a code that is used in records."""
    if Supplier.objects.filter(code=code).exists():
        raise ValidationError({"code": _("이미 쓰이는 코드입니다.")})
    supplier = Supplier.objects.create(
        kind=Supplier.Kind(kind), code=code, name=name.strip(), simulated=simulated
    )
    record(
        by=by,
        at=at,
        action="organisations.add_supplier",
        subject=supplier,
        facts={"kind": kind, "code": code},
    )
    return supplier


@transaction.atomic
def add_supplier_member(*, by: User, at: datetime, supplier: Supplier, user: User) -> SupplierMember:
    """Let a user act for a supplier. Raises ValidationError when the user already does."""
    if SupplierMember.objects.filter(supplier=supplier, user=user).exists():
        raise ValidationError(_("이미 이 공급사의 담당자입니다."), code="member_already")
    member = SupplierMember.objects.create(supplier=supplier, user=user)
    record(
        by=by,
        at=at,
        action="organisations.add_supplier_member",
        subject=supplier,
        facts={"user": user.pk},
    )
    return member


@transaction.atomic
def record_restriction(*, by: User, at: datetime, entry: RestrictionEntry) -> Restriction:
    """Enter a restriction that a decision outside this portal rests on (P-06); due process has gone before.

    A restriction that ends a case of this portal is written by `progress.actions.decide_case` instead.
    """
    if entry.ends_on and entry.ends_on < entry.starts_on:
        raise ValidationError({"ends_on": _("종료일은 시작일과 같거나 뒤여야 합니다.")})
    restriction = Restriction.objects.create(
        unit=entry.unit,
        organisation=entry.organisation,
        ground=entry.ground,
        clause=entry.clause,
        starts_on=entry.starts_on,
        ends_on=entry.ends_on,
        source=entry.source,
        decided_by=by,
        decided_at=at,
    )
    record(
        by=by,
        at=at,
        action="organisations.record_restriction",
        subject=restriction,
        facts={
            "unit": fingerprint(entry.unit),
            "ground": entry.ground,
            "clause": entry.clause,
            "starts_on": entry.starts_on.isoformat(),
            "ends_on": entry.ends_on.isoformat() if entry.ends_on else None,
        },
        call_id=entry.call_id,
    )
    return restriction


@transaction.atomic
def lift_restriction(*, by: User, at: datetime, restriction: Restriction, reason: str) -> Restriction:
    """End a restriction before its time, with a reason; the entry stays in the register."""
    kept = Restriction.objects.select_for_update().get(pk=restriction.pk)
    if kept.lifted_at:
        raise ValidationError(_("이미 해제된 제한입니다."), code="lifted_already")
    if not reason.strip():
        raise ValidationError({"reason": _("해제 사유를 적으십시오.")})
    kept.lifted_by, kept.lifted_at, kept.lift_reason = by, at, reason.strip()
    kept.save(update_fields=["lifted_by", "lifted_at", "lift_reason"])
    facts = {"reason": fingerprint(kept.lift_reason)}
    record(by=by, at=at, action="organisations.lift_restriction", subject=kept, facts=facts)
    return kept

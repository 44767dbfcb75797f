"""Entering organisations, members, professors, suppliers and restrictions."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from naru.portal.accounts.models import User
from naru.portal.audit.actions import fingerprint, record
from naru.portal.organisations import entering
from naru.portal.organisations.entering import OrganisationDetails
from naru.portal.organisations.models import (
    Member,
    Organisation,
    Professor,
    Restriction,
    Supplier,
    SupplierMember,
)


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
    """Enter an organisation with its representatives; of a company, `owner` (else `by`) is the owner.

    A university or hospital is nobody's own: who applies from there is not its owner (ADR 0083). Raises
    ValidationError for a business number that is mistyped or already entered.
    """
    organisation = entering.enter_organisation(details, at=at)
    person = owner or by
    if organisation.is_company:
        Member.objects.create(user=person, organisation=organisation, role=Member.Role.OWNER, added_at=at)
    facts = {
        "kind": details.kind,
        "owner": person.pk if organisation.is_company else None,
        "representatives": len(details.representatives),
    }
    record(by=by, at=at, action="organisations.create_organisation", subject=organisation, facts=facts)
    return organisation


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
    details = entering.ProfessorDetails(name=name, email=address, department=department, user=user)
    professor = entering.enter_professor(organisation, details)
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

"""Who belongs where, and which restrictions are in force."""

from collections.abc import Iterable
from datetime import date

from allauth.account.models import EmailAddress
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from naru.domain.business_status import Claim
from naru.portal.accounts.models import User
from naru.portal.organisations import refusals
from naru.portal.organisations.models import Member, Organisation, Restriction, StatusCheck, Supplier


def organisations_of(user: User) -> QuerySet[Organisation]:
    """The organisations a user acts for."""
    return Organisation.objects.filter(members__user=user)


def is_member(user: User, organisation: Organisation) -> bool:
    """Whether the user acts for the organisation."""
    return Member.objects.filter(user=user, organisation=organisation).exists()


def supplier_of(user: User, kind: str) -> Supplier | None:
    """The supplier of `kind` (vendor or cloud) a user acts for, None when there is none."""
    return Supplier.objects.filter(members__user=user, kind=kind).first()


def in_force(on: date) -> QuerySet[Restriction]:
    """Restrictions that barred participation on a day (of Asia/Seoul), lifted ones up to the day before."""
    return Restriction.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=on), Q(lifted_at=None) | Q(lifted_at__date__gt=on), starts_on__lte=on
    )


def restrictions_by_unit(units: Iterable[str], on: date) -> dict[str, list[Restriction]]:
    """For each of `units` its restrictions in force on a day, in one query; units without any are absent."""
    found: dict[str, list[Restriction]] = {}
    for restriction in in_force(on).filter(unit__in=set(units)).order_by("starts_on", "pk"):
        found.setdefault(restriction.unit, []).append(restriction)
    return found


def register(*, text: str = "", on: date | None = None) -> QuerySet[Restriction]:
    """The register with its people, narrowed to those in force `on` a day and to a unit or name."""
    found = (in_force(on) if on else Restriction.objects.all()).select_related(
        "organisation", "decided_by", "lifted_by"
    )
    if text:
        found = found.filter(Q(unit__icontains=text) | Q(organisation__name__icontains=text))
    return found


def owners(organisation: Organisation) -> QuerySet[User]:
    """The owners of an organisation."""
    return User.objects.filter(
        memberships__organisation=organisation, memberships__role=Member.Role.OWNER
    ).order_by("pk")


def membership(user: User, organisation: Organisation) -> Member | None:
    """How a person belongs to an organisation; None for a stranger."""
    return Member.objects.filter(user=user, organisation=organisation).first()


def locked(organisation: Organisation) -> Organisation:
    """The organisation, locked until the transaction ends, so that its people change one act at a time."""
    return Organisation.objects.select_for_update().get(pk=organisation.pk)


def locked_owner(by: User, organisation: Organisation) -> Member:
    """The person's own membership as an owner, the organisation locked. Raises Refused for anybody else."""
    locked(organisation)
    own = membership(by, organisation)
    if own is None or own.role != Member.Role.OWNER:
        raise refusals.not_owner()
    return own


def has_confirmed(user: User, email: str) -> bool:
    """Whether the account's own address is this one, and confirmed."""
    confirmed = EmailAddress.objects.filter(user=user, email__iexact=email, verified=True)
    return user.email == email.lower() and confirmed.exists()


def to_check(pks: Iterable[int]) -> QuerySet[Organisation]:
    """The organisations among these that the tax service may be asked about: real ones with a number."""
    rows = Organisation.objects.filter(pk__in=list(pks), simulated=False).exclude(business_number=None)
    return rows.prefetch_related("representatives").order_by("pk")


def claim(organisation: Organisation) -> Claim:
    """What the organisation says of itself, as the tax service is asked: the first representative's name."""
    people = list(organisation.representatives.all())
    return Claim(
        number=organisation.business_number or "",
        started_on=organisation.started_on,
        representative=people[0].name if people else "",
    )


def latest_status(organisation: Organisation) -> StatusCheck | None:
    """What the tax service said last; None when it was never asked."""
    return StatusCheck.objects.filter(organisation=organisation).first()


def latest_columns(organisation: str) -> dict[str, Subquery]:
    """What the tax service said last, to annotate rows whose column `organisation` names the company."""
    latest = StatusCheck.objects.filter(organisation=OuterRef(organisation)).order_by("-checked_at", "-pk")
    return {f"tax_{name}": Subquery(latest.values(name)[:1]) for name in ("status", "match")}


def doubted(organisation: str) -> Exists:
    """Whether the tax service's last word on the company in that column is a doubt (휴업, 폐업, 불일치)."""
    checks = StatusCheck.objects.filter(organisation=OuterRef(organisation))
    latest = StatusCheck.objects.filter(organisation=OuterRef("organisation")).order_by("-checked_at", "-pk")
    status = StatusCheck.Status
    bad = Q(status__in=[status.SUSPENDED, status.CLOSED, status.NOT_REGISTERED])
    bad |= Q(match=StatusCheck.Match.MISMATCH)
    return Exists(checks.filter(bad, pk=Subquery(latest.values("pk")[:1]), organisation__simulated=False))


def companies(text: str = "") -> QuerySet[Organisation]:
    """Every company with the latest word of the tax service, those never asked first."""
    latest = StatusCheck.objects.filter(organisation=OuterRef("pk")).order_by("-checked_at", "-pk")
    rows = Organisation.objects.exclude(business_number=None).annotate(
        status=Subquery(latest.values("status")[:1]),
        match=Subquery(latest.values("match")[:1]),
        checked_at=Subquery(latest.values("checked_at")[:1]),
        reason=Subquery(latest.values("reason")[:1]),
    )
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(business_number__icontains=text.replace("-", "")))
    return rows.order_by(F("checked_at").asc(nulls_first=True), "name", "pk")

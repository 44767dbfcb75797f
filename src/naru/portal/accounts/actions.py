"""What may be done to accounts: create a user, grant a role, revoke it."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from naru.portal.accounts.models import Role, RoleGrant, User
from naru.portal.audit.actions import record


@transaction.atomic
def create_user(
    *,
    by: User | None,
    at: datetime,
    email: str,
    name: str,
    password: str | None = None,
    is_staff: bool = False,
    simulated: bool = False,
) -> User:
    """A new user. `by` None: the person signed up, or the system was set up from the command line.

    Raises ValidationError when the e-mail address is taken.
    """
    if User.objects.filter(email=email.strip().lower()).exists():
        raise ValidationError(
            _("이미 등록된 이메일입니다. 로그인하거나 다른 이메일을 쓰십시오."), code="email_taken"
        )
    user = User.objects.create_user(
        email, password, name=name.strip(), is_staff=is_staff, joined_at=at, simulated=simulated
    )
    record(by=by or user, at=at, action="accounts.create_user", subject=user, facts={"staff": is_staff})
    return user


@transaction.atomic
def grant_role(*, by: User | None, at: datetime, user: User, role: str) -> RoleGrant:
    """Give `user` a role (an id of `Role`); `by` None only from the command line.

    Raises ValidationError when the role is in force already.
    """
    chosen = Role(role)
    if RoleGrant.objects.filter(user=user, role=chosen, revoked_at=None).exists():
        raise ValidationError(
            _("%(user)s 님은 이미 이 역할입니다: %(role)s") % {"user": user, "role": chosen.label},
            code="role_held",
        )
    grant = RoleGrant.objects.create(user=user, role=chosen, granted_by=by, granted_at=at)
    user.__dict__.pop("roles", None)  # the cached roles are stale now
    record(
        by=by,
        at=at,
        action="accounts.grant_role",
        subject=grant,
        facts={"user": user.pk, "role": chosen.value},
    )
    return grant


@transaction.atomic
def revoke_role(*, by: User, at: datetime, user: User, role: str) -> RoleGrant:
    """End a role; the grant stays on record. Raises ValidationError when it is not in force."""
    chosen = Role(role)
    grant = RoleGrant.objects.select_for_update().filter(user=user, role=chosen, revoked_at=None).first()
    if grant is None:
        raise ValidationError(
            _("%(user)s 님에게 없는 역할입니다: %(role)s") % {"user": user, "role": chosen.label},
            code="role_missing",
        )
    grant.revoked_by, grant.revoked_at = by, at
    grant.save(update_fields=["revoked_by", "revoked_at"])
    user.__dict__.pop("roles", None)
    record(
        by=by,
        at=at,
        action="accounts.revoke_role",
        subject=grant,
        facts={"user": user.pk, "role": chosen.value},
    )
    return grant

"""People and their roles: create a user, change the own profile, grant a role, revoke it."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from naru.portal.accounts.models import Role, RoleGrant, User
from naru.portal.audit.actions import record


@transaction.atomic
def create_user(  # noqa: PLR0913 - what is known of a person is said at once
    *,
    by: User | None,
    at: datetime,
    email: str,
    name: str,
    password: str | None = None,
    is_staff: bool = False,
    simulated: bool = False,
    language: str = "ko",
    verified: bool = False,
) -> User:
    """A new user. `by` None: the person signed up, or the system was set up from the command line.

    `verified`: somebody vouches for the address. Otherwise it must be confirmed by mail before the first
    log-in: allauth sends that mail when the person signs up or logs in. `language` is that of the mails.
    Raises ValidationError when the e-mail address is taken.
    """
    address = email.strip().lower()
    if User.objects.filter(email=address).exists():
        raise ValidationError(
            _("이미 등록된 이메일입니다. 로그인하거나 다른 이메일을 쓰십시오."), code="email_taken"
        )
    user = User.objects.create_user(
        address,
        password,
        name=name.strip(),
        is_staff=is_staff,
        joined_at=at,
        simulated=simulated,
        language=language,
    )
    if verified:
        EmailAddress.objects.create(user=user, email=address, primary=True, verified=True)
    facts = {"staff": is_staff, "verified": verified}
    record(by=by or user, at=at, action="accounts.create_user", subject=user, facts=facts)
    return user


@transaction.atomic
def change_profile(*, by: User, at: datetime, name: str, language: str) -> User:
    """The person's own name, as it stands on documents from now on, and the language of the mails."""
    facts = {"name_changed": name.strip() != by.name, "language": language}
    by.name, by.language = name.strip(), language
    by.save(update_fields=["name", "language"])
    record(by=by, at=at, action="accounts.change_profile", subject=by, facts=facts)
    return by


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
    user.forget_roles()
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
    user.forget_roles()
    record(
        by=by,
        at=at,
        action="accounts.revoke_role",
        subject=grant,
        facts={"user": user.pk, "role": chosen.value},
    )
    return grant

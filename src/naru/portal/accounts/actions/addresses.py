"""The address and the password: confirmed, changed."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from naru.portal.accounts.models import User
from naru.portal.audit.actions import fingerprint, record
from naru.portal.mail import outbox


@transaction.atomic
def confirm_address(*, by: User, at: datetime, address: EmailAddress) -> User:
    """The owner opened the link in the mail: the address is confirmed and becomes the account's only one.

    A changed address is told to the old one. Raises ValidationError when another account has it by now.
    """
    others = User.objects.exclude(pk=by.pk).filter(email=address.email)
    if others.exists() or not address.can_set_verified():
        raise ValidationError(_("이 이메일은 다른 계정에서 쓰고 있습니다."), code="email_taken")
    old = by.email
    EmailAddress.objects.filter(user=by).exclude(pk=address.pk).delete()
    EmailAddress.objects.filter(pk=address.pk).update(verified=True, primary=True)
    address.verified = address.primary = True
    by.email = address.email
    by.save(update_fields=["email"])
    changed = old != by.email
    if changed:
        outbox.put(
            to=old,
            language=by.language,
            name="address_changed",
            context={"user": by},
            at=at,
            about=by,
        )
    action = "accounts.change_email" if changed else "accounts.confirm_address"
    record(by=by, at=at, action=action, subject=by, facts={"address": fingerprint(by.email)})
    return by


@transaction.atomic
def change_password(*, by: User, at: datetime, password: str) -> User:
    """A new password, changed by its owner or set through the link of a mail; the owner is told.

    Every other session of the person ends with the old password.
    """
    by.set_password(password)
    if by.pk:
        by.save(update_fields=["password"])
    outbox.put(
        to=by.email, language=by.language, name="password_changed", context={"user": by}, at=at, about=by
    )
    record(by=by, at=at, action="accounts.change_password", subject=by)
    return by

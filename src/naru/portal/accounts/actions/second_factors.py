"""The second factor of a person: put on, taken off, its recovery codes renewed, reset after a loss."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from naru.portal.accounts.models import User
from naru.portal.audit.actions import fingerprint, record
from naru.portal.mail import outbox


@transaction.atomic
def enrol_second_factor(*, by: User, at: datetime, secret: str, session_key: str = "") -> Authenticator:
    """Put on the person's own authenticator app, with recovery codes; every other session ends.

    `secret` is the key in Base32 that app and portal share; `session_key` names the session that goes on.
    Raises ValidationError when there is one already.
    """
    if Authenticator.objects.filter(user=by, type=Authenticator.Type.TOTP).exists():
        raise ValidationError(_("인증 앱이 이미 등록되어 있습니다."), code="factor_held")
    made: Authenticator = TOTP.activate(by, secret).instance
    RecoveryCodes.activate(by)
    _end_others(by, session_key)
    _tell(by, "second_factor_on", at)
    record(by=by, at=at, action="accounts.enrol_second_factor", subject=by, facts={"authenticator": made.pk})
    return made


@transaction.atomic
def remove_second_factor(*, by: User, at: datetime, session_key: str = "") -> int:
    """Take off the person's own second factor and its recovery codes; every other session ends.

    Returns how many were taken off.
    """
    count, _by_model = Authenticator.objects.filter(user=by).delete()
    _end_others(by, session_key)
    _tell(by, "second_factor_off", at)
    record(by=by, at=at, action="accounts.remove_second_factor", subject=by, facts={"removed": count})
    return int(count)


@transaction.atomic
def renew_recovery_codes(*, by: User, at: datetime) -> Authenticator:
    """New recovery codes; the old ones open nothing from now on. Raises ValidationError without an app."""
    if not Authenticator.objects.filter(user=by, type=Authenticator.Type.TOTP).exists():
        raise ValidationError(_("먼저 인증 앱을 등록하십시오."), code="factor_missing")
    Authenticator.objects.filter(user=by, type=Authenticator.Type.RECOVERY_CODES).delete()
    made: Authenticator = RecoveryCodes.activate(by).instance
    _tell(by, "recovery_codes_renewed", at)
    record(by=by, at=at, action="accounts.renew_recovery_codes", subject=by, facts={"authenticator": made.pk})
    return made


@transaction.atomic
def reset_second_factor(*, by: User, at: datetime, user: User, reason: str) -> int:
    """An operator takes off a lost second factor of somebody else; that person's sessions end, with a mail.

    Raises ValidationError for one's own account, without a reason, and where there is nothing to reset.
    """
    if by.pk == user.pk:
        raise ValidationError(
            _("자기 계정의 2단계 인증은 스스로 초기화할 수 없습니다. 다른 운영자에게 요청하십시오."),
            code="own_factor",
        )
    if not reason.strip():
        raise ValidationError(_("초기화하는 사유를 적으십시오."), code="reason_missing")
    count, _by_model = Authenticator.objects.filter(user=user).delete()
    if not count:
        raise ValidationError(
            _("%(user)s 님은 2단계 인증을 쓰고 있지 않습니다.") % {"user": user}, code="factor_missing"
        )
    _end_others(user, "")
    _tell(user, "second_factor_reset", at)
    facts = {"reason": fingerprint(reason.strip()), "removed": count}
    record(by=by, at=at, action="accounts.reset_second_factor", subject=user, facts=facts)
    return int(count)


def _end_others(user: User, session_key: str) -> None:
    for session in UserSession.objects.filter(user=user).exclude(session_key=session_key):
        session.end()


def _tell(user: User, name: str, at: datetime) -> None:
    outbox.put(to=user.email, language=user.language, name=name, context={"user": user}, at=at, about=user)

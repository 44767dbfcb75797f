"""Where a person is logged in: end one session, or all but this one."""

from collections.abc import Collection
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.db import transaction

from naru.portal.accounts.models import User
from naru.portal.audit.actions import record


@transaction.atomic
def end_sessions(*, by: User, at: datetime, ids: Collection[int]) -> int:
    """End those of the person's own sessions that `ids` names; returns how many there were."""
    sessions = list(UserSession.objects.filter(user=by, pk__in=ids))
    for session in sessions:
        session.end()
    record(by=by, at=at, action="accounts.end_sessions", subject=by, facts={"ended": len(sessions)})
    return len(sessions)

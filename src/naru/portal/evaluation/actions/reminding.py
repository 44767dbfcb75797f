"""Mail to reviewers who still owe sheets: at most one a day each, whoever presses how often."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from naru.domain.periods import day_in
from naru.portal.accounts.models import Role, User
from naru.portal.audit.actions import record
from naru.portal.calls.models import Call
from naru.portal.evaluation import queries, refusals
from naru.portal.evaluation.acting import require_role
from naru.portal.mail import outbox
from naru.portal.mail.models import Mail


@transaction.atomic
def remind_reviewers(*, by: User, at: datetime, call: Call, round_id: str) -> int:
    """Mail everybody with open sheets in the round; returns how many mails were written.

    Refused after the closing, and when all who owe were mailed today (calendar day in Seoul).
    """
    require_role(by, Role.OPERATOR)
    call = Call.objects.select_for_update().get(pk=call.pk)
    if queries.closing(call, round_id) is not None:
        raise refusals.closed(round_id)
    today = day_in(settings.TIME_ZONE, at).isoformat()
    people: Iterable[Any] = queries.workloads(call, round_id)  # with `left`, which the type does not tell
    owing = {
        f"evaluation-owed:{call.slug}:{round_id}:{one.pk}:{today}": one for one in people if one.left > 0
    }
    told = set(Mail.objects.filter(key__in=list(owing)).values_list("key", flat=True))
    new = {key: one for key, one in owing.items() if key not in told}
    if not new:
        raise refusals.nobody_to_remind()
    outbox.put_many(
        (
            outbox.Letter(
                to=one.email,
                language=one.language,
                name="evaluation/sheets_owed",
                context={"call": call, "left": one.left, "path": "/evaluation/mine/"},
                about=call,
                key=key,
            )
            for key, one in new.items()
        ),
        at=at,
    )
    facts = {"round": round_id, "reviewers": sorted(one.pk for one in new.values())}
    record(by=by, at=at, action="evaluation.remind_reviewers", subject=call, facts=facts, call_id=call.slug)
    return len(new)

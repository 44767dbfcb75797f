"""The daily round of reminders: what is nearly due is mailed once; later steps add theirs (`also`)."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from naru.portal.calls import queries as calls
from naru.portal.screening import actions
from naru.portal.ui import clock

DAY = timedelta(days=1)
_reminders: list[Callable[..., int]] = [actions.remind]


def also(reminder: Callable[..., int]) -> None:
    """Add an action (`by`, `at`, `call`; how many mails it wrote) to the round; a step does so once."""
    if reminder not in _reminders:
        _reminders.append(reminder)


@task()
def remind() -> int:
    """Remind the applicants of every call and return how many mails were written; the next round waits."""
    wake()
    found = calls.published()
    return sum(remind(by=None, at=clock.now(), call=call) for call in found for remind in _reminders)


def wake() -> None:
    """See to it that a round waits for some time within a day; one that waits already does."""
    waiting = DBTaskResult.objects.filter(task_path=remind.module_path, status=TaskResultStatus.READY)
    if not waiting.exists():
        remind.using(run_after=timezone.now() + DAY).enqueue()

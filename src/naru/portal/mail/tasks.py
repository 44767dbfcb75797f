"""The worker's round: send what is due, batch by batch, and name the next round before it begins."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult, get_date_max

from naru.portal.mail import actions, posting, queries
from naru.portal.ui import clock

BATCH = 20  # as many may be sent twice when the machine fails between sending and noting
PAUSE = timedelta(minutes=1)  # between rounds when the mail server cannot be reached
HEARTBEAT = timedelta(minutes=15)  # the latest next round, whatever happens to this one


@task()
def deliver() -> int:
    """Send every mail that is due and return how many went; the next round waits already should this die."""
    wake(after=HEARTBEAT)
    sent, reached = 0, True
    while reached and (mails := actions.take(by=None, at=clock.now(), limit=BATCH)):
        outcomes: list[posting.Outcome] = []
        try:
            outcomes.extend(posting.send(mails))
        finally:
            if outcomes:  # also on the way out of a worker told to stop: what went is noted
                actions.settle(by=None, at=clock.now(), outcomes=outcomes)
        gone = sum(not outcome.error for outcome in outcomes)
        sent, reached = sent + gone, gone > 0
    if (first := queries.next_due()) is not None:
        wake(after=max(first - clock.now(), PAUSE))
    return sent


def wake(after: timedelta = timedelta()) -> None:
    """See to it that a round begins no later than `after` from now; one that waits already does.

    Only rounds that have not begun count: one under way may have read the outbox before this mail was in it.
    """
    latest = timezone.now() + after  # the queue runs by the machine's clock, also in a demo
    waiting = DBTaskResult.objects.filter(task_path=deliver.module_path, status=TaskResultStatus.READY)
    if not waiting.filter(Q(run_after=get_date_max()) | Q(run_after__lte=latest)).exists():
        deliver.using(run_after=latest if after else None).enqueue()

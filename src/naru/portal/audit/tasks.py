"""What is done later with the record: long chains are checked, and once a day every head is published."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from naru.portal.audit import actions, queries
from naru.portal.audit.models import Verification
from naru.portal.ui import clock

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
STEP = 5000  # events between two words to the page that waits


@task()
def check(verification: int) -> str:
    """Read a chain whole and write down what was found; the code of the break, empty when whole."""
    asked = Verification.objects.select_related("chain").get(pk=verification)

    def seen(number: int) -> None:
        if number % STEP == 0:
            actions.note_progress(asked, number)

    found = queries.verify(asked.chain, seen=seen)
    actions.end_check(at=clock.now(), verification=asked, found=found)
    return found.code if found else ""


def start(asked: Verification) -> None:
    """Queue a check."""
    check.enqueue(asked.pk)


@task()
def publish() -> int:
    """Publish where every chain stands and return how many had grown; the next round waits."""
    wake()
    return len(actions.publish_heads(by=None, at=clock.now()))


@task()
def fold() -> int:
    """Fold every read that is in no batch yet and return how many batches it made; the next round waits."""
    wake()
    batches = 0
    while actions.fold_reads(by=None, at=clock.now()):
        batches += 1
    return batches


def wake() -> None:
    """See to it that rounds of publishing and of folding wait; those that wait already do."""
    tasks = {publish.module_path: (publish, DAY), fold.module_path: (fold, HOUR)}
    waiting = DBTaskResult.objects.filter(task_path__in=tasks, status=TaskResultStatus.READY)
    for path in tasks.keys() - set(waiting.values_list("task_path", flat=True)):
        one, after = tasks[path]
        one.using(run_after=timezone.now() + after).enqueue()

"""What is done later with stored files: the quarantine is looked at again, unneeded bytes go."""

from datetime import datetime, timedelta

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from naru.documents.scanner import answers
from naru.portal.applications import actions, queries
from naru.portal.applications.judging import judge_again
from naru.portal.applications.models import StoredFile
from naru.portal.ui import clock

PAUSE = timedelta(minutes=10)  # before a file that came into the quarantine is looked at again
DAY = timedelta(days=1)


@task()
def rescan_quarantine() -> int:
    """Look again at every quarantined file, the longest waiting first; returns how many were settled.

    The next round is named before this one begins, and none when nothing waits: a file that the gates can
    never decide on is looked at after ever longer pauses, up to a day.
    """
    files = queries.quarantined()
    if not files:
        return 0
    wake_rescan(after=_pause(files, clock.now()))
    return _settled(files)


@task()
def rescan_unscanned() -> int:
    """Look again, once the scanner answers, at the files it was silent about; returns how many were settled.

    It is asked every few minutes as long as such a file waits: a scanner comes back, and the applicant waits.
    """
    files = queries.unscanned()
    if not files:
        return 0
    _see_to(rescan_unscanned, PAUSE)
    return _settled(files) if answers() else 0


def _settled(files: list[StoredFile]) -> int:
    """Ask the gates about each once more; how many left the quarantine."""
    settled = 0
    for file in files:
        after = actions.rescan_file(by=None, at=clock.now(), file=file, judged=judge_again(file))
        settled += after.verdict != after.Verdict.QUARANTINED
    return settled


@task()
def remove_unneeded_files() -> int:
    """Let go of bytes no document and no receipt refers to and return how many; the next round waits."""
    wake_removal()
    return len(actions.remove_unneeded_files(by=None, at=clock.now()))


def wake_rescan(after: timedelta = PAUSE) -> None:
    """See to it that the quarantine is looked at no later than `after` from now."""
    _see_to(rescan_quarantine, after)


def wake_looks() -> None:
    """See to both looks at a file that came into the quarantine: the rarer ones, and those at the scanner."""
    wake_rescan()
    _see_to(rescan_unscanned, PAUSE)


def wake_removal() -> None:
    """See to it that a round waits for some time within a day."""
    _see_to(remove_unneeded_files, DAY)


def _pause(files: list[StoredFile], now: datetime) -> timedelta:
    """As long as the youngest of them has waited already, between `PAUSE` and a day."""
    youngest = max(file.gated_at for file in files)
    return min(max(now - youngest, PAUSE), DAY)


def _see_to(one: Task[[], int], after: timedelta) -> None:
    """Queue a round unless one waits for that time or before; one under way does not count."""
    latest = timezone.now() + after  # the queue runs by the machine's clock, also in a demo
    waiting = DBTaskResult.objects.filter(task_path=one.module_path, status=TaskResultStatus.READY)
    if not waiting.filter(run_after__lte=latest).exists():
        one.using(run_after=latest).enqueue()

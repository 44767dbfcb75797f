"""Asking the tax service in the background, so that nobody waits for it and nothing depends on it."""

from collections.abc import Sequence

from django_tasks import task

from naru.domain.business_status import Answer
from naru.portal.accounts.models import User
from naru.portal.organisations import actions, queries, tax_service
from naru.portal.ui import clock

SOURCE = "nts-businessman/v1"


@task()
def check_businesses(pks: list[int], by: int | None = None) -> int:
    """Ask about organisations by their keys and keep the answers; how many were kept.

    Simulated ones are never sent anywhere: their numbers are invented.
    """
    rows = list(queries.to_check(pks))
    answers = tax_service.ask([queries.claim(row) for row in rows])
    found: dict[int, Answer] = {row.pk: answer for row, answer in zip(rows, answers, strict=True)}
    person = User.objects.filter(pk=by).first() if by else None
    return len(actions.record_statuses(by=person, at=clock.now(), answers=found, source=SOURCE))


def check_soon(pks: Sequence[int], by: User | None = None) -> None:
    """Put the question in the queue."""
    if pks:
        check_businesses.enqueue(list(pks), by.pk if by else None)

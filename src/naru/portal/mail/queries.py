"""Reading the outbox: what is due, what was said about a row, and the list of the operators' page."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Case, Count, Min, Q, Value, When
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from naru.portal.mail.models import Mail
from naru.portal.mail.outbox import subject_of

SENT, GIVEN_UP, FAILING, WAITING, HELD = "sent", "given_up", "failing", "waiting", "held"
STATES = {
    HELD: _("공개 전 보관"),
    WAITING: _("보낼 차례"),
    FAILING: _("다시 시도 중"),
    GIVEN_UP: _("보내지 못함"),
    SENT: _("보냄"),
}
STATE = Case(
    When(held=True, then=Value(HELD)),
    When(sent_at__isnull=False, then=Value(SENT)),
    When(given_up_at__isnull=False, then=Value(GIVEN_UP)),
    When(~Q(last_error=""), then=Value(FAILING)),
    default=Value(WAITING),
)


def unsent() -> models.QuerySet[Mail]:
    """Mails that are still to go; those held are not."""
    return Mail.objects.filter(sent_at=None, given_up_at=None, held=False)


def due(at: datetime) -> models.QuerySet[Mail]:
    """Unsent mails whose time has come and that no worker holds."""
    free = Q(leased_until=None) | Q(leased_until__lte=at)
    return unsent().filter(free, Q(next_try_at=None) | Q(next_try_at__lte=at))


def next_due() -> datetime | None:
    """When the next unsent mail falls due (perhaps long ago), None when nothing is left to send."""
    moments = (
        unsent()
        .order_by()
        .annotate(
            free=models.functions.Coalesce("leased_until", "queued_at"),
            told=models.functions.Coalesce("next_try_at", "queued_at"),
        )
    )
    found: datetime | None = moments.aggregate(first=Min(Greatest("free", "told")))["first"]
    return found


def about(row: models.Model) -> models.QuerySet[Mail]:
    """What was mailed about a row, oldest first, each with its `state`; show it with `mail/about.html`.

    Without those held: an applicant's page must not tell a result before it is public.
    """
    return with_state().filter(about=subject_of(row), held=False).order_by("queued_at", "pk")


def of_batch(row: models.Model) -> models.QuerySet[Mail]:
    """The mails written for one act, held ones too, each with its `state`; for staff."""
    return with_state().filter(batch=subject_of(row)).order_by("subject", "pk")


def with_state() -> models.QuerySet[Mail]:
    """Every mail with its `state`, newest first."""
    return Mail.objects.annotate(state=STATE)


def narrowed(
    *,
    state: str = "",
    name: str = "",
    to: str = "",
    about: str = "",
    since: date | None = None,
    until: date | None = None,
) -> models.QuerySet[Mail]:
    """Mails by state, kind, part of the address, what they are about, and the days they were written on."""
    found: models.QuerySet[Any] = with_state().defer("body")
    exact = {"state": state, "name": name, "about": about}
    found = found.filter(**{field: value for field, value in exact.items() if value})
    if to:
        found = found.filter(to__icontains=to)
    if since:
        found = found.filter(queued_at__date__gte=since)
    if until:
        found = found.filter(queued_at__date__lte=until)
    return found


def tally() -> Mapping[str, Any]:
    """In one query: how many stand in each state (`states`), the kinds (`names`), the oldest one to go."""
    every: models.QuerySet[Any] = with_state().order_by()
    rows = list(every.values("name", "state").annotate(count=Count("pk"), oldest=Min("queued_at")))
    states = dict.fromkeys(STATES, 0)
    for row in rows:
        states[row["state"]] += row["count"]
    to_go = [row["oldest"] for row in rows if row["state"] in (WAITING, FAILING)]
    return {
        "states": states,
        "names": sorted({row["name"] for row in rows}),
        "oldest": min(to_go, default=None),
    }


def subject(mail: Mail) -> models.Model | None:
    """The row a mail tells of; None where it names none, or the row is gone."""
    label, _colon, key = mail.about.partition(":")
    return apps.get_model(label)._default_manager.filter(pk=key).first() if key else None  # noqa: SLF001

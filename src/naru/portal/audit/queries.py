"""Reading the record: is a chain whole, what was done to a subject, which heads were published."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from naru.domain.chain import Break, Entry, first_break, merkle_root
from naru.portal.audit.held import Held
from naru.portal.audit.models import Anchor, Chain, Event, Read, Verification

REASONS = {  # by Break.code, for the page
    "missing": _("이 번호의 기록이 없습니다."),
    "order": _("앞 기록의 해시와 이어지지 않습니다. 순서가 바뀌었거나 끼워 넣었습니다."),
    "content": _("기록의 내용이 바뀌었습니다."),
    "replaced": _("기록의 내용과 해시가 함께 바뀌었습니다. 다음 기록은 다른 기록에 이어집니다."),
    "end": _("마지막 기록과 기록줄의 끝이 서로 다릅니다."),
    "rewritten": _("공표한 해시와 다릅니다. 이 번호까지의 기록을 다시 쓴 것입니다."),
    "cut": _("끝이 잘렸습니다. 공표한 해시에는 이 번호의 기록이 있습니다."),
}
ENTRY = (
    "number", "at", "actor_id", "action", "subject_type", "subject_id", "call_id", "facts", "previous_hash",
    "hash",
)  # fmt: skip
SYSTEM = "system"  # the filter's word for events of nobody
CHUNK = 2000  # rows held in memory at a time


def entries(chain: Chain, upto: int | None = None) -> Iterator[tuple[Entry, str]]:
    """Every event of a chain with its stored hash, in order, a chunk in memory at a time."""
    rows = chain.events.order_by("number").values_list(*ENTRY)
    if upto is not None:
        rows = rows.filter(number__lte=upto)
    for number, at, actor, action, kind, key, call_id, facts, previous, stored in rows.iterator(CHUNK):
        entry = Entry(
            chain=chain.key,
            number=number,
            at=at,
            actor=actor,
            action=action,
            subject_type=kind,
            subject_id=key,
            call_id=call_id,
            facts=facts,
            previous_hash=previous,
        )
        yield entry, stored


def verify(
    chain: Chain,
    *,
    anchors: Mapping[int, str] | None = None,
    seen: Callable[[int], object] | None = None,
) -> Break | None:
    """None when the chain holds from its first event to its end and fits every head published of it.

    `anchors` adds heads kept elsewhere; `seen` is told the number of events read, every thousand.
    Events written while it reads are left for the next time.
    """
    known = dict(chain.anchors.values_list("number", "head"))
    given = anchors or {}
    differing = [number for number, head in given.items() if known.get(number, head) != head]
    if differing:  # the portal's own list of heads was changed
        return Break(number=min(differing), code="rewritten")
    now = Chain.objects.get(pk=chain.pk)
    found = first_break(
        entries(chain, now.length), length=now.length, head=now.head, anchors={**known, **given}, seen=seen
    )
    return found or _beyond(chain)


def _beyond(chain: Chain) -> Break | None:
    """An event after the chain's end. Events are asked for first: one written meanwhile moves the end too."""
    last = chain.events.aggregate(last=models.Max("number"))["last"] or 0
    length = Chain.objects.get(pk=chain.pk).length
    return Break(number=length + 1, code="end") if last > length else None


def unfit_reads() -> Held:
    """Every batch of reads against its event of the chain, and its rows against both."""
    found: list[str] = []
    rows = 0
    told = Event.objects.filter(chain__key="reads", action="audit.fold_reads").order_by("number")
    for event in told.values("number", "subject_id", "facts").iterator(CHUNK):
        leaves = [row.leaf() for row in Read.objects.filter(batch_id=int(event["subject_id"])).order_by("pk")]
        rows += len(leaves)
        if (len(leaves), merkle_root(leaves)) != (event["facts"]["rows"], event["facts"]["root"]):
            kind = "removed" if len(leaves) < event["facts"]["rows"] else "changed"
            found.append(f"batch {event['subject_id']} (event {event['number']}): rows were {kind}")
    return Held(rows=rows, breaks=tuple(found))


def reads(*, reader: str = "", record_class: str = "", record: str = "") -> models.QuerySet[Read]:
    """Who was shown what, newest first; `reader` is the beginning of a name or e-mail."""
    found = Read.objects.select_related("reader", "batch").order_by("-pk")
    if reader:
        found = found.filter(Q(reader__email__istartswith=reader) | Q(reader__name__istartswith=reader))
    if record_class:
        found = found.filter(record_class=record_class)
    if record:
        found = found.filter(ids__icontains=f'"{record}"')
    return found


def chains() -> models.QuerySet[Chain]:
    """Every chain by key, with what its last check found (`checked_*`) and when its head was published."""
    ended = Verification.objects.filter(chain=OuterRef("pk"), ended_at__isnull=False).order_by("-pk")
    anchored = Anchor.objects.filter(chain=OuterRef("pk")).order_by("-number")
    return Chain.objects.order_by("key").annotate(
        checked_at=Subquery(ended.values("ended_at")[:1]),
        checked_by=Subquery(ended.values("asked_by__name")[:1]),
        checked_number=Subquery(ended.values("broken_number")[:1]),
        checked_code=Subquery(ended.values("code")[:1]),
        anchored_at=Subquery(anchored.values("at")[:1]),
    )


def under_way(since: datetime) -> dict[int, Verification]:
    """Checks asked for after `since` that have not ended, the newest of each chain, by the chain's id."""
    rows = Verification.objects.filter(ended_at=None, asked_at__gt=since).order_by("pk")
    return {one.chain_id: one for one in rows}


def heads() -> list[dict[str, Any]]:
    """Every published head, by chain and number, as the public file holds them."""
    rows = Anchor.objects.select_related("chain").order_by("chain__key", "number")
    return [
        {"chain": row.chain.key, "number": row.number, "head": row.head, "at": row.at.isoformat()}
        for row in rows
    ]


def events(
    *,
    chain: str = "",
    person: str = "",
    subject_type: str = "",
    subject_id: str = "",
    action: str = "",
    call: str = "",
    since: date | None = None,
    until: date | None = None,
) -> models.QuerySet[Event]:
    """Events, newest first, narrowed; `action` is the beginning of its name, `person` of e-mail or name."""
    found = Event.objects.select_related("actor", "chain").order_by("-at", "-pk")
    exact = {"chain__key": chain, "subject_type": subject_type, "subject_id": subject_id, "call_id": call}
    found = found.filter(**{key: value for key, value in exact.items() if value})
    if action:
        found = found.filter(action__startswith=action)
    if person == SYSTEM:
        found = found.filter(actor=None)
    elif person:
        found = found.filter(Q(actor__email__istartswith=person) | Q(actor__name__istartswith=person))
    if since:
        found = found.filter(at__gte=_midnight(since))
    if until:
        found = found.filter(at__lt=_midnight(until + timedelta(days=1)))
    return found


def _midnight(day: date) -> datetime:
    """The instant a day begins in Seoul."""
    return datetime.combine(day, time(), timezone.get_default_timezone())


def subject(event: Event) -> models.Model | None:
    """The row an event is about; None where it is gone."""
    try:
        model = apps.get_model(event.subject_type)
    except LookupError:
        return None
    try:
        found: models.Model | None = model._default_manager.filter(pk=event.subject_id).first()  # noqa: SLF001
    except ValueError:  # a key of another kind than this row's
        return None
    return found

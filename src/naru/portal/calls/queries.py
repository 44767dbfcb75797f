"""Reading calls: the terms of a version as domain values, the version in force, the rounds open now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from naru.codec.call import load_snapshot
from naru.domain import call as domain
from naru.portal.calls import closing, pages
from naru.portal.calls.models import Call, CallVersion, FrozenQuota, LotterySeed

_kept: dict[str, domain.Call] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRound:
    """A round that takes applications now, with its call, the version in force and its terms."""

    call: Call
    version: CallVersion
    terms: domain.Call
    round: domain.Round


def terms(version: CallVersion) -> domain.Call:
    """The call as the version froze it; read once per content, since a version never changes."""
    found = _kept.get(version.sha256)
    if found is None:
        found = _kept[version.sha256] = load_snapshot(version.snapshot)
    return found


def current(call: Call) -> CallVersion:
    """The version in force: the last one published."""
    return CallVersion.objects.filter(call=call).defer("snapshot").order_by("-number")[0]


def superseded() -> Exists:
    """For rows that stand under a version of their call: whether a later one was published."""
    later = CallVersion.objects.filter(call=OuterRef("call"), number__gt=OuterRef("version__number"))
    return Exists(later)


def version_of(call: Call) -> CallVersion:
    """For pages: the version in force as read with the call (`in_force`, `published`), else read now."""
    read: list[CallVersion] = getattr(call, "newest_first", [])
    return read[0] if read else current(call)


def in_force(among: QuerySet[Any] | None = None) -> list[CallVersion]:
    """Of every call that has been announced the version in force, newest call first, in one query.

    Each has its call, and the call knows the version (`version_of`). `among`: a query of the calls' ids.
    """
    later = CallVersion.objects.filter(call=OuterRef("call"), number__gt=OuterRef("number"))
    found = CallVersion.objects.exclude(call__state=Call.State.DRAFT).filter(~Exists(later)).defer("snapshot")
    if among is not None:
        found = found.filter(call__in=among)
    rows = list(found.select_related("call").order_by("-call__created_at", "-call__pk"))
    for version in rows:
        version.call.newest_first = [version]  # type: ignore[attr-defined]  # as `published` sets it
    return rows


def changes(call: Call) -> list[tuple[CallVersion, tuple[pages.Difference, ...]]]:
    """Every version, newest first, with what it changed; the first one changed nothing."""
    rows = list(call.versions.select_related("published_by").order_by("-number"))
    before: list[CallVersion | None] = [*rows[1:], None]
    return [
        (row, tuple(pages.differences(old.snapshot, row.snapshot)) if old else ())
        for row, old in zip(rows, before, strict=True)
    ]


def published() -> QuerySet[Call]:
    """Every call that has been announced, newest first, its versions fetched newest first."""
    newest_first = CallVersion.objects.defer("snapshot").order_by("-number")
    return Call.objects.exclude(state=Call.State.DRAFT).prefetch_related(
        Prefetch("versions", queryset=newest_first, to_attr="newest_first")
    )


def rounds() -> list[OpenRound]:
    """Every round of every published call, with its call's version in force."""
    found = []
    for version in in_force():
        said = terms(version)
        found += [
            OpenRound(call=version.call, version=version, terms=said, round=one)
            for track in said.tracks
            for one in track.rounds
        ]
    return found


def open_rounds(at: datetime) -> list[OpenRound]:
    """The rounds that take applications at an instant, the one that closes first foremost."""
    return open_of(rounds(), at)


def open_of(every: list[OpenRound], at: datetime) -> list[OpenRound]:
    """Those of some rounds that take applications at an instant, the one that closes first foremost."""
    far = datetime.max.replace(tzinfo=at.tzinfo)
    now = [one for one in every if one.call.state == Call.State.PUBLISHED and one.round.accepts(at)]
    return sorted(now, key=lambda one: one.round.last_closing or far)


def intakes(call: Call, terms: domain.Call, at: datetime) -> tuple[pages.Intake, ...]:
    """Every round of a call with its state at an instant, its seats by product and its seed; two queries."""
    seeds = {seed.round_id: seed for seed in LotterySeed.objects.filter(call=call)}
    frozen: dict[str, dict[str, int]] = {}
    for round_id, product, seats in call.quotas.values_list("round_id", "product", "seats"):
        frozen.setdefault(round_id, {})[product] = seats
    return tuple(
        pages.Intake(
            round=one,
            state=pages.state_of(one, at) if call.state == Call.State.PUBLISHED else "over",
            products=pages.products(terms, one, frozen.get(one.id, {})),
            frozen=one.id in frozen,
            seed=seeds.get(one.id),
        )
        for track in terms.tracks
        for one in track.rounds
    )


def moves(version: CallVersion) -> list[closing.Moved]:
    """How the close of each round was moved last, up to this version; a first version costs no query."""
    said = terms(version)
    versions = [version]
    if version.number > 1:
        rows = CallVersion.objects.filter(call=version.call_id, number__lte=version.number)
        versions = list(rows.defer("snapshot").order_by("number"))
    every = [terms(one) for one in versions]
    ids = [one.id for track in said.tracks for one in track.rounds]
    return [move for round_id in ids if (move := closing.last_move(every, round_id)) is not None]


def seed_of(call: Call, round_id: str) -> LotterySeed | None:
    """The committed seed of a round; None while there is none."""
    return LotterySeed.objects.filter(call=call, round_id=round_id).first()


def quotas_of(call: Call, round_id: str) -> dict[str, int]:
    """Seats by product as frozen for a round; empty while they are not."""
    rows = FrozenQuota.objects.filter(call=call, round_id=round_id)
    return dict(rows.values_list("product", "seats"))

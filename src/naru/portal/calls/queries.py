"""Reading calls: the terms of a version as domain values, the version in force, the rounds open now."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from naru.codec.call import load_snapshot
from naru.domain import call as domain
from naru.portal.calls import pages
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
    for call in published():
        version = call.newest_first[0]  # type: ignore[attr-defined]  # set by the prefetch
        said = terms(version)
        found += [
            OpenRound(call=call, version=version, terms=said, round=one)
            for track in said.tracks
            for one in track.rounds
        ]
    return found


def open_rounds(at: datetime) -> list[OpenRound]:
    """The rounds that take applications at an instant, the one that closes first foremost."""
    far = datetime.max.replace(tzinfo=at.tzinfo)
    now = [one for one in rounds() if one.call.state == Call.State.PUBLISHED and one.round.accepts(at)]
    return sorted(now, key=lambda one: one.round.last_closing or far)


def seed_of(call: Call, round_id: str) -> LotterySeed | None:
    """The committed seed of a round; None while there is none."""
    return LotterySeed.objects.filter(call=call, round_id=round_id).first()


def quotas_of(call: Call, round_id: str) -> dict[str, int]:
    """Seats by product as frozen for a round; empty while they are not."""
    rows = FrozenQuota.objects.filter(call=call, round_id=round_id)
    return dict(rows.values_list("product", "seats"))

"""What may be done to a call: publish it, amend it, commit the lottery's seed, freeze the quotas."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from naru.codec.call import call_hash, dump_call
from naru.domain import call as domain
from naru.domain.quota import largest_remainder
from naru.domain.ranking import commitment
from naru.portal.accounts.models import User
from naru.portal.audit.actions import fingerprint, record
from naru.portal.calls import queries, refusals
from naru.portal.calls.models import Call, CallVersion, FrozenQuota, LotterySeed

SEED_CHARACTERS = 16


@transaction.atomic
def publish(*, by: User, at: datetime, terms: domain.Call) -> CallVersion:
    """Announce a call: its terms are frozen as version 1 (C-01).

    Refused when the call is announced already or the file's version is not 1.
    """
    if Call.objects.filter(slug=terms.id).exists():
        raise refusals.already_published(terms.id)
    if terms.version != 1:
        raise refusals.first_version(terms.version)
    call = Call.objects.create(slug=terms.id, state=Call.State.PUBLISHED, created_at=at)
    version = _freeze(call, terms, by=by, at=at)
    facts = {"version": 1, "sha256": version.sha256}
    record(by=by, at=at, action="calls.publish", subject=call, facts=facts, call_id=call.slug)
    return version


@transaction.atomic
def amend(*, by: User, at: datetime, call: Call, terms: domain.Call, reason: str) -> CallVersion:
    """Put a new version of the call in force, with its reason (C-01, C-07).

    The number follows the one in force, whatever the file's own. Refused without a reason or a difference,
    for another call's file, and where frozen seats would change.
    """
    call = Call.objects.select_for_update().get(pk=call.pk)
    before = queries.current(call)
    if terms.id != call.slug:
        raise refusals.other_call(call.slug, terms.id)
    if not reason.strip():
        raise refusals.reason_missing()
    amendment = domain.Amendment(
        reason=reason.strip(), actor=terms.agency.ko, date=at.astimezone(ZoneInfo(terms.zone)).date()
    )
    new = replace(terms, version=before.number + 1, amendment=amendment)
    old = queries.terms(before)
    if replace(new, version=old.version, amendment=old.amendment) == old:
        raise refusals.nothing_amended()
    _keep_frozen_seats(call, new)
    version = _freeze(call, new, by=by, at=at, reason=reason.strip())
    facts = {"version": version.number, "sha256": version.sha256, "reason": fingerprint(version.reason)}
    record(by=by, at=at, action="calls.amend", subject=call, facts=facts, call_id=call.slug)
    return version


@transaction.atomic
def commit_seed(*, by: User, at: datetime, call: Call, round_id: str, seed: str) -> LotterySeed:
    """Fix the lottery's seed and make its hash public; the seed itself stays closed until the result.

    Refused once intake is closed, for a seed that could be guessed, and a second time.
    """
    one = _round(queries.terms(queries.current(call)), round_id)
    if one.last_closing is not None and at >= one.last_closing:
        raise refusals.seed_too_late(one.last_closing)
    if len(seed) < SEED_CHARACTERS:
        raise refusals.seed_too_short(SEED_CHARACTERS)
    if LotterySeed.objects.filter(call=call, round_id=round_id).exists():
        raise refusals.seed_committed()
    kept = LotterySeed.objects.create(
        call=call,
        round_id=round_id,
        commitment=commitment(seed),
        seed=seed,
        committed_by=by,
        committed_at=at,
    )
    facts = {"round": round_id, "commitment": kept.commitment}
    record(by=by, at=at, action="calls.commit_seed", subject=kept, facts=facts, call_id=call.slug)
    return kept


@transaction.atomic
def freeze_quotas(*, by: User, at: datetime, call: Call, round_id: str) -> list[FrozenQuota]:
    """Fix each product's seats by largest remainder, before any score is opened (C-04); only once."""
    call = Call.objects.select_for_update().get(pk=call.pk)
    if FrozenQuota.objects.filter(call=call, round_id=round_id).exists():
        raise refusals.quotas_frozen()
    said = queries.terms(queries.current(call))
    seats = _seats(said, round_id)
    rows = FrozenQuota.objects.bulk_create(
        FrozenQuota(call=call, round_id=round_id, product=product, seats=count, frozen_by=by, frozen_at=at)
        for product, count in seats.items()
    )
    facts = {"round": round_id, "seats": seats}
    record(by=by, at=at, action="calls.freeze_quotas", subject=call, facts=facts, call_id=call.slug)
    return rows


def _freeze(call: Call, terms: domain.Call, *, by: User, at: datetime, reason: str = "") -> CallVersion:
    return CallVersion.objects.create(
        call=call,
        number=terms.version,
        snapshot=dump_call(terms),
        sha256=call_hash(terms),
        reason=reason,
        published_by=by,
        published_at=at,
    )


def _round(terms: domain.Call, round_id: str) -> domain.Round:
    try:
        return terms.round(round_id)
    except KeyError as error:
        raise refusals.no_such_round(round_id) from error


def _seats(terms: domain.Call, round_id: str) -> dict[str, int]:
    counts = largest_remainder(
        _round(terms, round_id).seats, [resource.share for resource in terms.resources]
    )
    return {resource.id: count for resource, count in zip(terms.resources, counts, strict=True)}


def _keep_frozen_seats(call: Call, terms: domain.Call) -> None:
    """An amendment may not change what was frozen."""
    for round_id in call.quotas.values_list("round_id", flat=True).order_by("round_id").distinct():
        if queries.quotas_of(call, round_id) != _seats(terms, round_id):
            raise refusals.frozen_seats_changed(round_id)

"""What may be done to a call: publish it, amend it, commit the lottery's seed, freeze the quotas."""

from collections.abc import Iterator
from contextlib import contextmanager
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
from naru.portal.calls import announcements, closing, queries, refusals, reopening
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
    for another call's file, where frozen seats would change, and as `extend` is once screening has begun.
    """
    call = Call.objects.select_for_update().get(pk=call.pk)
    before = queries.current(call)
    if terms.id != call.slug:
        raise refusals.other_call(call.slug, terms.id)
    new = _amended(terms, before.number + 1, at=at, reason=reason)
    old = queries.terms(before)
    if replace(new, version=old.version, amendment=old.amendment) == old:
        raise refusals.nothing_amended()
    _keep_frozen_seats(call, new)
    reopening.must_be_free(call, old, new, at)
    version = _freeze(call, new, by=by, at=at, reason=reason.strip())
    facts = {"version": version.number, "sha256": version.sha256, "reason": fingerprint(version.reason)}
    record(by=by, at=at, action="calls.amend", subject=call, facts=facts, call_id=call.slug)
    return version


@transaction.atomic
def extend(
    *, by: User, at: datetime, call: Call, round_id: str, closes_at: datetime, reason: str
) -> CallVersion:
    """Move a round's close to a later instant (접수 연장, C-07): a new version, announced and mailed.

    The instants before it stay in the call. Refused without a reason, for a round without a close, and
    unless the new instant is later than the last one and than now; and, after the close, once a later step
    holds the round: its applications are being screened.
    """
    call = Call.objects.select_for_update().get(pk=call.pk)
    before = queries.terms(queries.current(call))
    last = _last_closing(before, round_id)
    if closes_at <= max(last, at):
        raise refusals.not_an_extension(max(last, at))
    with _fitting():
        terms = closing.extended(before, round_id, closes_at)
    reopening.must_be_free(call, before, terms, at)
    version = _reclose(call, terms, by=by, at=at, reason=reason)
    told = announcements.tell(call, version, round_id, closes_at, "extended", at=at)
    facts = {"version": version.number, "round": round_id, "closes_at": closes_at.isoformat(), "told": told}
    facts |= {"reason": fingerprint(version.reason)}
    record(by=by, at=at, action="calls.extend", subject=call, facts=facts, call_id=call.slug)
    return version


@transaction.atomic
def end_early(
    *, by: User, at: datetime, call: Call, round_id: str, closes_at: datetime, reason: str
) -> CallVersion:
    """Move a round's close to an earlier instant, still to come (조기 마감, C-07): announced and mailed.

    Refused without a reason, for a round without a close, and unless the instant lies between now and the
    close in force.
    """
    call = Call.objects.select_for_update().get(pk=call.pk)
    before = queries.terms(queries.current(call))
    last = _last_closing(before, round_id)
    if not max(at, before.round(round_id).opens_at) < closes_at < last:
        raise refusals.not_an_early_end(last)
    version = _reclose(call, closing.ended_early(before, round_id, closes_at), by=by, at=at, reason=reason)
    told = announcements.tell(call, version, round_id, closes_at, "ended_early", at=at)
    facts = {"version": version.number, "round": round_id, "closes_at": closes_at.isoformat(), "told": told}
    facts |= {"reason": fingerprint(version.reason)}
    record(by=by, at=at, action="calls.end_early", subject=call, facts=facts, call_id=call.slug)
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


def _amended(terms: domain.Call, number: int, *, at: datetime, reason: str) -> domain.Call:
    """The terms as the next version, saying why, by whom and when."""
    if not reason.strip():
        raise refusals.reason_missing()
    day = at.astimezone(ZoneInfo(terms.zone)).date()
    amendment = domain.Amendment(reason=reason.strip(), actor=terms.agency.ko, date=day)
    return replace(terms, version=number, amendment=amendment)


def _reclose(call: Call, terms: domain.Call, *, by: User, at: datetime, reason: str) -> CallVersion:
    """Put the terms with another close in force."""
    new = _amended(terms, terms.version + 1, at=at, reason=reason)
    return _freeze(call, new, by=by, at=at, reason=reason.strip())


@contextmanager
def _fitting() -> Iterator[None]:
    """What the call cannot hold, such as two rounds open at once, is refused in the words of the reason."""
    try:
        yield
    except ValueError as error:
        raise refusals.close_does_not_fit(str(error)) from error


def _last_closing(terms: domain.Call, round_id: str) -> datetime:
    last = _round(terms, round_id).last_closing
    if last is None:
        raise refusals.no_close(round_id)
    return last


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

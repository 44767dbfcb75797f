"""A call is published once, amended by version with a reason; seed and quotas are fixed once, in time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from naru.codec.call import call_hash
from naru.domain.call import Instant
from naru.domain.decision import Refused
from naru.portal.audit.models import Event
from naru.portal.calls import actions, queries
from naru.portal.calls.models import Call, CallVersion, FrozenQuota, LotterySeed

SEED = "0123456789abcdef0123"
CLOSE = datetime(2025, 3, 17, 6, 0, tzinfo=UTC)


def extended(terms, days):
    (track,) = terms.tracks
    (one,) = track.rounds
    later = Instant(at=one.closes_at[0].at + timedelta(days=days), printed="연장")
    return replace(terms, tracks=(replace(track, rounds=(replace(one, closes_at=(later,)),)),))


def reseated(terms, seats):
    (track,) = terms.tracks
    (one,) = track.rounds
    return replace(terms, tracks=(replace(track, rounds=(replace(one, seats=seats),)),))


def refused(act, **given):
    before = (Event.objects.count(), CallVersion.objects.count())
    with pytest.raises(Refused) as caught:
        act(**given)
    assert (Event.objects.count(), CallVersion.objects.count()) == before
    finding = caught.value.finding
    assert finding.mend is not None
    return finding.clause, finding.code


def test_publishing_freezes_the_file_as_version_one(terms, operator, at):
    version = actions.publish(by=operator, at=at, terms=terms)
    kept = CallVersion.objects.get()
    assert (kept.number, kept.sha256, kept.published_by, kept.published_at) == (
        1,
        call_hash(terms),
        operator,
        at,
    )
    assert kept.call.slug == "2025-npu"
    assert kept.call.state == Call.State.PUBLISHED
    assert queries.terms(version) == terms
    event = Event.objects.get(action="calls.publish")
    assert (event.call_id, event.facts) == ("2025-npu", {"version": 1, "sha256": kept.sha256})


def test_terms_are_read_back_from_the_snapshot(call, terms):
    queries._kept.clear()
    assert queries.terms(queries.current(call)) == terms


def test_a_call_is_published_once(call, terms, operator, at):
    assert refused(actions.publish, by=operator, at=at, terms=terms) == ("C-01", "call_already_published")


def test_the_first_version_is_number_one(terms, operator, at, db):
    from naru.domain.call import Amendment

    second = replace(terms, version=2, amendment=Amendment(reason="x", actor="y", date=at.date()))
    assert refused(actions.publish, by=operator, at=at, terms=second) == ("C-01", "version_not_first")


def test_an_amendment_is_the_next_version_with_its_reason(call, terms, operator, at):
    version = actions.amend(by=operator, at=at, call=call, terms=extended(terms, 4), reason=" 접수 연장 ")
    assert (version.number, version.reason) == (2, "접수 연장")
    now = queries.terms(queries.current(call))
    assert now.amendment.reason == "접수 연장"
    assert now.round("1").last_closing == CLOSE + timedelta(days=4)
    assert queries.terms(call.versions.get(number=1)) == terms
    assert Event.objects.filter(action="calls.amend").count() == 1


@pytest.mark.parametrize(
    ("change", "reason", "expected"),
    [
        ({}, "사유", ("C-01", "nothing_amended")),
        ({"id": "2026-npu"}, "사유", ("C-01", "file_of_another_call")),
        ({"zone": "Asia/Tokyo"}, "  ", ("C-07", "amendment_without_reason")),
    ],
)
def test_an_amendment_that_is_none_is_refused(call, terms, operator, at, change, reason, expected):
    new = replace(terms, **change)
    assert refused(actions.amend, by=operator, at=at, call=call, terms=new, reason=reason) == expected


def test_the_seeds_hash_is_public_before_the_close(call, operator):
    kept = actions.commit_seed(
        by=operator, at=CLOSE - timedelta(seconds=1), call=call, round_id="1", seed=SEED
    )
    assert kept.commitment == sha256(SEED.encode()).hexdigest()
    assert kept.revealed_at is None
    assert SEED not in str(Event.objects.get(action="calls.commit_seed").facts)
    assert queries.seed_of(call, "1") == kept
    again = {"by": operator, "at": CLOSE - timedelta(days=1), "call": call, "round_id": "1", "seed": SEED}
    assert refused(actions.commit_seed, **again) == ("R-05", "seed_already_committed")


@pytest.mark.parametrize(
    ("at", "round_id", "seed", "expected"),
    [
        (CLOSE, "1", SEED, ("R-05", "seed_after_close")),
        (CLOSE - timedelta(days=1), "1", SEED[:15], ("R-05", "seed_too_short")),
        (CLOSE - timedelta(days=1), "2", SEED, ("C-07", "no_such_round")),
    ],
)
def test_a_seed_that_proves_nothing_is_refused(call, operator, at, round_id, seed, expected):
    given = {"by": operator, "at": at, "call": call, "round_id": round_id, "seed": seed}
    assert refused(actions.commit_seed, **given) == expected
    assert not LotterySeed.objects.exists()


@pytest.mark.requirement("C-04")
def test_quotas_are_frozen_once_by_largest_remainder(call, operator, at):
    rows = actions.freeze_quotas(by=operator, at=at, call=call, round_id="1")
    assert {row.product: row.seats for row in rows} == {"npu-60": 120, "npu-120": 60, "npu-240": 20}
    assert queries.quotas_of(call, "1") == {"npu-60": 120, "npu-120": 60, "npu-240": 20}
    assert Event.objects.filter(action="calls.freeze_quotas").count() == 1
    again = {"by": operator, "at": at, "call": call, "round_id": "1"}
    assert refused(actions.freeze_quotas, **again) == ("C-04", "quotas_already_frozen")
    assert FrozenQuota.objects.count() == 3


def test_frozen_seats_stay_but_other_amendments_pass(call, terms, operator, at):
    actions.freeze_quotas(by=operator, at=at, call=call, round_id="1")
    given = {"by": operator, "at": at, "call": call, "reason": "대수 변경"}
    assert refused(actions.amend, terms=reseated(terms, 250), **given) == ("C-04", "frozen_seats_changed")
    assert actions.amend(terms=extended(terms, 2), **given).number == 2


def test_open_rounds_are_those_that_accept_now(call, terms, operator, at):
    assert [one.round.id for one in queries.open_rounds(at)] == ["1"]
    assert queries.open_rounds(CLOSE) == []
    actions.amend(by=operator, at=at, call=call, terms=extended(terms, 1), reason="연장")
    (one,) = queries.open_rounds(CLOSE)
    assert (one.version.number, one.terms.version) == (2, 2)

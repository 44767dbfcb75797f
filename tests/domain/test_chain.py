"""A chain names the first place where it does not hold, and what is wrong there."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from naru.domain.chain import GENESIS, Break, Entry, first_break


def made(count, action="test.done"):
    """A whole chain: (entry, stored hash) pairs."""
    pairs, previous = [], GENESIS
    for number in range(1, count + 1):
        entry = Entry(
            chain="trial", number=number, at=datetime(2025, 3, 3, tzinfo=UTC), actor=1, action=action,
            subject_type="a.b", subject_id="1", call_id="", facts={"n": number}, previous_hash=previous,
        )  # fmt: skip
        previous = entry.hash()
        pairs.append((entry, previous))
    return pairs


def checked(pairs, whole=None, **given):
    """The break of `pairs` where the chain's own row still says what the whole chain was."""
    last = (whole or pairs)[-1]
    return first_break(iter(pairs), length=last[0].number, head=last[1], **given)


def changed(pairs, number, **fields):
    entry, stored = pairs[number - 1]
    return [*pairs[: number - 1], (replace(entry, **fields), stored), *pairs[number:]]


def test_whole():
    assert checked(made(4)) is None
    assert first_break(iter([]), length=0, head=GENESIS) is None


@pytest.mark.parametrize("number", [1, 2, 4])
def test_altered(number):
    pairs = made(4)
    assert checked(changed(pairs, number, action="test.other"), pairs) == Break(number=number, code="content")


@pytest.mark.parametrize("number", [1, 2, 3])
def test_altered_with_its_hash(number):
    """The event after it was written after another one: it is the altered one that is named."""
    pairs = made(4)
    forged = replace(pairs[number - 1][0], action="test.other")
    pairs[number - 1] = (forged, forged.hash())
    assert checked(pairs) == Break(number=number, code="replaced")


def test_last_altered_with_its_hash():
    pairs = made(4)
    forged = replace(pairs[3][0], action="test.other")
    assert checked([*pairs[:3], (forged, forged.hash())], pairs) == Break(number=5, code="end")


@pytest.mark.parametrize("number", [1, 2, 3])
def test_removed(number):
    pairs = made(4)
    left = [pair for pair in pairs if pair[0].number != number]
    assert checked(left, pairs) == Break(number=number, code="missing")


def test_removed_and_numbered_anew():
    pairs = made(4)
    left = [*pairs[:1], *((replace(entry, number=entry.number - 1), stored) for entry, stored in pairs[2:])]
    assert checked(left, pairs) == Break(number=2, code="order")


def test_reordered():
    pairs = made(4)
    second, third = pairs[1], pairs[2]
    swapped = [(replace(third[0], number=2), third[1]), (replace(second[0], number=3), second[1])]
    assert checked([pairs[0], *swapped, pairs[3]]) == Break(number=2, code="order")
    assert checked([pairs[0], third, second, pairs[3]]) == Break(number=2, code="missing")


def test_tail_removed():
    pairs = made(4)
    assert checked(pairs[:3], pairs) == Break(number=4, code="end")


def test_tail_removed_with_the_count_is_known_to_a_published_head():
    pairs = made(4)
    assert checked(pairs[:3]) is None
    assert checked(pairs[:3], anchors={4: pairs[3][1]}) == Break(number=4, code="cut")


def test_history_written_anew_is_known_to_a_published_head():
    pairs, anew = made(4), made(4, action="test.other")
    assert checked(anew) is None
    assert checked(anew, anchors={2: pairs[1][1], 3: pairs[2][1]}) == Break(number=2, code="rewritten")
    assert checked(pairs, anchors={2: pairs[1][1], 3: pairs[2][1]}) is None


def test_reading_is_told_every_thousand():
    told = []
    assert checked(made(2500), seen=told.append) is None
    assert told == [1000, 2000]

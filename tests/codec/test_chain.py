"""A chain survives its file; what is no chain is refused with its line."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from naru.codec.chain import ChainFileError, chain_lines, heads_text, read_chain, read_heads
from naru.domain.chain import GENESIS, Entry, first_break

SEOUL = timezone(timedelta(hours=9))


@pytest.fixture
def pair():
    entry = Entry(
        chain="trial:2025-npu", number=1, at=datetime(2025, 3, 3, 10, 0, 0, 7, tzinfo=SEOUL), actor=None,
        action="test.done", subject_type="a.b", subject_id="가1", call_id="2025-npu",
        facts={"n": 1, "deep": {"list": [True, None, "x"]}}, previous_hash=GENESIS,
    )  # fmt: skip
    return entry, entry.hash()


def lines_of(pair):
    return list(chain_lines(chain=pair[0].chain, length=1, head=pair[1], entries=[pair]))


def test_round_trip(pair):
    read = read_chain(lines_of(pair))
    assert (read.chain, read.length, read.head) == ("trial:2025-npu", 1, pair[1])
    assert first_break(read.entries, length=read.length, head=read.head) is None
    assert [stored for _entry, stored in read_chain(lines_of(pair)).entries] == [pair[1]]


@pytest.mark.parametrize("text", ["", "{}", "no json", '{"format":"other","chain":"x","length":1,"head":""}'])
def test_no_chain(text):
    with pytest.raises(ChainFileError, match="line 1: not a chain"):
        read_chain([text])


def test_no_event(pair):
    lines = lines_of(pair)
    with pytest.raises(ChainFileError, match="line 3: not an event"):
        list(read_chain([*lines, "{}"]).entries)


def test_heads():
    rows = [{"chain": "a", "number": 2, "head": "f", "at": "x"}, {"chain": "a", "number": 5, "head": "e"}]
    assert read_heads(heads_text(rows, at=datetime(2025, 3, 3, tzinfo=UTC))) == {"a": {2: "f", 5: "e"}}
    with pytest.raises(ChainFileError, match="not a list of published heads"):
        read_heads("[]")

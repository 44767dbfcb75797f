"""The 2025 call for tests: its text, the call, and the same call with one passage changed."""

from pathlib import Path

import pytest

from naru.codec.call import CallFileError, parse_call

PATH = Path(__file__).parent.parent / "calls" / "2025-npu.toml"
TEXT = PATH.read_text("utf-8")
CALL = parse_call(TEXT, PATH.name)


def changed(old, new):
    """The text of the 2025 call with `old`, which stands in it, replaced once."""
    assert old in TEXT
    return TEXT.replace(old, new, 1)


def problems(text):
    """Every problem of a broken call text as "path: reason"."""
    with pytest.raises(CallFileError) as caught:
        parse_call(text, "broken.toml")
    return [str(problem) for problem in caught.value.problems]

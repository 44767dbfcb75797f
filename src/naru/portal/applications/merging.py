"""Two people (or two devices) at one form: what merges by itself, what is a conflict, which words differ.

A page carries the digest of every value it was made from. A field one side alone changed takes that side's
value; a field both changed differently is a conflict and stays as stored until a person chooses.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256
from typing import Literal

DIGEST = 16  # hexadecimal digits: tells values of one form apart, nothing more is asked of it
WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """`values` that change what is stored, names in `conflicts`, names `taken` from the other side."""

    values: Mapping[str, str]
    conflicts: tuple[str, ...]
    taken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of words: in both texts, only in theirs (`gone` from mine), or only in mine (`new`)."""

    kind: Literal["same", "gone", "new"]
    text: str


def digest(value: str) -> str:
    """What a page remembers of a value; empty for an empty one."""
    return sha256(value.encode()).hexdigest()[:DIGEST] if value else ""


def merge(
    names: Iterable[str], base: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str]
) -> Merge:
    """Three-way merge of the named fields; `base` holds digests, the others values, absent meaning empty."""
    values, conflicts, taken = {}, [], []
    for name in names:
        ours, other, before = mine.get(name, ""), theirs.get(name, ""), base.get(name, "")
        if ours == other:
            continue
        if digest(ours) == before:
            taken.append(name)
        elif digest(other) == before:
            values[name] = ours
        else:
            conflicts.append(name)
    return Merge(values=values, conflicts=tuple(conflicts), taken=tuple(taken))


def passages(theirs: str, mine: str) -> tuple[Passage, ...]:
    """The two texts as one sequence of passages, word by word."""
    old, new = WORDS.findall(theirs), WORDS.findall(mine)
    found: list[Passage] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Passage("same", "".join(old[a:b])))
            continue
        if a < b:
            found.append(Passage("gone", "".join(old[a:b])))
        if c < d:
            found.append(Passage("new", "".join(new[c:d])))
    return tuple(found)

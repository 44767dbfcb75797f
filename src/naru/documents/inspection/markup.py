"""The words of an XML part, read without a tree and without definitions of its own (no DTD)."""

from collections.abc import Callable, Iterator
from xml.parsers import expat

LONG = 13  # characters from which an attribute may hold a number of a person
MAX_DEPTH = 500


class DefinitionError(Exception):
    """The part defines entities or a document type."""


class Words:
    """Gather the text of a part: one line for each element that ends a block."""

    def __init__(self, blocks: frozenset[str], seen: Callable[[str, dict[str, str]], None]) -> None:
        self.lines: list[str] = []
        self.blocks = blocks
        self.seen = seen
        self.depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins; its long attributes are words too."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise DefinitionError
        self.seen(local(name), attributes)
        for value in attributes.values():
            if len(value) >= LONG and any(letter.isdigit() for letter in value):
                self.lines.append(f"\n{value}\n")

    def end(self, name: str) -> None:
        """An element is over."""
        self.depth -= 1
        if local(name) in self.blocks:
            self.lines.append("\n")


def words(
    part: bytes,
    *,
    blocks: frozenset[str],
    seen: Callable[[str, dict[str, str]], None] = lambda _name, _attributes: None,
) -> str:
    """The text of a part; `blocks` are the local names whose end is a line's end.

    `seen` is told every element (local name, attributes by their written names).

    Raises:
        DefinitionError: the part has a DTD, or is nested beyond reason.
        expat.ExpatError: it is no well-formed XML.
    """
    found = Words(blocks, seen)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = found.start
    parser.EndElementHandler = found.end
    parser.CharacterDataHandler = found.lines.append
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.Parse(part, True)
    return "".join(found.lines)


def elements(part: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    """Every element of a small part: local name and attributes."""
    found: list[tuple[str, dict[str, str]]] = []
    words(part, blocks=frozenset(), seen=lambda name, attributes: found.append((name, attributes)))
    return iter(found)


def local(name: str) -> str:
    """`p` of `hp:p`."""
    return name.rpartition(":")[2]


def _refuse(*_: object) -> None:
    raise DefinitionError

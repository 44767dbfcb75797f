"""Validation errors in plain words: the key path, what is wrong there, and how to mend it."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from naru.domain.call import CallInvalidError

NEEDS = {
    "missing": "is missing; add it",
    "int_type": "needs a whole number without quotes",
    "int_parsing": "needs a whole number without quotes",
    "string_type": "needs text in quotes",
    "bool_type": "needs true or false",
    "bool_parsing": "needs true or false",
    "date_type": "needs a date such as 2025-02-12",
    "date_parsing": "needs a date such as 2025-02-12",
    "date_from_datetime_parsing": "needs a date such as 2025-02-12",
    "date_from_datetime_inexact": "needs a date such as 2025-02-12, without a time",
    "datetime_type": "needs an instant with its offset, such as 2025-03-17T15:00:00+09:00",
    "datetime_parsing": "needs an instant with its offset, such as 2025-03-17T15:00:00+09:00",
    "datetime_from_date_parsing": "needs an instant with its offset, such as 2025-03-17T15:00:00+09:00",
    "decimal_type": 'needs an exact number as text, such as "2.1"',
    "decimal_parsing": 'needs an exact number as text, such as "2.1"',
    "fraction_type": 'needs a fraction as text, such as "3/5"',
    "fraction_parsing": 'needs a fraction as text, such as "3/5"',
    "tuple_type": "needs a list",
    "dataclass_type": "needs a table of keys",
    "dataclass_exact_type": "needs a table of keys",
}


def explain(error: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(key path, reason) pairs of one validation error; several where the parts of a call disagree."""
    loc: tuple[int | str, ...] = error["loc"]
    path = key_path(loc)
    kind: str = error["type"]
    if kind == "value_error":
        yield from _invariant(error["ctx"]["error"], path)
    elif kind == "unexpected_keyword_argument":
        yield path, f"is not a key of {_table(loc[:-1])}; {_suggest(loc, schema)}"
    elif kind == "literal_error":
        yield path, f"{_shown(error['input'])} is not one of {error['ctx']['expected']}"
    elif kind == "missing":
        yield path, NEEDS[kind]
    else:
        need = NEEDS.get(kind, f"is refused: {error['msg'].lower()}")
        yield path, f"{need} (it is {_shown(error['input'])})"


def key_path(loc: tuple[int | str, ...]) -> str:
    """`("resources", 1, "share")` as `resources[1].share`."""
    path = ""
    for part in loc:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else part
    return path


def _invariant(error: ValueError, path: str) -> Iterator[tuple[str, str]]:
    """Messages of the domain read "key: reason", the key within the table at `path`."""
    lines = error.problems if isinstance(error, CallInvalidError) else (str(error),)
    for line in lines:
        key, _, reason = line.partition(": ")
        yield f"{path}.{key}" if path else key, reason


def _table(loc: tuple[int | str, ...]) -> str:
    return key_path(loc) or "a call file"


def _suggest(loc: tuple[int | str, ...], schema: Mapping[str, Any]) -> str:
    known = _keys(loc[:-1], schema)
    close = get_close_matches(str(loc[-1]), known, n=1)
    return f'did you mean "{close[0]}"?' if close else f"remove it; known keys: {', '.join(known)}"


def _keys(loc: tuple[int | str, ...], schema: Mapping[str, Any]) -> list[str]:
    """The keys the schema knows at a place."""
    node: Mapping[str, Any] = schema
    for part in loc:
        node = node["items"] if isinstance(part, int) else node["properties"][part]
        node = next((option for option in node.get("anyOf", ()) if "$ref" in option), node)
        if "$ref" in node:
            node = schema["$defs"][node["$ref"].rpartition("/")[2]]
    return list(node["properties"])


def _shown(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return f'"{value}"'
        case int():
            return str(value)
        case list():
            return "a list"
        case None:
            return "empty"
        case _:
            return "a table"

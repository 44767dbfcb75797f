"""The file of questions and answers (`calls/faq/*.toml`) as values; every fault is named by its place."""

import tomllib
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from naru.codec.reasons import NEEDS, key_path

Topic = Literal["eligibility", "documents", "applying", "model", "selection", "after"]
Words = Annotated[str, Field(min_length=1)]


class FaqFileError(ValueError):
    """A file that cannot be used; `problems` holds one line "key path: reason" each."""

    def __init__(self, name: str, problems: tuple[str, ...]) -> None:
        super().__init__(f"{name}: " + "; ".join(problems))
        self.problems = problems


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Both(_Table):
    """A text in both languages."""

    ko: Words
    en: Words


class Entry(_Table):
    """One question with its answer, its topic and the clauses it rests on."""

    topic: Topic
    clauses: Annotated[list[Annotated[str, Field(pattern=r"^[A-Z]-\d\d$")]], Field(min_length=1)]
    question: Both
    answer: Both


class FaqFile(_Table):
    """A whole file: the call it speaks of, and its entries in order."""

    schema_: Literal[1] = Field(alias="schema")
    call: Words
    entries: Annotated[list[Entry], Field(min_length=1)]


def parse_faq(text: str, name: str) -> FaqFile:
    """The entries of a file. Raises FaqFileError naming every fault."""
    try:
        return FaqFile.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise FaqFileError(name, (f"is not valid TOML: {error}",)) from error
    except ValidationError as error:
        lines = (f"{key_path(one['loc'])}: {NEEDS.get(one['type'], one['msg'])}" for one in error.errors())
        raise FaqFileError(name, tuple(lines)) from error

"""The values that components draw: small frozen records a view fills and a tag renders.

Plain mappings with the same keys do as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

Tone = Literal["ok", "bad", "warn", "info", "active", "wait", "neutral"]
StepState = Literal["done", "now", "next", "blocked"]

# The year of a call, in order; a page shows where it stands in it.
YEAR = (
    ("call", _("사업공고")),
    ("applications", _("신청")),
    ("screening", _("서류적격심사")),
    ("evaluation", _("선정평가")),
    ("selection", _("선정")),
    ("matching", _("배정")),
    ("allocation", _("할당")),
    ("progress", _("진도체크")),
    ("checks", _("중간·결과점검")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class YearStep:
    """One step of the year: its state, a short line of when or how many, and where it leads."""

    label: Any
    state: StepState
    note: Any = ""
    url: str = ""


def year(current: str, notes: dict[str, Any] | None = None) -> list[YearStep]:
    """The steps of the year with `current` (a code of `YEAR`) as the present one; notes by code."""
    codes = [code for code, _label in YEAR]
    if current not in codes:
        raise ValueError(f"current: {current!r} is no step of the year; choose from {', '.join(codes)}")
    here = codes.index(current)
    notes = notes or {}
    return [
        YearStep(
            label=label,
            state="done" if place < here else "now" if place == here else "next",
            note=notes.get(code, ""),
        )
        for place, (code, label) in enumerate(YEAR)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One tab: a link to a page of its own; `count` shows how many stand there."""

    label: Any
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of a history: when, what, by whom, and the reason or detail."""

    at: datetime
    title: Any
    by: Any = ""
    detail: Any = ""
    tone: Tone = "neutral"


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One file of a list; an empty `url` is a document still owed."""

    name: Any
    url: str = ""
    size: int | None = None
    kind: str = ""
    tone: Tone = "neutral"
    status: Any = ""
    note: Any = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One series of a chart: a value per label, None where there is none."""

    label: Any
    values: Sequence[int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart and, always, its table: labels down, one column per series."""

    kind: Literal["bar", "hbar", "stacked", "line"]
    title: Any
    labels: Sequence[Any]
    series: Sequence[Series]
    unit: Any = ""
    label_heading: Any = field(default=_("구분"))

    def __post_init__(self) -> None:
        for one in self.series:
            if len(one.values) != len(self.labels):
                raise ValueError(
                    f"series {one.label}: {len(one.values)} values for {len(self.labels)} labels"
                )

    def rows(self) -> list[tuple[Any, list[int | None]]]:
        """The table's rows: label, then each series' value."""
        return [
            (label, [one.values[place] for one in self.series]) for place, label in enumerate(self.labels)
        ]

    def payload(self) -> dict[str, Any]:
        """What the script draws from, as JSON values."""
        return {
            "kind": self.kind,
            "unit": str(self.unit),
            "labels": [str(label) for label in self.labels],
            "series": [{"label": str(one.label), "values": list(one.values)} for one in self.series],
        }

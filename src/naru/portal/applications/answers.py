"""What an applicant answers, as values: the whole form in one record, saved as one act.

A field that is empty is a question not answered yet; a draft may have any number of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiAnswer:
    """A performance target (성과지표): from `baseline` to `target` in `unit`; `direction` higher or lower."""

    name: str
    unit: str
    baseline: Decimal
    target: Decimal
    how_measured: str
    direction: str = "higher"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelAnswer:
    """A model to run: its own name, and its family of the catalogue (empty when not listed)."""

    name: str
    family: str = ""
    primary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The form: product id, title, clouds' codes in order of preference, plan by section, declarations.

    `declarations` holds a truth per code: the call's exclusion grounds that are declared, `inference_only`
    and `model_trained` (C-06), and `<other programme>:applied` or `:selected` (E-10).
    """

    product: str = ""
    title: str = ""
    clouds: tuple[str, ...] = ()
    youth_claimed: bool = False
    venture_type: str = ""
    plan: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    kpis: tuple[KpiAnswer, ...] = ()
    models: tuple[ModelAnswer, ...] = ()
    declarations: Mapping[str, bool] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentDates:
    """The dates printed on an evidence document; those it does not print stay empty."""

    issued_on: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    fiscal_year_end: date | None = None

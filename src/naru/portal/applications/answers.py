"""What an applicant answers, as values: the whole form in one record, saved as one act.

A field that is empty is a question not answered yet; a draft may have any number of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from naru.portal.applications.models import Application


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
    and `model_trained` (C-06), and `<other programme>:applied` or `:selected` (E-10). `consents` holds the
    answers given now by the call's consent ids; one left out stays as it was answered.
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
    consents: Mapping[str, bool] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentDates:
    """The dates printed on an evidence document; those it does not print stay empty.

    `fiscal_year_change` (founded, merged, split) says that the company changed after that fiscal year (E-05).
    """

    issued_on: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    fiscal_year_end: date | None = None
    fiscal_year_change: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionEdit:
    """One page of the form as a person leaves it.

    `base` holds the digest of every field the page was made from, `mine` the fields as they are typed now;
    `broken` names those that are no valid answer yet. `origin` tells one opened page from another: what it
    saved before, even if the answer was lost on the way, is no conflict with itself. See `merging`.
    """

    section: str
    base: dict[str, str]
    mine: Mapping[str, str]
    broken: frozenset[str] = frozenset()
    origin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What a save did: the row, its page's fields as they stand, those in conflict or changed by others."""

    application: Application
    values: Mapping[str, str]
    changed: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()

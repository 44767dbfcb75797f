"""Reading what people handed in: one award's story, the queue of checks, the restriction cases."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet

from naru.domain import sanction
from naru.domain.decision import Finding, Outcome
from naru.domain.terms import SanctionGround, Text
from naru.portal.allocation.models import Award
from naru.portal.allocation.queries import terms_of
from naru.portal.applications.models import Kpi
from naru.portal.progress.models import Check, KpiResult, RestrictionCase
from naru.portal.progress.queries.acts import case_value
from naru.portal.progress.queries.surveys import clawback
from naru.portal.progress.queries.wall import OPEN_CASES


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiLine:
    """A KPI with what was measured; `result` is None where nothing was handed in."""

    kpi: Kpi
    result: KpiResult | None
    finding: Finding | None

    @property
    def baseline(self) -> Decimal:
        """The value at the start, in the KPI's unit."""
        return trimmed(self.kpi.baseline)

    @property
    def target(self) -> Decimal:
        """The value to reach."""
        return trimmed(self.kpi.target)

    @property
    def measured(self) -> Decimal | None:
        """The value reached, None where it was not measured."""
        found = self.result.measured if self.result else None
        return None if found is None else trimmed(found)


def trimmed(value: Decimal) -> Decimal:
    """The same number without the zeros that the column's four decimals add."""
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """A case with its due process: phase, readiness to be decided, until when, what could be claimed back."""

    case: RestrictionCase
    ground: SanctionGround
    phase: sanction.Phase
    readiness: Finding
    decision_until: datetime
    clawback: int


def stories() -> QuerySet[Award]:
    """Awards with all that an award's page reads."""
    found = Award.objects.select_related(
        "call",
        "application__organisation",
        "application__applicant",
        "server",
        "vendor",
        "cloud",
        "survey__answered_by",
    )
    return found.prefetch_related("reports__reported_by", "reason_statements", "checks", "restriction_cases")


def checks(kind: str = "", *, undecided: bool = False) -> QuerySet[Check]:
    """The submitted checks, those waiting longest first."""
    found = Check.objects.select_related(
        "award__call", "award__application__organisation", "submitted_by", "decided_by"
    )
    if kind:
        found = found.filter(kind=kind)
    if undecided:
        found = found.filter(verdict="")
    return found.order_by("submitted_at", "pk")


def cases(*, opened: bool = False) -> QuerySet[RestrictionCase]:
    """The restriction cases, latest notice first."""
    found = RestrictionCase.objects.select_related(
        "award__call",
        "award__application__organisation",
        "award__survey",
        "noticed_by",
        "decided_by",
        "restriction",
    )
    return found.filter(state__in=OPEN_CASES) if opened else found


def process(case: RestrictionCase, at: datetime) -> Process:
    """The due process of a case at a moment."""
    terms, value = terms_of(case.award.call), case_value(case)
    return Process(
        case=case,
        ground=sanction.ground_of(terms, case.ground),
        phase=sanction.phase(terms, value, at),
        readiness=sanction.may_decide(terms, value, at),
        decision_until=sanction.decision_until(terms, case.noticed_at),
        clawback=clawback(case.award, terms, case.ground),
    )


def stored_findings(check: Check) -> list[Finding]:
    """The findings kept with a check, as the domain made them."""
    return [
        Finding(
            clause=row["clause"],
            code=row["code"],
            outcome=Outcome(row["outcome"]),
            reason=Text(**row["reason"]),
            facts=tuple((name, value) for name, value in row["facts"]),
            mend=Text(**row["mend"]) if row["mend"] else None,
        )
        for row in check.findings
    ]


def kpi_lines(award: Award, check: Check | None) -> list[KpiLine]:
    """Each KPI of the application with its measured value and the rules' finding on it."""
    results = {row.kpi_id: row for row in check.results.all()} if check else {}
    found = {dict(one.facts).get("kpi"): one for one in stored_findings(check)} if check else {}
    return [
        KpiLine(kpi=kpi, result=results.get(kpi.pk), finding=found.get(kpi.name))
        for kpi in award.application.kpis.all()
    ]

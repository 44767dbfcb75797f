"""What an act on progress looks at: the award locked, its months of use, what a check takes."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from naru.domain import outcome, sanction
from naru.domain.outcome import FinalCheck, final_check
from naru.domain.periods import day_in, month_of
from naru.portal.allocation.models import Award
from naru.portal.allocation.queries import terms_of
from naru.portal.applications.models import Kpi
from naru.portal.progress import refusals
from naru.portal.progress.models import Check, RestrictionCase

__all__ = [
    "award_for_act",
    "case_for_act",
    "case_value",
    "check_for_act",
    "check_opens",
    "kpi_value",
    "kpis_of",
    "months_of_use",
    "proposal",
    "terms_of",
]


def award_for_act(award: Award) -> Award:
    """The award as it stands now, locked until the transaction ends, with call, application and server."""
    found = Award.objects.select_for_update(of=("self",)).select_related("call", "application", "server")
    return found.get(pk=award.pk)


def check_for_act(check: Check) -> Check:
    """The check as it stands now, locked until the transaction ends."""
    found = Check.objects.select_for_update(of=("self",)).select_related("award__call", "award__application")
    return found.get(pk=check.pk)


def case_for_act(case: RestrictionCase) -> RestrictionCase:
    """The case as it stands now, locked until the transaction ends."""
    found = RestrictionCase.objects.select_for_update(of=("self",))
    return found.select_related("award__call", "award__application__organisation").get(pk=case.pk)


def months_of_use(award: Award, today: date, zone: str) -> tuple[date, date]:
    """The first and the last month to report up to `today`: from the handover to the end of use.

    Raises Refused while the server was never handed over.
    """
    server = getattr(award, "server", None)
    if server is None or server.handed_over_at is None:
        raise refusals.not_in_use(award.state)
    last = day_in(zone, server.returned_at) if server.returned_at else today
    return month_of(day_in(zone, server.handed_over_at)), month_of(min(last, today))


def kpis_of(award: Award) -> list[Kpi]:
    """The KPIs of the award's application, in the order written."""
    return list(award.application.kpis.all())


def case_value(case: RestrictionCase) -> sanction.Case:
    """The case as the domain reads it."""
    return sanction.Case(
        unit=case.award.application.unit,
        ground=case.ground,
        facts=case.facts,
        noticed_at=case.noticed_at,
        heard_at=case.stated_at,
        decided_at=case.decided_at,
    )


def check_opens(award: Award, kind: str, at: datetime) -> date:
    """The first day of the check's month in the support's year.

    Raises Refused before that day, and while the server was never handed over.
    """
    terms = terms_of(award.call)
    months_of_use(award, day_in(terms.zone, at), terms.zone)
    obligation = next(one for one in terms.obligations if one.id == f"{kind}_check")
    opens = date(terms.support.ends.year, obligation.due.month or 1, 1)
    if day_in(terms.zone, at) < opens:
        raise refusals.check_too_early(opens)
    return opens


def proposal(kpis: Sequence[Kpi], results: Mapping[int, Decimal | None]) -> FinalCheck | None:
    """The rules' verdict on measured values (by KPI id), None for an application without KPIs.

    What is missing at the submission counts as not reached: the final check closes the books.
    """
    if not kpis:
        return None
    return final_check([kpi_value(kpi, results.get(kpi.pk)) for kpi in kpis], closed=True)


def kpi_value(kpi: Kpi, measured: Decimal | None) -> outcome.Kpi:
    """A KPI as the domain reads it."""
    return outcome.Kpi(
        name=kpi.name,
        unit=kpi.unit,
        direction="higher" if kpi.direction == Kpi.Direction.HIGHER else "lower",
        baseline=kpi.baseline,
        target=kpi.target,
        measured=measured,
    )

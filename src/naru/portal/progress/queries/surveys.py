"""The survey (설문): who owes it, until when, what may be claimed back, the grounds of a case on record."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Count

from naru.domain import sanction
from naru.domain.call import Call as Terms
from naru.domain.periods import day_in, end_of_day
from naru.domain.progress import Awardee, survey_window
from naru.portal.accounts.models import User
from naru.portal.allocation.access import awards_of
from naru.portal.allocation.models import Award, Withdrawal
from naru.portal.allocation.queries import terms_of
from naru.portal.calls.models import Call
from naru.portal.progress.models import Check, RestrictionCase, Survey
from naru.portal.progress.queries.standing import ended_on, started_on

SURVEY_MISSING = "survey_missing"  # the sanction ground of P-05
LISTED = (  # of a row of the list
    "call",
    "product",
    "state",
    "ended_at",
    "application__number",
    "application__organisation__name",
    "application__organisation__simulated",
    "server__handed_over_at",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Owing:
    """An award whose survey is open and unanswered: until when, what may be claimed back, its case if any."""

    award: Award
    due_at: datetime
    overdue: bool
    clawback: int
    case: RestrictionCase | None = None


def is_awardee(user: User, award: Award) -> bool:
    """Whether the user is the party to an award."""
    return awards_of(user).filter(pk=award.pk).exists()


def survey_days(award: Award, terms: Terms) -> tuple[date, date] | None:
    """The first day of the survey and the day it is due; None where no server was handed over."""
    started = started_on(award, terms)
    if started is None:
        return None
    return survey_window(terms, Awardee(started_on=started, ended_on=ended_on(award, terms)))


def ground_on_record(award: Award, ground: str, at: datetime) -> bool:
    """Whether what the ground speaks of is on record; other grounds rest on the facts a person states."""
    match ground:
        case "withdrawal":
            return Withdrawal.objects.filter(award=award).exists()
        case "final_insufficient":
            verdict = Check.Verdict.INSUFFICIENT
            return Check.objects.filter(award=award, kind=Check.Kind.FINAL, verdict=verdict).exists()
        case "survey_missing":
            terms = terms_of(award.call)
            days = survey_days(award, terms)
            late = days is not None and day_in(terms.zone, at) > days[1]
            return late and not Survey.objects.filter(award=award).exists()
    return True


def clawback(award: Award, terms: Terms, ground: str) -> int:
    """The cost of the months in the award's ledger, in budget units; 0 where the ground claims none."""
    return sanction.clawback(terms, ground, [(award.product, award.ledger.count())])


def unanswered(call: Call, at: datetime, terms: Terms) -> list[Owing]:
    """Who has not answered a survey that is open, due first; one query, their cases are in `with_cases`."""
    found = Award.objects.filter(call=call, survey=None).select_related("application__organisation", "server")
    rows = found.annotate(used=Count("ledger")).only(*LISTED)
    owing = [one for award in rows if (one := _owing(award, at, terms)) is not None]
    return sorted(owing, key=lambda one: (one.due_at, one.award.application.number))


def _owing(award: Award, at: datetime, terms: Terms) -> Owing | None:
    days, today = survey_days(award, terms), day_in(terms.zone, at)
    if days is None or today < days[0]:
        return None
    used: Iterable[tuple[str, int]] = [(award.product, award.used)]  # type: ignore[attr-defined]  # annotated
    return Owing(
        award=award,
        due_at=end_of_day(terms.zone, days[1]),
        overdue=today > days[1],
        clawback=sanction.clawback(terms, SURVEY_MISSING, used),
    )


def with_cases(found: Iterable[Owing]) -> list[Owing]:
    """The same with the case about the missing survey, where there is one: one query."""
    rows = list(found)
    cases = RestrictionCase.objects.filter(award__in=[one.award for one in rows], ground=SURVEY_MISSING)
    of = {case.award_id: case for case in cases}
    return [replace(one, case=of.get(one.award.pk)) for one in rows]


def answered(call: Call) -> int:
    """How many awards of a call have answered."""
    return Survey.objects.filter(award__call=call).count()

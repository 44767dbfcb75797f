"""The summary (요약): what the played year came to, counted from the database, as plain JSON values."""

from typing import Any

from django.db.models import Count, QuerySet

from naru.domain import progress as rules
from naru.portal.allocation.models import Award, LedgerEntry, RefillDecision
from naru.portal.applications.models import Application
from naru.portal.audit import queries as audit
from naru.portal.audit.models import Event
from naru.portal.calls.queries import quotas_of
from naru.portal.demo import staff
from naru.portal.demo.calendar import SET_UP
from naru.portal.demo.year import ROUND, Year
from naru.portal.evaluation.models import ReviewAssignment, ScoreSheet
from naru.portal.organisations.models import Restriction
from naru.portal.progress.models import Check, MonthlyReport, ReasonStatement, RestrictionCase, Survey
from naru.portal.screening.models import CorrectionRequest, DuplicateResolution, Screening, TechnicalReview
from naru.portal.selection.models import Match, SelectionOutcome
from naru.portal.ui import navigation

Counts = dict[str, int]


def summary(year: Year) -> dict[str, Any]:
    """Every count, the state of the audit chains, the logins and the last instant played (ISO 8601)."""
    latest = year.player.latest
    return {
        "last_instant": latest.isoformat() if latest else None,
        "actions": year.player.taken.total(),
        "events": Event.objects.count(),
        "by_action": dict(sorted(year.player.taken.items())),
        "refused": dict(sorted(year.player.refused.items())),
        "chains": [
            {"key": chain.key, "events": chain.length, "whole": audit.verify(chain) is None}
            for chain in audit.chains()
        ],
        "applications": _by(Application.objects.all(), "state"),
        "screening": _screening(),
        "technical_reviews": _by(TechnicalReview.objects.all(), "verdict"),
        "evaluation": {
            "states_made_final": ScoreSheet.objects.filter(state=ScoreSheet.State.FINAL).count(),
            "sheets_in_force": ReviewAssignment.objects.filter(removed_at=None).count(),
            "removed": ReviewAssignment.objects.exclude(removed_at=None).count(),
        },
        "selection": {resource.id: _product(year, resource.id) for resource in year.terms.resources},
        "matching": _by(Match.objects.all(), "code"),
        "allocation": _allocation(),
        "progress": _progress(year),
        "restrictions": _by(Restriction.objects.all(), "ground"),
        "password": staff.PASSWORD,
        "logins": _logins(year),
    }


def _by(rows: "QuerySet[Any]", field: str) -> Counts:
    """How many rows have each value of a field, by value."""
    counted = rows.order_by().values_list(field).annotate(count=Count("pk"))
    return {str(value): count for value, count in sorted(counted, key=str)}


def _screening() -> Counts:
    return {
        **_by(Screening.objects.all(), "decision"),
        "corrections": CorrectionRequest.objects.count(),
        "corrections_answered": CorrectionRequest.objects.exclude(answered_at=None).count(),
        "duplicates_resolved": DuplicateResolution.objects.count(),
    }


def _product(year: Year, product: str) -> Counts:
    """Seats, selected by sector, waiting and seats left empty of one product."""
    outcomes = SelectionOutcome.objects.filter(run__state="published", product=product)
    selected = _by(outcomes.filter(status=SelectionOutcome.Status.SELECTED), "sector")
    seats = quotas_of(year.call, ROUND)[product]
    return {
        "seats": seats,
        "selected": sum(selected.values()),
        "private": selected.get("private", 0),
        "public": selected.get("public", 0),
        "waiting": outcomes.filter(status=SelectionOutcome.Status.WAITING).count(),
        "empty": seats - sum(selected.values()),
    }


def _allocation() -> Counts:
    return {
        **{f"awards_{state}": count for state, count in _by(Award.objects.all(), "state").items()},
        "awards": Award.objects.count(),
        "refills": RefillDecision.objects.filter(offered=True).count(),
        "withdrawals": Award.objects.filter(state=Award.State.WITHDRAWN).count(),
        "budget_units": sum(LedgerEntry.objects.values_list("units", flat=True)),
    }


def _progress(year: Year) -> Counts:
    latest = year.player.latest or SET_UP
    awardees = [_awardee(year, award) for award in year.awards]
    owed = [len(rules.statements_owed(year.terms, awardee)) for awardee in awardees]
    missed = [len(rules.missing_months(year.terms, awardee, latest)) for awardee in awardees]
    clocks = [rules.stage_clocks(year.terms, awardee) for awardee in awardees]
    checks = Check.objects.exclude(verdict="").order_by().values_list("kind", "verdict")
    return {
        "reports": MonthlyReport.objects.count(),
        "months_missed": sum(missed),
        "awards_stalled": sum(any(clock.owes_statement for clock in row) for row in clocks),
        "statements": ReasonStatement.objects.count(),
        "statements_owed": sum(owed),
        "awards_owing_statements": sum(count > 0 for count in owed),
        "surveys": Survey.objects.count(),
        "surveys_missing": len(year.awards) - Survey.objects.count(),
        **{f"{kind}_{verdict}": n for kind, verdict, n in sorted(checks.annotate(n=Count("pk")))},
        **{f"cases_{state}": count for state, count in _by(RestrictionCase.objects.all(), "state").items()},
    }


def _awardee(year: Year, award: Award) -> rules.Awardee:
    """What an award has done, as the rules of progress read it (P-01, P-02)."""
    reports = award.reports.values_list("month", "stage")
    left = year.left.get(award.pk)
    return rules.Awardee(
        started_on=year.began(award),
        ended_on=left.date() if left else None,
        reports=tuple(rules.Report(month=month, stage=stage) for month, stage in reports),
        statements=tuple(award.reason_statements.values_list("month", flat=True)),
    )


def _logins(year: Year) -> list[dict[str, str]]:
    """One login per role: who, the address, and the first room of the person's own menu."""
    rows = []
    for label, user in sorted(year.logins.items()):
        user.forget_roles()
        everyone = {link.url for link in navigation.links_for(None, "/")}
        rooms = [link.url for link in navigation.links_for(user, "/") if link.url not in everyone]
        rows.append({"role": label, "email": user.email, "name": user.name, "rooms": "".join(rooms[:1])})
    for place, row in year.applications.items():
        if year.profiles[place].login:
            outcome = row.outcomes.filter(run__state="published").values_list("status", flat=True).first()
            mine = f"applicant ({outcome or 'submitted'})"
            user = year.users[place]
            rows.append({"role": mine, "email": user.email, "name": user.name, "rooms": "/applications/"})
    return rows

"""Document screening (서류적격심사): the rules find, and what they all pass is confirmed together (R-01)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from naru.domain import call as domain
from naru.domain import eligibility
from naru.domain.decision import Finding
from naru.domain.rulings import mark_of, outcome
from naru.portal.accounts.models import User
from naru.portal.applications import queries as applications
from naru.portal.applications.models import Application
from naru.portal.audit.actions import record
from naru.portal.calls import queries as calls
from naru.portal.calls.models import Call, CallVersion
from naru.portal.screening import owed, queries, refusals
from naru.portal.screening.acting import require_operator
from naru.portal.screening.models import Screening, ScreeningFinding

Decision = Screening.Decision
DECIDED = (Decision.ELIGIBLE, Decision.INELIGIBLE)


@transaction.atomic
def find(*, by: User, at: datetime, application: Application) -> Screening:
    """Judge one application by the rules of the version in force and keep every finding with its clause.

    Again after a correction; what is still missing once the window is over then fails (E-11). Refused
    before the closing instant, for one that is not submitted, and once a person has decided.
    """
    require_operator(by)
    whole = applications.whole(application, lock=True)
    before = Screening.objects.filter(application=whole).first()
    if before is not None and before.decision in DECIDED:
        raise refusals.decided_already(before.decision)
    [screening] = _judge([whole], calls.current(whole.call), at)
    facts = {"proposed": screening.proposed, "version": screening.version.number}
    record(by=by, at=at, action="screening.find", subject=screening, facts=facts, call_id=whole.call.slug)
    return screening


@transaction.atomic
def find_round(*, by: User, at: datetime, call: Call, round_id: str) -> list[Screening]:
    """Judge every application of a round that no person has decided yet, as one act."""
    require_operator(by)
    undecided = applications.submitted(call, round_id).exclude(screening__decision__in=DECIDED)
    screenings = _judge(list(undecided), calls.current(call), at)
    facts = {"round": round_id, "screenings": {one.application_id: one.proposed for one in screenings}}
    record(by=by, at=at, action="screening.find_round", subject=call, facts=facts, call_id=call.slug)
    return screenings


def _judge(rows: Sequence[Application], version: CallVersion, at: datetime) -> list[Screening]:
    """Screenings with fresh findings for applications (with their parts) of one call."""
    if not rows:
        return []
    terms = calls.terms(version)
    units = {row.unit for row in rows}
    register = queries.register(terms, units)
    held = queries.held_units(rows[0].call, units)
    persons = queries.same_persons(rows[0].call)
    lapsed = queries.lapsed(rows, at)
    found, lapsing = {}, {}
    for row in rows:
        applicant = replace(
            applications.applicant(row),
            same_person=persons.get(row.pk, ()),
            same_unit=tuple(number for pk, number in held.get(row.unit, ()) if pk != row.pk),
        )
        one = _closed_round(terms, row, at)
        findings = eligibility.screen(terms, one, applicant, register.get(row.unit, ()), at=at)
        found[row.pk] = eligibility.after_correction_window(findings) if row.pk in lapsed else findings
        lapsing[row.pk] = eligibility.renewals(terms, one, applicant, at=at)
    owed.raise_renewals(lapsing, rows, at)
    return _keep(found, owed.with_renewals(found), version, at)


def _closed_round(terms: domain.Call, row: Application, at: datetime) -> domain.Round:
    if row.state != Application.State.SUBMITTED:
        raise refusals.not_submitted(row.state)
    one = terms.round(row.round_id)
    if one.last_closing is not None and at < one.last_closing:
        raise refusals.intake_open(one.last_closing)
    return one


def _keep(
    found: dict[int, tuple[Finding, ...]], lapsing: set[int], version: CallVersion, at: datetime
) -> list[Screening]:
    """Write screenings and findings, six statements whatever their number; rulings made before hold on."""
    rulings = queries.rulings(found)
    Screening.objects.bulk_create(
        [
            Screening(
                application_id=pk,
                version=version,
                proposed=eligibility.overall(findings),
                outcome=outcome(findings, rulings.get(pk, ())),
                lapsing=pk in lapsing,
                found_at=at,
            )
            for pk, findings in found.items()
        ],
        update_conflicts=True,
        unique_fields=["application"],
        update_fields=["version", "proposed", "outcome", "lapsing", "found_at"],
    )
    kept = list(Screening.objects.filter(application__in=found).select_related("application", "version"))
    ScreeningFinding.objects.filter(screening__in=kept).delete()
    ScreeningFinding.objects.bulk_create(
        _row(screening, order, finding)
        for screening in kept
        for order, finding in enumerate(found[screening.application_id], start=1)
    )
    return kept


def _row(screening: Screening, order: int, finding: Finding) -> ScreeningFinding:
    return ScreeningFinding(
        screening=screening,
        order=order,
        clause=finding.clause,
        code=finding.code,
        mark=mark_of(finding),
        outcome=finding.outcome,
        reason_ko=finding.reason.ko,
        reason_en=finding.reason.en,
        facts=[list(fact) for fact in finding.facts],
        mend_ko=finding.mend.ko if finding.mend else "",
        mend_en=finding.mend.en if finding.mend else "",
    )


@transaction.atomic
def confirm_clean(*, by: User, at: datetime, call: Call, round_id: str) -> list[Screening]:
    """Confirm as eligible every screening that waits and whose rules all passed, as one act."""
    require_operator(by)
    rows = list(queries.clean(call, round_id).select_for_update(of=("self",)).order_by("pk"))
    Screening.objects.filter(pk__in=[row.pk for row in rows]).update(
        decision=Decision.ELIGIBLE, decided_by=by, decided_at=at
    )
    for row in rows:
        row.decision, row.decided_by, row.decided_at = Decision.ELIGIBLE, by, at
    facts = {"round": round_id, "screenings": [row.pk for row in rows]}
    record(by=by, at=at, action="screening.confirm_clean", subject=call, facts=facts, call_id=call.slug)
    return rows

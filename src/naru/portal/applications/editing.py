"""Who may change an application now, and its row locked for the change."""

from datetime import datetime

from naru.domain import call as domain
from naru.portal.accounts.models import User
from naru.portal.applications import refusals
from naru.portal.applications.models import Application, LateException
from naru.portal.applications.parties import must_act_for
from naru.portal.calls import queries as calls
from naru.portal.calls.models import CallVersion


def must_be_open(one: domain.Round, at: datetime) -> None:
    """Intake runs at that instant. Raises Refused (A-03)."""
    if not one.accepts(at):
        raise refusals.not_open(one.opens_at, one.last_closing, at)


def must_admit(application: Application, one: domain.Round, at: datetime) -> LateException | None:
    """Intake runs, or a late exception of this application is in force; that one is returned.

    Raises Refused (A-03).
    """
    late = None if one.accepts(at) else exception_in_force(application, one, at)
    if late is None:
        must_be_open(one, at)
    return late


def exception_in_force(application: Application, one: domain.Round, at: datetime) -> LateException | None:
    """The late exception, confirmed by two persons and not used, that holds at an instant after the close."""
    if one.last_closing is None or at < one.last_closing:
        return None
    rows = application.late_exceptions.filter(confirmed_at__lte=at, until__gt=at, receipt=None, ended_at=None)
    return rows.first()


def locked_for(by: User, application: Application) -> Application:
    """The row, locked until the transaction ends, for a person who acts for it. Raises Refused."""
    locked = Application.objects.select_for_update(of=("self",)).select_related("call", "version")
    kept = locked.defer("version__snapshot").annotate(superseded=calls.superseded()).get(pk=application.pk)
    must_act_for(by, kept)
    return kept


def opened(by: User, application: Application, at: datetime) -> tuple[Application, CallVersion]:
    """The row, locked, when this person may change it now, and the version in force.

    Raises Refused (A-03, E-01, E-02).
    """
    kept = locked_for(by, application)
    return kept, _must_be_a_draft(kept, at)


def editable(by: User, application: Application, at: datetime) -> Application:
    """The same without the version. Raises Refused (A-03, E-01, E-02)."""
    return opened(by, application, at)[0]


def taking(
    by: User, application: Application, at: datetime, code: str, until: datetime | None
) -> Application:
    """The row, locked, when it takes this evidence document now (`until`: the due instant of a correction).

    Raises Refused as `must_take` does.
    """
    kept = locked_for(by, application)
    _must_take(kept, at, code, until)
    return kept


def must_take(
    by: User, application: Application, at: datetime, code: str, until: datetime | None = None
) -> None:
    """The same of the row as read, nothing locked: nobody waits for the gates to be refused behind them.

    Raises Refused: for others (E-01, E-02), outside the intake (A-03), for a code the call does not ask for.
    """
    must_act_for(by, application)
    _must_take(application, at, code, until)


def _must_take(application: Application, at: datetime, code: str, until: datetime | None) -> None:
    if until is None:
        _must_be_a_draft(application, at)
    elif at >= until or application.state != Application.State.SUBMITTED:
        raise refusals.correction_over(until)
    if code not in {rule.code for rule in calls.terms(application.version).documents}:
        raise refusals.unknown_document(code)


def _must_be_a_draft(application: Application, at: datetime) -> CallVersion:
    """The version in force, when the intake or a late exception admits a change and nothing is handed in."""
    # the row as `locked_for` read it says whether it stands under the version in force already
    version = (
        calls.current(application.call) if getattr(application, "superseded", True) else application.version
    )
    must_admit(application, calls.terms(version).round(application.round_id), at)
    if application.state == Application.State.SUBMITTED:
        raise refusals.not_editable(application.state)
    return version

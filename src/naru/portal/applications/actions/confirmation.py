"""The professor's word on a student's application (E-02): asked for, given, refused, taken back."""

from datetime import datetime

from django.db import transaction

from naru.portal.accounts.models import User
from naru.portal.applications import invitations, refusals, refused_confirmations
from naru.portal.applications.editing import editable, locked_for, must_be_open
from naru.portal.applications.models import Application, ProfessorConfirmation
from naru.portal.applications.parties import is_professor, must_belong
from naru.portal.audit.actions import fingerprint, record
from naru.portal.calls import queries as calls
from naru.portal.organisations.models import Professor

State = ProfessorConfirmation.State


@transaction.atomic
def ask_professor(*, by: User, at: datetime, application: Application) -> ProfessorConfirmation:
    """The student has the professor mailed an invitation, before the first submission or once more.

    Refused to others, for no student's application, without a product and a title to confirm, when confirmed
    already, and sooner than `invitations.PAUSE` after the mail before (E-02).
    """
    kept = locked_for(by, application)
    if kept.role != Application.Role.STUDENT or kept.state == Application.State.WITHDRAWN:
        raise refusals.nothing_to_confirm()
    if not (kept.product and kept.title):
        raise refused_confirmations.nothing_to_show()
    row = invitations.row_of(kept)
    if row.holds:
        raise refusals.already_confirmed(row.decided_at)
    if row.asked_at is not None and at < row.asked_at + invitations.PAUSE:
        raise refused_confirmations.asked_just_now(row.asked_at + invitations.PAUSE)
    row = invitations.ask(kept, at)
    facts = {"professor": kept.professor_id, "times": row.asked_times}
    record(
        by=by, at=at, action="applications.ask_professor", subject=kept, facts=facts, call_id=kept.call.slug
    )
    return row


@transaction.atomic
def confirm_student(*, by: User, at: datetime, application: Application) -> ProfessorConfirmation:
    """The supervising professor confirms a student's application, for the product it now names (E-02).

    Refused for anyone but the professor named, for another role, for a withdrawn application, before it has a
    title and a product, while another student of the professor is confirmed (E-04), and when confirmed.
    """
    kept, row = _named(by, application)
    if row.holds:
        raise refusals.already_confirmed(row.decided_at)
    if not (kept.product and kept.title):
        raise refused_confirmations.nothing_to_show()
    if (other := _another_confirmed(kept)) is not None:
        raise refused_confirmations.another_confirmed(other)
    row.professor, row.product = kept.professor, kept.product  # type: ignore[assignment]  # _named saw to it
    _decide(row, State.CONFIRMED, by, at, reason="")
    facts = {"professor": kept.professor_id, "product": kept.product}
    record(
        by=by, at=at, action="applications.confirm_student", subject=kept, facts=facts, call_id=kept.call.slug
    )
    return row


@transaction.atomic
def decline_student(
    *, by: User, at: datetime, application: Application, reason: str
) -> ProfessorConfirmation:
    """The professor does not confirm, or takes a confirmation back, with a reason the student is mailed.

    A confirmation is taken back before the close only (A-03); after it a person decides on screening.
    """
    kept, row = _named(by, application)
    if not reason.strip():
        raise refused_confirmations.no_reason()
    if row.state == State.CONFIRMED:
        must_be_open(calls.terms(calls.current(kept.call)).round(kept.round_id), at)
    taken_back = row.holds
    row.professor, row.product = kept.professor, kept.product  # type: ignore[assignment]  # as above
    _decide(row, State.DECLINED, by, at, reason=reason.strip())
    invitations.tell_student(kept, row, at)
    facts = {
        "professor": kept.professor_id,
        "taken_back": taken_back,
        "reason": fingerprint(row.reason),
    }
    record(
        by=by, at=at, action="applications.decline_student", subject=kept, facts=facts, call_id=kept.call.slug
    )
    return row


@transaction.atomic
def change_professor(
    *, by: User, at: datetime, application: Application, professor: Professor
) -> Application:
    """Name another professor of the same institution while it is a draft; the unit moves with it (E-04).

    Refused to others, outside the intake (A-03), once submitted, for a professor of another institution, and
    when this person has a live application with that professor.
    """
    kept = editable(by, application, at)
    if kept.role != Application.Role.STUDENT:
        raise refusals.nothing_to_confirm()
    must_belong(kept.applicant, kept.organisation, kept.role, professor)
    live = Application.objects.filter(call=kept.call, applicant=kept.applicant, unit=professor.unit)
    other = live.exclude(state=Application.State.WITHDRAWN).exclude(pk=kept.pk).first()
    if other is not None:
        raise refusals.already_applying(other.pk)
    kept.professor, kept.unit, kept.updated_at = professor, professor.unit, at
    kept.save(update_fields=["professor", "unit", "updated_at"])
    ProfessorConfirmation.objects.filter(application=kept).delete()
    facts = {"professor": professor.pk}
    record(
        by=by,
        at=at,
        action="applications.change_professor",
        subject=kept,
        facts=facts,
        call_id=kept.call.slug,
    )
    return kept


def _named(by: User, application: Application) -> tuple[Application, ProfessorConfirmation]:
    """The row, locked, with its confirmation, for the professor it names. Raises Refused (E-02)."""
    rows = Application.objects.select_for_update(of=("self",)).select_related(
        "call", "version", "professor", "applicant"
    )
    kept = rows.defer("version__snapshot").get(pk=application.pk)
    professor = kept.professor
    if (
        kept.role != Application.Role.STUDENT
        or professor is None
        or not is_professor(professor, by)
        or kept.state == Application.State.WITHDRAWN
    ):
        raise refusals.nothing_to_confirm()
    return kept, invitations.row_of(kept)


def _another_confirmed(kept: Application) -> str | None:
    """The number (or key) of another live application of the unit that the professor has confirmed."""
    others = Application.objects.filter(call=kept.call, unit=kept.unit, confirmation__state=State.CONFIRMED)
    others = others.exclude(pk=kept.pk).exclude(state=Application.State.WITHDRAWN)
    found = next((one for one in others.select_related("confirmation") if one.confirmation.holds), None)
    return None if found is None else found.number or str(found.pk)


def _decide(row: ProfessorConfirmation, state: State, by: User, at: datetime, *, reason: str) -> None:
    row.state, row.reason, row.decided_by, row.decided_at = state, reason, by, at
    row.save()

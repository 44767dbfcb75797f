"""The professor's invitation by mail: whom it names, its signed link, and how often it is sent."""

from datetime import datetime, timedelta

from django.core import signing
from django.urls import reverse

from naru.portal.accounts.models import User
from naru.portal.applications.models import Application, ProfessorConfirmation
from naru.portal.calls import queries as calls
from naru.portal.calls.models import CallVersion
from naru.portal.mail import outbox

PAUSE = timedelta(hours=12)
SALT = "applications.invitation"


def row_of(application: Application) -> ProfessorConfirmation:
    """The confirmation of an application, not yet saved where nobody has asked; it knows the application."""
    row = ProfessorConfirmation.objects.filter(application=application).first()
    row = row or ProfessorConfirmation(application=application, professor=application.professor)
    row.application = application
    return row


def ask(application: Application, at: datetime) -> ProfessorConfirmation:
    """Mail the professor named; the student's earlier answer from another professor or product is void."""
    row = _asked(row_of(application), application, at)
    reader = User.objects.filter(email=row.professor.email).first()
    letter = _letter(row, application, calls.current(application.call), reader.language if reader else None)
    outbox.put_many([letter], at=at)  # one query, whether or not it was written before
    return row


def _asked(row: ProfessorConfirmation, application: Application, at: datetime) -> ProfessorConfirmation:
    """The professor named is asked now."""
    professor = application.professor
    if professor is None:  # the model's constraint keeps it from happening for a student
        raise ValueError(f"application {application.pk}: no professor to ask")
    row.professor, row.product, row.state = professor, application.product, row.State.ASKED
    row.reason, row.decided_by, row.decided_at = "", None, None
    row.asked_at, row.asked_times = at, row.asked_times + 1
    row.save()
    return row


def _letter(
    row: ProfessorConfirmation, application: Application, version: CallVersion, language: str | None
) -> outbox.Letter:
    """The invitation; `language` is that of the professor's account, None without one."""
    terms, professor = calls.terms(version), row.professor
    return outbox.Letter(
        to=professor.email,
        language=language or "ko",
        name="applications/professor_invited",
        context={
            "application": application,
            "student": application.applicant.name,
            "professor": professor,
            "product": terms.resource(application.product).title,
            "closes_at": terms.round(application.round_id).last_closing,
            "path": reverse("applications:invited", args=[token_of(row)]),
            "account": language is not None,
        },
        about=application,
        key=f"invited:{application.pk}:{professor.pk}:{row.asked_times}",
    )


def ask_at_submission(application: Application, at: datetime) -> list[outbox.Letter]:
    """At the submission: when nobody asked this professor about this product before; the letter to send.

    The application is as `queries.pressed` read it, and stands under the version in force.
    """
    if application.role != Application.Role.STUDENT:
        return []
    row = getattr(application, "confirmation", None)
    row = row or ProfessorConfirmation(application=application, professor=application.professor)
    known = row.pk is not None and (row.professor_id, row.product) == (
        application.professor_id,
        application.product,
    )
    if known:
        return []
    language = application.professor_language  # type: ignore[attr-defined]  # annotated
    return [_letter(_asked(row, application, at), application, application.version, language)]


def tell_student(application: Application, row: ProfessorConfirmation, at: datetime) -> None:
    """Mail the student that the professor does not confirm, and why."""
    student = application.applicant
    outbox.put(
        to=student.email,
        language=student.language,
        name="applications/professor_declined",
        context={
            "application": application,
            "professor": row.professor,
            "reason": row.reason,
            "path": reverse("applications:confirmation", args=[application.pk]),
        },
        at=at,
        about=application,
    )


def token_of(row: ProfessorConfirmation) -> str:
    """What the link carries: the application and the address it was sent to, signed."""
    return signing.dumps([row.application_id, row.professor.email], salt=SALT, compress=True)


def read(token: str) -> tuple[int, str] | None:
    """Application and address of a link; None for one nobody signed."""
    try:
        application, email = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return int(application), str(email)

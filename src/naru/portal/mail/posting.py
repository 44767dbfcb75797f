"""From a row to a message, and the message to the mail server; nothing is written here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.charset import BASE64, Charset
from email.header import Header
from email.utils import parseaddr
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email

from naru.portal.mail.models import Mail

KOREAN = Charset("utf-8")
KOREAN.body_encoding = BASE64  # passes every relay, also one that does not know 8BITMIME
ERROR_LENGTH = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one try: no error when it was sent; a hopeless one is not tried again."""

    mail: Mail
    error: str = ""
    hopeless: bool = False


class Letter(EmailMessage):
    """A message whose long Korean subject begins on the header's own line: Django leaves that line empty."""

    def message(self, **options: Any) -> Any:
        """The MIME message, its subject checked by Django first."""
        made = super().message(**options)
        subject = str(self.subject)
        if not subject.isascii():
            made.replace_header("Subject", Header(subject, "utf-8", header_name="Subject"))
        return made


def send(mails: Sequence[Mail]) -> Iterator[Outcome]:
    """Send each over one connection, telling what became of it before the next one is begun.

    A failure is that mail's alone: the connection is opened anew for the next. A server that cannot be
    reached is asked once, and is the error of all that are left.
    """
    connection = get_connection()
    unreachable = ""
    try:
        for mail in mails:
            unreachable = unreachable or _opened(connection)
            error, hopeless = (unreachable, False) if unreachable else _sent(mail, connection)
            yield Outcome(mail=mail, error=error, hopeless=hopeless)
    finally:
        _closed(connection)


def message(mail: Mail, connection: BaseEmailBackend | None = None) -> Letter:
    """The message of a row. Whatever is tried twice has one Message-ID, by which a doubled one is known."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    made = Letter(
        subject=mail.subject,
        body=mail.body,
        to=[mail.to],
        connection=connection,
        headers={
            "Message-ID": f"<naru.{mail.pk}.{mail.queued_at:%Y%m%d%H%M%S%f}@{domain}>",
            "Auto-Submitted": "auto-generated",  # RFC 3834: no holiday replies
            "Content-Language": mail.language,
        },
    )
    made.encoding = KOREAN
    return made


def _opened(connection: BaseEmailBackend) -> str:
    """Empty when the server answers (or is connected still), else why it does not."""
    try:
        connection.open()
    except (OSError, SMTPException) as error:
        return _said(error)
    return ""


def _sent(mail: Mail, connection: BaseEmailBackend) -> tuple[str, bool]:
    try:
        validate_email(mail.to)
        message(mail, connection).send()
    except (OSError, SMTPException) as error:
        _closed(connection)
        return _said(error), False
    except (ValidationError, ValueError) as error:  # an address or header that is none: waiting mends nothing
        return _said(error), True
    return "", False


def _closed(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except (OSError, SMTPException):
        return  # it was broken already; what was sent is sent


def _said(error: Exception) -> str:
    """One line: what kind of error, and in the server's own words what it is."""
    if isinstance(error, SMTPRecipientsRefused):
        words = ", ".join(f"{code} {_text(reply)}" for code, reply in error.recipients.values())
    elif isinstance(error, SMTPResponseException):
        words = f"{error.smtp_code} {_text(error.smtp_error)}"
    else:
        words = str(error)
    return f"{type(error).__name__}: {words}"[:ERROR_LENGTH]


def _text(reply: bytes | str) -> str:
    return reply.decode(errors="replace") if isinstance(reply, bytes) else reply

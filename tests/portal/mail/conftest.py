"""Mails to be sent, a worker's round, and a mail server that can be told to misbehave."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from mailserver import MailServer

from naru.portal.mail import outbox
from naru.portal.mail.models import Mail

TEXT = "{{ title }}\n\n안녕하십니까. {{ title }}\n"
BEGAN = datetime(2025, 3, 3, 1, 0, tzinfo=UTC)


@pytest.fixture
def template(settings):
    loaders = [("django.template.loaders.locmem.Loader", {"mail/tried.txt": TEXT})]
    settings.TEMPLATES = [
        {"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {"loaders": loaders}}
    ]


@pytest.fixture
def put(template, db):
    """put("kim") -> a mail to kim@example.test, written in a transaction of its own."""

    def written(name="kim", *, at=BEGAN, title="접수했습니다", **given):
        context = {"title": title}
        with transaction.atomic():
            return outbox.put(
                to=f"{name}@example.test", language="ko", name="tried", context=context, at=at, **given
            )

    return written


@pytest.fixture
def mail(db):
    """mail("kim") -> a row made without any transaction, template or waking."""

    def made(name="kim", *, at=BEGAN, **fields):
        given = {"name": "tried", "language": "ko", "subject": "접수", "body": "본문\n"} | fields
        return Mail.objects.create(**{"to": f"{name}@example.test", "queued_at": at} | given)

    return made


@pytest.fixture
def clock(settings):
    """clock(timedelta) moves the pages' clock so that it reads BEGAN and that much more."""

    def set_to(after=timedelta()):
        settings.NARU_CLOCK_OFFSET = BEGAN + after - datetime.now(tz=UTC)

    set_to()
    return set_to


@pytest.fixture
def server(settings):
    """A real SMTP server on this machine; the portal's settings name it."""
    with MailServer() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = running.server_address
        settings.EMAIL_TIMEOUT = 5
        yield running

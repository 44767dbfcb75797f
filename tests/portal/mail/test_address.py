"""The mail server's address: what each form means, and that a mistake is told with the way to mend it."""

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured

from naru.portal.mail.address import FILES, SMTP, email


def test_starttls_with_a_password_that_needs_quoting():
    assert email("smtp+tls://naru%40org:p%2Fw%3A@mail.example") == {
        "EMAIL_BACKEND": SMTP,
        "EMAIL_HOST": "mail.example",
        "EMAIL_PORT": 587,
        "EMAIL_HOST_USER": "naru@org",
        "EMAIL_HOST_PASSWORD": "p/w:",
        "EMAIL_USE_TLS": True,
        "EMAIL_USE_SSL": False,
    }


@pytest.mark.parametrize(
    ("address", "port", "tls", "ssl"),
    [("smtps://h", 465, False, True), ("smtp://h:2525", 2525, False, False), ("smtp://h", 25, False, False)],
)
def test_other_servers(address, port, tls, ssl):
    made = email(address)
    assert (made["EMAIL_PORT"], made["EMAIL_USE_TLS"], made["EMAIL_USE_SSL"]) == (port, tls, ssl)


def test_a_folder():
    assert email("file:///srv/naru/%EB%A9%94%EC%9D%BC") == {
        "EMAIL_BACKEND": FILES,
        "EMAIL_FILE_PATH": "/srv/naru/메일",
    }


@pytest.mark.parametrize(
    "address", ["mail.example:587", "imap://h", "smtp://", "smtp://h:port", "file://", ""]
)
def test_anything_else_is_refused_with_what_to_write(address):
    with pytest.raises(ImproperlyConfigured, match="NARU_EMAIL_URL"):
        email(address)


@pytest.mark.parametrize(
    ("backend", "debug", "demo", "warned"),
    [(FILES, False, False, True), (FILES, True, False, False), (FILES, False, True, False),
     (SMTP, False, False, False)],
)  # fmt: skip
def test_a_portal_in_earnest_without_a_server_is_warned(settings, backend, debug, demo, warned):
    settings.EMAIL_BACKEND, settings.DEBUG, settings.NARU_DEMO = backend, debug, demo
    assert ("naru.W002" in {one.id for one in run_checks()}) is warned

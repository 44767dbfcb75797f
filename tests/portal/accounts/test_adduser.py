"""`naru portal adduser`: the first people of an installation come through the same actions."""

import io

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command

from naru.portal.accounts.models import User
from naru.portal.audit.models import Event


@pytest.fixture(autouse=True)
def _password(monkeypatch):
    monkeypatch.setenv("NARU_PASSWORD", "ferry-landing-7")


def test_user_with_roles(db):
    out = io.StringIO()
    call_command("adduser", "kim@example.test", name="김나루", role=["operator", "auditor"], stdout=out)
    user = User.objects.get()
    first, second = out.getvalue().splitlines()
    assert first == "kim@example.test: applicant, auditor, operator"
    assert second.startswith("second factor: at the first log-in (http://127.0.0.1:8000/accounts/login/)")
    assert (user.is_staff, user.check_password("ferry-landing-7")) == (True, True)
    assert EmailAddress.objects.filter(user=user, verified=True, primary=True).count() == 1
    assert Event.objects.count() == 3


def test_an_applicant_is_told_of_no_second_factor(db):
    out = io.StringIO()
    call_command("adduser", "kim@example.test", name="김나루", role=[], stdout=out)
    assert out.getvalue() == "kim@example.test: applicant\n"


def test_taken_address_changes_nothing(applicant_user):
    with pytest.raises(CommandError, match="이미 등록된"):
        call_command("adduser", "applicant@example.test", name="둘째", role=["operator"])
    assert User.objects.count() == 1

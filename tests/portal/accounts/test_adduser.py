"""`naru portal adduser`: the first people of an installation come through the same actions."""

import io

import pytest
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
    assert out.getvalue() == "kim@example.test: applicant, auditor, operator\n"
    assert (user.is_staff, user.check_password("ferry-landing-7")) == (True, True)
    assert Event.objects.count() == 3


def test_taken_address_changes_nothing(applicant_user):
    with pytest.raises(CommandError, match="이미 등록된"):
        call_command("adduser", "applicant@example.test", name="둘째", role=["operator"])
    assert User.objects.count() == 1

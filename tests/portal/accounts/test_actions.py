"""Accounts: e-mail is the name, roles are granted on record, doors name the role they need."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.test import RequestFactory

from naru.portal.accounts import rules as predicates
from naru.portal.accounts.access import actor, role_required
from naru.portal.accounts.actions import create_user, grant_role, revoke_role
from naru.portal.accounts.models import Role, RoleGrant, User
from naru.portal.audit.models import Event


def test_create_user_keeps_the_address_in_lower_case_and_writes_one_event(db, at):
    user = create_user(by=None, at=at, email=" Kim@Example.test", name="김나루", password="long enough")
    kept = User.objects.get(email="kim@example.test")
    assert (kept.name, kept.joined_at, kept.is_staff) == ("김나루", at, False)
    assert kept.check_password("long enough")
    assert list(Event.objects.values_list("action", "actor", "subject_id")) == [
        ("accounts.create_user", user.pk, str(user.pk))
    ]


def test_user_without_password_cannot_log_in(db, at, client):
    create_user(by=None, at=at, email="kim@example.test", name="김나루")
    assert not client.login(email="kim@example.test", password="")
    assert not User.objects.get().has_usable_password()


def test_an_address_belongs_to_one_account(applicant_user, at):
    with pytest.raises(ValidationError, match="이미 등록된"):
        create_user(by=None, at=at, email="APPLICANT@example.test", name="다른 사람")
    assert User.objects.count() == 1


def test_role_is_granted_once_and_revoked_on_record(applicant_user, operator, at):
    assert applicant_user.roles == {"applicant"}
    grant_role(by=operator, at=at, user=applicant_user, role="reviewer")
    assert applicant_user.roles == {"applicant", "reviewer"}
    with pytest.raises(ValidationError, match="평가위원"):
        grant_role(by=operator, at=at, user=applicant_user, role="reviewer")
    grant = revoke_role(by=operator, at=at, user=applicant_user, role="reviewer")
    assert applicant_user.roles == {"applicant"}
    assert RoleGrant.objects.filter(pk=grant.pk, revoked_by=operator, revoked_at=at).exists()
    with pytest.raises(ValidationError, match="평가위원"):
        revoke_role(by=operator, at=at, user=applicant_user, role="reviewer")
    events = Event.objects.filter(subject_type="accounts.rolegrant", subject_id=str(grant.pk))
    assert set(events.values_list("action", "actor")) == {
        ("accounts.grant_role", operator.pk),
        ("accounts.revoke_role", operator.pk),
    }


@pytest.mark.parametrize("role", Role.values)
def test_predicates_say_who_is_what(make_user, role):
    user = make_user("kim", *([] if role == "applicant" else [role]))
    held = {name for name in Role.values if getattr(predicates, f"is_{name}")(user)}
    assert held == {"applicant", role}
    assert user.has_perm("audit.read") == (role in {"operator", "auditor"})


def test_an_inactive_user_has_no_role(operator):
    operator.is_active = False
    assert not operator.has_role("operator", "applicant")


@role_required("operator", "auditor")
def room(request, number):
    return HttpResponse(f"room {number}")


def enter(user):
    request = RequestFactory().get("/room/7/?page=2")
    request.user = user
    return room(request, number=7)


def test_door_lets_the_named_roles_in(operator, auditor):
    assert [enter(person).content for person in (operator, auditor)] == [b"room 7", b"room 7"]


def test_door_names_the_roles_it_needs(reviewer):
    with pytest.raises(PermissionDenied, match="운영기관, 감사"):
        enter(reviewer)


def test_door_sends_a_visitor_to_log_in():
    answer = enter(AnonymousUser())
    assert (answer.status_code, answer.url) == (302, "/accounts/login/?next=/room/7/%3Fpage%3D2")


def test_actor_is_the_person_signed_in(operator):
    request = RequestFactory().get("/")
    request.user = operator
    assert actor(request) == operator
    request.user = AnonymousUser()
    with pytest.raises(PermissionDenied):
        actor(request)


def test_door_refuses_a_misspelt_role_at_import():
    with pytest.raises(ValueError, match="operater"):
        role_required("operater")

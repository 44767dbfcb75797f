import pytest
from django.urls import reverse
from simulated_year import INTAKE
from small_world import World

from naru.portal.applications import actions as applications
from naru.portal.applications.models import Application
from naru.portal.console import rooms

FIRST = [
    ("operator", "console:board"),
    ("auditor", "audit:events"),
    ("reviewer1", "evaluation:mine"),
    ("vendor_a", "screening:reviews"),
    ("cloud_a", "allocation:orders"),
]


@pytest.mark.parametrize(("person", "url_name"), FIRST)
def test_each_role_comes_to_its_own_first_page(client, db, person, url_name):
    client.force_login(getattr(World(), person))
    answer = client.get("/home/")
    assert (answer.status_code, answer["Location"]) == (302, reverse(url_name))


def test_an_applicant_comes_to_the_applications(client, applicant_user):
    client.force_login(applicant_user)
    assert client.get("/home/")["Location"] == reverse("applications:index")


def test_several_roles_get_a_page_of_doors(client, make_user):
    client.force_login(make_user("two", "operator", "reviewer"))
    shown = client.get("/home/").content.decode()
    doors = [reverse(name) for name in ("console:board", "evaluation:mine", "applications:index")]
    assert [shown.count(f'<h2 class="card-title"><a href="{door}">') for door in doors] == [1, 1, 1]
    assert shown.count("card-title") == 3


def test_logging_in_leads_to_ones_first_page(client, operator):
    form = {"login": "operator@example.test", "password": "naru-test-pw"}
    answer = client.post(reverse("account_login"), form)
    assert answer["Location"] == "/home/"


def test_a_visitor_is_asked_to_log_in(client, db):
    assert client.get("/home/")["Location"].startswith(reverse("account_login"))


def test_every_room_of_the_board_exists():
    assert [name for name in rooms.ROOMS.values() if not rooms.address(name)] == []
    doors = [*rooms.DOORS.values(), rooms.PROFESSOR, rooms.APPLICANT]
    assert [door.url_name for door in doors if not door.url] == []


def test_a_professor_comes_to_a_waiting_student_first_and_then_to_the_applications(client, db):
    world = World().upto("announced")
    draft = world.student_draft()
    client.force_login(world.professor_user)
    waiting, answered = reverse("applications:confirmations"), reverse("applications:index")
    assert client.get("/home/")["Location"] == waiting
    applications.ask_professor(by=world.student, at=INTAKE, application=draft)
    assert client.get("/home/")["Location"] == waiting
    applications.confirm_student(by=world.professor_user, at=INTAKE, application=draft)
    assert client.get("/home/")["Location"] == answered
    Application.objects.update(product="npu-120")
    assert client.get("/home/")["Location"] == waiting
    applications.decline_student(by=world.professor_user, at=INTAKE, application=draft, reason="가상의 사유")
    assert client.get("/home/")["Location"] == answered

import pytest
from django.urls import reverse
from small_world import World

GAINED = {
    "applied": [],
    "selected": ["selection:letter"],
    "awarded": ["selection:letter", "allocation:agreement"],
    "ordered": ["selection:letter", "allocation:agreement", "allocation:server"],
    "in_use": ["selection:letter", "allocation:agreement", "allocation:server", "progress:report"],
}


@pytest.fixture(autouse=True)
def _private_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize("step", GAINED)
def test_an_applicants_own_page_leads_to_every_page_the_year_has_opened(client, db, step):
    world = World().upto(step)
    application = world.awards[0].application if world.awards else world.applications[0]
    client.force_login(application.applicant)
    shown = client.get(reverse("applications:detail", args=[application.pk])).content.decode()
    every = [*GAINED["in_use"], "screening:corrections"]
    found = [name for name in every if f'href="{reverse(name, args=[application.pk])}"' in shown]
    assert found == GAINED[step]


def test_staff_read_the_application_without_the_applicants_pages(client, db):
    world = World().upto("in_use")
    client.force_login(world.operator)
    application = world.awards[0].application
    shown = client.get(reverse("applications:detail", args=[application.pk])).content.decode()
    assert reverse("allocation:agreement", args=[application.pk]) not in shown

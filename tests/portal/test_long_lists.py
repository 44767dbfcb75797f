"""A list that grows with the programme is cut into pages; what it counts above them is everything."""

import pytest
from django.conf import settings as configured
from every_page import busy, people
from many_rows import multiply
from seated import SeatedClient
from small_world import World

from naru.portal.allocation.models import Server

MORE = 60
LISTS = [  # who, address, the page in the context, its length, and the parameter that turns it
    ("operator", "/progress/", "page", 50, "page"),
    ("owner", "/progress/mine/", "page", 20, "page"),
    ("reviewer", "/evaluation/mine/?state=final", "page", 50, "page"),
]


@pytest.fixture
def crowd(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    world = busy(World(), settings)
    multiply(world, MORE)
    return people(world)


def seated(user):
    client = SeatedClient()
    client.force_login(user, backend=configured.AUTHENTICATION_BACKENDS[1])
    return client


def test_long_lists_are_cut_into_pages(crowd):
    for who, address, name, length, parameter in LISTS:
        client = seated(crowd[who])
        first = client.get(address).context[name]
        assert (len(first), first.paginator.count > MORE) == (length, True), address
        turned = f"{address}{'&' if '?' in address else '?'}{parameter}={first.paginator.num_pages}"
        last = client.get(turned).context[name]
        assert not {str(row) for row in first} & {str(row) for row in last}, address
        assert len(last) == first.paginator.count - length * (first.paginator.num_pages - 1), address


def test_orders_turn_their_pages_state_by_state(crowd):
    client = seated(crowd["cloud"])
    shown = {state: servers for state, _label, servers in client.get("/orders/").context["groups"]}
    state = max(shown, key=lambda one: shown[one].paginator.count)
    assert (len(shown[state]), shown[state].paginator.count > MORE) == (50, True)
    page = client.get(f"/orders/?{state}=2").context
    turned = {state: servers for state, _label, servers in page["groups"]}
    assert turned[state].number == 2
    assert page["total"] == Server.objects.filter(award__cloud__members__user=crowd["cloud"]).count()


def test_the_wall_counts_everything_whatever_page_is_open(crowd):
    client = seated(crowd["operator"])
    first, second = client.get("/progress/").context, client.get("/progress/?page=2").context
    assert first["counts"] == second["counts"]
    assert first["total"] == second["total"] > MORE
    assert not {row["award"].pk for row in first["rows"]} & {row["award"].pk for row in second["rows"]}

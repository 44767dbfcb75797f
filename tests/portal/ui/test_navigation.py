import pytest
from django.contrib.auth.models import AnonymousUser

from naru.portal.ui import navigation
from naru.portal.ui.navigation import EVERYONE, SIGNED_IN, Item


class Person:
    is_authenticated = True

    def __init__(self, *roles):
        self.roles = frozenset({"applicant", *roles})


@pytest.fixture(autouse=True)
def rooms(monkeypatch):
    monkeypatch.setattr(navigation, "_items", {})
    navigation.register(
        Item(label="견본(담당자)", url_name="ui_gallery_staff", roles=frozenset({"operator"}), order=20),
        Item(label="견본", url_name="ui_gallery", roles=frozenset({"operator", "auditor"}), order=10),
        Item(label="로그인", url_name="account_login", roles=frozenset({EVERYONE}), order=30),
        Item(label="로그아웃", url_name="account_logout", roles=frozenset({SIGNED_IN}), order=40),
        Item(label="가입", url_name="account_signup", roles=frozenset({"applicant"}), order=50),
    )


@pytest.mark.parametrize(
    ("person", "labels"),
    [
        (AnonymousUser(), ["로그인"]),
        (None, ["로그인"]),
        (Person(), ["로그인", "로그아웃", "가입"]),
        (Person("auditor"), ["견본", "로그인", "로그아웃"]),
        (Person("operator"), ["견본", "견본(담당자)", "로그인", "로그아웃"]),
    ],
)
def test_each_role_sees_its_rooms_in_order(person, labels):
    assert [link.label for link in navigation.links_for(person, "/elsewhere/")] == labels


def test_the_closest_room_is_current():
    links = navigation.links_for(Person("operator"), "/ui/staff/row/3/")
    assert [link.label for link in links if link.current] == ["견본(담당자)"]


def test_a_room_registered_twice_alike_is_one_room_and_otherwise_a_mistake():
    navigation.register(
        Item(label="가입", url_name="account_signup", roles=frozenset({"applicant"}), order=50)
    )
    assert len(navigation.registered()) == 5
    with pytest.raises(ValueError, match="account_signup is registered twice"):
        navigation.register(Item(label="다른 말", url_name="account_signup", roles=frozenset({"applicant"})))

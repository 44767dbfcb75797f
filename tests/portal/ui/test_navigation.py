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


def narrowed(concerns):
    return Item(
        label="좁힌 방", url_name="account_email", roles=frozenset({"applicant"}), order=60, concerns=concerns
    )


@pytest.mark.parametrize(("kept", "shown"), [(None, True), ([], False), (["account_email"], True)])
def test_a_narrowed_room_shows_to_those_it_concerns(kept, shown):
    navigation.register(narrowed(lambda _user: True))
    labels = [link.label for link in navigation.links_for(Person(), "/elsewhere/", kept)]
    assert ("좁힌 방" in labels) is shown


@pytest.mark.parametrize("answer", [True, False])
def test_log_in_remembers_which_rooms_concern_a_person(client, django_user_model, answer, db):
    from django.utils import timezone

    asked = []
    navigation.register(narrowed(lambda user: asked.append(user.pk) or answer))
    user = django_user_model.objects.create_user("kim@example.test", name="kim", joined_at=timezone.now())
    client.force_login(user)
    assert client.session["rooms"] == (["account_email"] if answer else [])
    client.get("/calls/")
    assert asked == [user.pk]  # a page asks nothing

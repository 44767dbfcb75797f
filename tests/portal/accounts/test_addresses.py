"""The address of a person is always a confirmed one; passwords; sessions; people and their roles."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client

from naru.portal.accounts import actions, queries, seen
from naru.portal.accounts.models import User
from naru.portal.accounts.templatetags.devices import device
from naru.portal.applications import parties
from naru.portal.audit.models import Event
from naru.portal.mail.models import Mail
from naru.portal.organisations.models import Professor


@pytest.fixture(autouse=True)
def _fresh_limits(db):
    cache.clear()


def log_in(user, agent="Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36"):
    client = Client(headers={"user-agent": agent})
    client.post("/accounts/login/", {"login": user.email, "password": "naru-test-pw"})
    return client


def ask_for(client, email):
    return client.post("/accounts/email/", {"email": email, "action_add": ""})


def confirm(client):
    mail = Mail.objects.filter(name="confirm_address").latest("pk")
    return client.post(re.search(r"http://127\.0\.0\.1:8000(/\S+)", mail.body)[1])


def test_a_pending_address_is_nobodys_before_it_is_confirmed(applicant_user):
    client = log_in(applicant_user)
    ask_for(client, "Professor@campus.test")
    applicant_user.refresh_from_db()
    assert applicant_user.email == "applicant@example.test"
    assert not parties.is_professor(Professor(email="professor@campus.test"), applicant_user)
    confirm(client)
    applicant_user.refresh_from_db()
    assert parties.is_professor(Professor(email="professor@campus.test"), applicant_user)
    event = Event.objects.get(action="accounts.change_email")
    assert (event.actor_id, "@" in str(event.facts)) == (applicant_user.pk, False)


def test_the_owner_of_a_pending_address_cannot_reset_the_password(applicant_user):
    ask_for(log_in(applicant_user), "typo@elsewhere.test")
    Client().post("/accounts/password/reset/", {"email": "typo@elsewhere.test"})
    assert not Mail.objects.filter(name="password_reset").exists()
    assert Mail.objects.get(name="account_unknown").to == "typo@elsewhere.test"


def test_an_address_somebody_signed_up_with_meanwhile_is_not_taken_over(applicant_user, make_user):
    client = log_in(applicant_user)
    ask_for(client, "late@example.test")
    make_user("late", verified=False)
    assert "다른 계정에서 쓰고 있습니다" in client.get(confirm(client).url, follow=True).content.decode()
    applicant_user.refresh_from_db()
    assert applicant_user.email == "applicant@example.test"
    address = EmailAddress.objects.get(email="late@example.test", user=applicant_user)
    with pytest.raises(ValidationError, match="다른 계정"):
        actions.confirm_address(by=applicant_user, at=applicant_user.joined_at, address=address)


def test_a_taken_address_is_not_given_away_by_the_change(applicant_user, operator):
    client = log_in(applicant_user)
    answers = [ask_for(client, email) for email in ("operator@example.test", "free@example.test")]
    assert len({(answer.status_code, answer.url) for answer in answers}) == 1


def test_a_changed_password_ends_the_other_sessions_and_is_told(applicant_user):
    here, there = log_in(applicant_user), log_in(applicant_user)
    form = {"oldpassword": "naru-test-pw", "password1": "new-ferry-pw-9", "password2": "new-ferry-pw-9"}
    assert here.post("/accounts/password/change/", form).status_code == 302
    assert here.get("/accounts/").status_code == 200
    assert there.get("/accounts/").status_code == 302
    assert Mail.objects.get(name="password_changed").to == "applicant@example.test"
    assert Event.objects.filter(action="accounts.change_password", actor=applicant_user).count() == 1
    assert len(queries.sessions(applicant_user)) == 1


def test_a_reset_link_works_once(applicant_user):
    client = Client()
    client.post("/accounts/password/reset/", {"email": "APPLICANT@example.test"})
    mail = Mail.objects.get()
    path = re.search(r"http://127\.0\.0\.1:8000(/\S+)", mail.body)[1]
    landed = client.get(path).url
    form = {"password1": "new-ferry-pw-9", "password2": "new-ferry-pw-9"}
    assert client.post(landed, form).url == "/accounts/password/reset/key/done/"
    assert User.objects.get().check_password("new-ferry-pw-9")
    assert "쓸 수 없는 링크입니다" in Client().get(path, follow=True).content.decode()


def test_only_ones_own_sessions_are_listed_and_ended(applicant_user, make_user):
    mine, theirs = log_in(applicant_user), log_in(make_user("other"))
    assert len(mine.get("/accounts/sessions/").context["sessions"]) == 1
    foreign = UserSession.objects.exclude(user=applicant_user).get()
    mine.post("/accounts/sessions/end/", {"session": foreign.pk})
    assert theirs.get("/accounts/").status_code == 200
    log_in(applicant_user), log_in(applicant_user)
    assert len(mine.get("/accounts/sessions/").context["sessions"]) == 3
    mine.post("/accounts/sessions/end/")
    assert len(mine.get("/accounts/sessions/").context["sessions"]) == 1
    event = Event.objects.get(action="accounts.end_sessions")
    assert event.facts == {"ended": 2}


def test_the_use_of_a_session_is_noted_every_ten_minutes(applicant_user, django_assert_num_queries):
    client = log_in(applicant_user)
    first = UserSession.objects.get().last_seen_at
    client.get("/accounts/")
    assert UserSession.objects.get().last_seen_at == first
    session = client.session
    session[seen.KEY] -= 601
    session.save()
    client.get("/accounts/")
    assert UserSession.objects.get().last_seen_at > first


def test_name_and_language_are_changed_by_their_owner(client, applicant_user):
    client.force_login(applicant_user)
    assert "name" in client.post("/accounts/", {"name": " ", "language": "en"}).context["form"].errors
    client.post("/accounts/", {"name": " 김강 ", "language": "en"})
    applicant_user.refresh_from_db()
    assert (applicant_user.name, applicant_user.language) == ("김강", "en")
    event = Event.objects.get(action="accounts.change_profile")
    assert event.facts == {"name_changed": True, "language": "en"}


@pytest.mark.parametrize("count", [10, 1000])
def test_the_list_of_people_costs_the_same_at_any_length(
    client, operator, at, count, django_assert_num_queries
):
    User.objects.bulk_create(
        User(email=f"p{number}@example.test", name=f"사람 {number:04d}", joined_at=at)
        for number in range(count)
    )
    client.force_login(operator)
    with django_assert_num_queries(6):  # one of them writes down that the list was read
        page = client.get("/people/")
    assert page.context["page_obj"].paginator.count == count + 1


def test_people_are_found_by_name_address_and_role(client, operator, reviewer, applicant_user):
    client.force_login(operator)

    def found(**asked):
        return [row.name for row in client.get("/people/", asked).context["page_obj"]]

    assert found() == ["applicant", "operator", "reviewer"]
    assert found(q="REVIEWER@") == ["reviewer"]
    assert found(role="operator") == ["operator"]
    assert found(q="nobody") == []


def test_an_operator_grants_and_revokes_on_a_persons_page(client, operator, applicant_user):
    client.force_login(operator)
    page = f"/people/{applicant_user.pk}/"
    client.post(f"{page}grant/", {"role": "reviewer"})
    client.post(f"{page}grant/", {"role": "captain"})
    assert [grant.role for grant in client.get(page).context["grants"]] == ["reviewer"]
    told = client.post(f"{page}grant/", {"role": "reviewer"}, follow=True)
    assert "이미 이 역할입니다" in told.content.decode()
    client.post(f"{page}revoke/", {"role": "reviewer"})
    assert User.objects.get(pk=applicant_user.pk).roles == {"applicant"}


def test_a_persons_page_stays_cheap(client, operator, reviewer, django_assert_max_num_queries):
    client.force_login(operator)
    with django_assert_max_num_queries(12):
        assert client.get(f"/people/{reviewer.pk}/").status_code == 200


@pytest.mark.parametrize(
    ("agent", "told"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0",
         "Edge, Windows"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 SamsungBrowser/26.0 Chrome/122.0 Mobile Safari",
         "Samsung Internet, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148 Safari/604.1",
         "Safari, iOS"),
        ("curl/8.0 <script>", "알 수 없는 기기"),
    ],
)  # fmt: skip
def test_a_browser_is_named_in_words(agent, told):
    assert device(agent) == told

"""Who acts for an organisation: invited by mail, asked in, handed over, never without an owner."""

import re
from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress

from naru.domain.decision import Refused
from naru.portal.audit.models import Event
from naru.portal.mail.models import Mail
from naru.portal.organisations import actions, locks
from naru.portal.organisations.actions import OrganisationDetails
from naru.portal.organisations.models import Invitation, JoinRequest, Member
from naru.portal.ui import clock

NUMBER = "1234567891"


@pytest.fixture(autouse=True)
def _now(monkeypatch, at):
    monkeypatch.setattr(clock, "now", lambda: at)


@pytest.fixture
def details():
    return OrganisationDetails(
        name="가상 비전",
        kind="sme",
        legal_form="corporation",
        business_number=NUMBER,
        started_on=date(2021, 5, 3),
        representatives=(("김가상", date(1990, 1, 2)),),
        simulated=True,
    )


@pytest.fixture
def company(applicant_user, at, details):
    return actions.create_organisation(by=applicant_user, at=at, details=details)


@pytest.fixture
def colleague(make_user):
    user = make_user("colleague")
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True})
    return user


@pytest.fixture
def member(company, colleague, applicant_user, at):
    return actions.add_member(by=applicant_user, at=at, organisation=company, user=colleague)


def token_of(mail):
    return re.search(r"/invitations/([\w-]+)/", mail.body).group(1)


def code(refused):
    return refused.value.finding.code


def test_an_invitation_goes_by_mail_and_is_accepted_once(client, company, colleague, applicant_user):
    client.force_login(applicant_user)
    client.post(f"/organisations/{company.pk}/invite/", {"email": colleague.email.upper()})
    mail = Mail.objects.get(name="organisations/invited")
    token = token_of(mail)
    assert (mail.to, token in Invitation.objects.get().token_sha256) == (colleague.email, False)
    client.force_login(colleague)
    assert client.get(f"/invitations/{token}/").status_code == 200
    assert not Member.objects.filter(user=colleague).exists()  # opening the link accepts nothing
    client.post(f"/invitations/{token}/")
    assert Member.objects.get(user=colleague).role == "member"
    assert "쓸 수 없는 초대" in client.post(f"/invitations/{token}/").content.decode()
    assert Event.objects.filter(action="organisations.accept_invitation").count() == 1


@pytest.mark.parametrize("later", [timedelta(days=14), timedelta(days=15)])
def test_an_invitation_lapses_after_fourteen_days(company, colleague, applicant_user, at, later):
    actions.invite(by=applicant_user, at=at, organisation=company, email=colleague.email)
    token = token_of(Mail.objects.get())
    with pytest.raises(Refused) as refused:
        actions.accept_invitation(by=colleague, at=at + later, token=token)
    assert code(refused) == "invitation_not_valid"
    last = at + timedelta(days=14) - timedelta(seconds=1)
    assert actions.accept_invitation(by=colleague, at=last, token=token).user == colleague


def test_only_the_invited_and_confirmed_address_may_accept(company, colleague, applicant_user, make_user, at):
    actions.invite(by=applicant_user, at=at, organisation=company, email=colleague.email)
    token = token_of(Mail.objects.get())
    with pytest.raises(Refused) as refused:
        actions.accept_invitation(by=make_user("other"), at=at, token=token)
    assert code(refused) == "invitation_for_another_address"
    EmailAddress.objects.filter(user=colleague).update(verified=False)
    with pytest.raises(Refused) as refused:
        actions.accept_invitation(by=colleague, at=at, token=token)
    assert code(refused) == "invitation_for_another_address"


def test_a_new_link_ends_the_old_one_and_a_revoked_one_is_dead(
    client, company, colleague, applicant_user, at
):
    client.force_login(applicant_user)
    client.post(f"/organisations/{company.pk}/invite/", {"email": colleague.email})
    invitation = Invitation.objects.get()
    client.post(f"/organisations/invitations/{invitation.pk}/resend/")
    new, old = (token_of(mail) for mail in Mail.objects.order_by("-pk"))
    for token in (old, "made-up"):
        with pytest.raises(Refused):
            actions.accept_invitation(by=colleague, at=at, token=token)
    client.post(f"/organisations/invitations/{invitation.pk}/revoke/")
    with pytest.raises(Refused):
        actions.accept_invitation(by=colleague, at=at, token=new)
    assert client.post(f"/organisations/invitations/{invitation.pk}/drop/").status_code == 404


def test_one_open_invitation_per_address_and_none_for_members(company, member, applicant_user, at):
    with pytest.raises(Refused) as refused:
        actions.invite(by=applicant_user, at=at, organisation=company, email=member.user.email)
    assert code(refused) == "member_already"
    actions.invite(by=applicant_user, at=at, organisation=company, email="a@example.test")
    with pytest.raises(Refused) as refused:
        actions.invite(by=applicant_user, at=at, organisation=company, email="A@example.test")
    assert code(refused) == "invited_already"
    later = at + timedelta(days=20)  # a lapsed one may be sent anew
    assert actions.invite(by=applicant_user, at=later, organisation=company, email="a@example.test")


def test_members_do_not_do_what_owners_do(company, member, applicant_user, details, at):
    by = {"by": member.user, "at": at}
    own = company.members.get(user=applicant_user)
    for act in (
        lambda: actions.invite(**by, organisation=company, email="x@example.test"),
        lambda: actions.remove_member(**by, member=own),
        lambda: actions.hand_over(**by, member=member),
        lambda: actions.update_details(**by, organisation=company, details=details),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert code(refused) == "not_the_owner"


def test_there_is_always_an_owner(client, company, member, applicant_user, colleague):
    client.force_login(applicant_user)
    page = client.post(f"/organisations/{company.pk}/leave/", follow=True).content.decode()
    assert "대표 담당자가 한 명뿐이라" in page
    client.post(f"/organisations/members/{member.pk}/hand-over/")
    roles = dict(company.members.values_list("user", "role"))
    assert roles == {applicant_user.pk: "member", colleague.pk: "owner"}
    client.post(f"/organisations/{company.pk}/leave/")
    assert list(company.members.values_list("user", flat=True)) == [colleague.pk]
    assert client.get(f"/organisations/{company.pk}/").status_code == 404


def test_an_owner_removes_a_member_but_no_owner(client, company, member, applicant_user):
    client.force_login(applicant_user)
    own = company.members.get(user=applicant_user)
    client.post(f"/organisations/members/{own.pk}/remove/")
    client.post(f"/organisations/members/{member.pk}/remove/")
    assert list(company.members.values_list("pk", flat=True)) == [own.pk]


@pytest.mark.parametrize(("act", "joined", "words"), [("accept", 2, "되었습니다"), ("decline", 1, "거절")])
def test_a_person_asks_to_join_and_the_owner_answers(
    client, company, colleague, applicant_user, act, joined, words
):
    client.force_login(colleague)
    client.post("/organisations/join/", {"business_number": "123-45-67891"})
    again = client.post("/organisations/join/", {"business_number": NUMBER}).content.decode()
    assert "이미 요청하고" in again
    assert Mail.objects.get(name="organisations/joining_asked").to == applicant_user.email
    asked = JoinRequest.objects.get()
    client.force_login(applicant_user)
    assert colleague.email in client.get(f"/organisations/{company.pk}/").content.decode()
    client.post(f"/organisations/requests/{asked.pk}/{act}/")
    assert company.members.count() == joined
    mail = Mail.objects.get(name="organisations/joining_answered")
    assert (mail.to, words in mail.subject) == (colleague.email, True)
    with pytest.raises(Refused) as refused:
        actions.answer_request(by=applicant_user, at=asked.asked_at, joining=asked, accept=True)
    assert code(refused) == "joining_answered"


def test_a_number_nobody_entered_cannot_be_joined(client, colleague):
    client.force_login(colleague)
    page = client.post("/organisations/join/", {"business_number": NUMBER}).content.decode()
    assert "등록되지 않은 사업자등록번호" in page


def form_data(**changes):
    return {
        "name": "가상 비전 2",
        "kind": "venture",
        "legal_form": "corporation",
        "corporate_number": "",
        "started_on": "2021-05-04",
        "fiscal_year_end_month": "3",
        "representative_1": "박가상",
        "born_1": "1991-02-03",
    } | changes


def test_an_owner_changes_details_and_every_change_is_on_record(client, company, applicant_user):
    client.force_login(applicant_user)
    assert client.post(f"/organisations/{company.pk}/edit/", form_data()).status_code == 302
    company.refresh_from_db()
    people = [(one.name, one.birth_date) for one in company.representatives.all()]
    assert (company.name, company.business_number, people) == (
        "가상 비전 2",
        NUMBER,
        [("박가상", date(1991, 2, 3))],
    )
    event = Event.objects.get(action="organisations.update_details")
    assert event.facts["changed"] == [
        "name",
        "kind",
        "started_on",
        "fiscal_year_end_month",
        "representatives",
    ]
    assert "박가상" not in str(event.facts)


def test_a_doubtful_corporate_number_is_a_warning_only(client, company, applicant_user):
    client.force_login(applicant_user)
    page = client.post(
        f"/organisations/{company.pk}/edit/", form_data(corporate_number="110111-1234567"), follow=True
    ).content.decode()
    assert "검사 규칙과 맞지 않습니다" in page
    company.refresh_from_db()
    assert company.corporate_number == "1101111234567"
    assert (
        client.post(f"/organisations/{company.pk}/edit/", form_data(corporate_number="12")).status_code == 200
    )


def test_a_step_that_holds_the_details_is_heard(company, applicant_user, details, at, monkeypatch):
    from naru.domain.decision import refusal
    from naru.domain.terms import Text

    held = refusal("A-03", "held", Text(ko="잡힘", en="held"), Text(ko="푸십시오", en="free it"))
    monkeypatch.setattr(locks, "_locks", [lambda _organisation: held])
    with pytest.raises(Refused) as refused:
        actions.update_details(by=applicant_user, at=at, organisation=company, details=details)
    assert code(refused) == "held"


@pytest.mark.parametrize(
    ("role", "status"), [("applicant", 404), ("operator", 200), ("auditor", 200), ("reviewer", 404)]
)
def test_a_stranger_sees_no_organisation(client, company, make_user, role, status):
    client.force_login(make_user("other", *([] if role == "applicant" else [role])))
    answer = client.get(f"/organisations/{company.pk}/")
    assert answer.status_code == status
    assert "1990" not in answer.content.decode()  # birth dates are the members' alone
    assert client.get(f"/organisations/{company.pk}/edit/").status_code == 404
    asked = client.post(f"/organisations/{company.pk}/invite/", {"email": "x@y.zz"})
    assert asked.status_code == (403 if role == "auditor" else 404)


def test_pages_cost_few_queries(client, company, member, applicant_user, django_assert_max_num_queries):
    client.force_login(applicant_user)
    with django_assert_max_num_queries(12):
        client.get(f"/organisations/{company.pk}/")
    with django_assert_max_num_queries(8):
        client.get("/organisations/")

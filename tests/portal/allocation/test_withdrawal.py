"""Giving an award up: what the page and the mail say follows, and that each of it is so (L-03)."""

import pytest
from awarded import DAY, MATCHED, events, refused

from naru.portal.allocation import actions
from naru.portal.allocation.models import Award, Server
from naru.portal.applications.models import Application
from naru.portal.mail.models import Mail
from naru.portal.organisations.models import Member, Restriction
from naru.portal.progress import actions as progress
from naru.portal.progress.models import RestrictionCase
from naru.portal.ui import clock

LATER = MATCHED + 30 * DAY
LIMITED = (
    "다음 해부터 1년 동안 참여가 제한될 수 있습니다 (L-03). 저절로 제한되지는 않습니다. "
    "담당자가 사실을 적어 미리 알리고, 20일 동안 의견을 받은 뒤 정합니다."
)


@pytest.fixture
def award(stage, acts):
    stage.selected(1)
    return acts.opened(stage)[0]


@pytest.fixture
def read(client, award, monkeypatch):
    """The page of giving up, as the awardee reads it."""
    monkeypatch.setattr(clock, "now", lambda: LATER)
    client.force_login(award.application.applicant)

    def page(language="ko"):
        client.cookies["django_language"] = language
        return client.get(f"/applications/{award.application_id}/withdrawal/").content.decode()

    return page


def withdrawn(award, by=None):
    actions.withdraw(by=by or award.application.applicant, at=LATER, award=award, reason="연구 인력이 떠남")
    return list(Mail.objects.filter(name="allocation/withdrawn").order_by("pk"))


@pytest.mark.requirement("L-03")
def test_with_a_server_in_use_page_and_mail_say_what_follows(award, acts, read):
    award = acts.in_use(award)
    page = read()
    [mail] = withdrawn(award)
    assert (mail.to, mail.about) == (
        award.application.applicant.email,
        f"applications.application:{award.application_id}",
    )
    for told in (page, mail.body):
        assert LIMITED in told
        assert "진도 보고와 설문은 그대로 내셔야 합니다 (P-01, P-05)." in told
        assert "빈 자리는 같은 상품의 대기자에게 넘어갑니다." in told
    assert "서버가 바로 회수되고" in page
    assert "서버가 회수되어 안에 있던 자료에 접속할 수 없습니다." in mail.body
    assert "연구 인력이 떠남" in mail.body
    assert (Server.objects.get().state, Award.objects.get().state) == ("returned", "withdrawn")


@pytest.mark.requirement("L-03")
def test_nothing_is_restricted_before_a_person_has_given_notice(award, acts):
    withdrawn(acts.in_use(award))
    assert (RestrictionCase.objects.count(), Restriction.objects.count()) == (0, 0)


def test_before_a_server_is_ordered_neither_speaks_of_one(award, acts, read):
    acts.signed(award)
    page = read()
    [mail] = withdrawn(award)
    assert "협약은 여기서 끝나고 서버를 주문하지 않습니다." in page
    assert "협약은 끝났고 서버를 주문하지 않습니다." in mail.body
    for told in (page, mail.body):
        assert LIMITED in told
        assert "회수" not in told
        assert "설문" not in told


def test_the_place_goes_to_who_waits(stage, award, operator):
    from naru.portal.calls.models import FrozenQuota

    FrozenQuota.objects.update(seats=1)
    waiting = stage.waiting(2)
    withdrawn(award)
    offer = actions.refill(by=operator, at=LATER, call=stage.call).offers.get()
    actions.accept_offer(by=waiting.applicant, at=LATER, offer=offer)
    assert Award.objects.get(state="agreement").application == waiting


def test_a_colleague_gives_up_and_both_are_told_in_their_language(award, make_user):
    colleague = make_user("colleague", language="en")
    company = award.application.organisation
    Member.objects.create(organisation=company, user=colleague, role="member", added_at=MATCHED)
    mails = withdrawn(award, by=colleague)
    assert [(mail.to, mail.language) for mail in mails] == [
        (award.application.applicant.email, "ko"),
        (colleague.email, "en"),
    ]
    assert "It is not automatic: a person states the facts in a prior notice" in mails[1].body


def test_a_refused_withdrawal_mails_nobody(award):
    withdrawn(award)
    with pytest.raises(Exception, match="wrong_state"):
        withdrawn(award)
    assert Mail.objects.filter(name="allocation/withdrawn").count() == 1


@pytest.fixture
def placed(stage):
    """A selected application with a server by the confirmed matching, its agreement not open yet."""
    made = stage.selected(1)
    Application.objects.update(settled_at=MATCHED, announced_at=MATCHED)
    return Application.objects.get(pk=made.pk)


@pytest.mark.requirement("L-03")
def test_between_the_matching_and_the_agreement_the_place_is_given_up_as_well(
    client, stage, placed, acts, monkeypatch
):
    """Whoever has been given a server may give it up before the agreement is open; the same follows."""
    monkeypatch.setattr(clock, "now", lambda: LATER)
    client.force_login(placed.applicant)
    address = f"/applications/{placed.pk}/withdrawal/"
    assert f'href="{address}"' in client.get(placed.get_absolute_url()).text
    page = client.get(address).text
    assert LIMITED in page
    assert "협약을 열지 않고 서버를 주문하지 않습니다." in page
    assert client.post(address, {"reason": " "}).status_code == 422
    assert (
        client.post(address, {"reason": "연구 인력이 떠남", "understood": "on"}).url
        == placed.get_absolute_url()
    )
    award = Award.objects.get()
    assert (award.state, award.ended_at, award.withdrawal.reason) == ("withdrawn", LATER, "연구 인력이 떠남")
    assert events("allocation.decline") == 1
    [mail] = Mail.objects.filter(name="allocation/withdrawn")
    assert LIMITED in mail.body
    progress.notice_case(by=stage.operator, at=LATER, award=award, ground="withdrawal", facts="포기함")
    assert refused("awards_open_already", acts.opened, stage=stage) == "R-07"
    assert client.get(placed.get_absolute_url()).status_code == 200


def test_without_a_place_of_ones_own_there_is_nothing_to_give_up(client, stage, placed, operator, acts):
    waiting = stage.waiting(2)
    given = {"at": LATER, "reason": "사정"}
    said = refused("no_place", actions.decline, by=waiting.applicant, application=waiting, **given)
    assert said == "L-03"
    assert (
        refused("not_your_application", actions.decline, by=operator, application=placed, **given) == "E-01"
    )
    client.force_login(waiting.applicant)
    assert client.get(f"/applications/{waiting.pk}/withdrawal/").status_code == 404
    assert client.get(f"/applications/{placed.pk}/withdrawal/").status_code == 404
    acts.opened(stage)
    assert refused("no_place", actions.decline, by=placed.applicant, application=placed, **given) == "L-03"


def test_the_page_says_it_in_english(read):
    assert "for 1 year(s) from next year (L-03). It is not automatic" in read("en")

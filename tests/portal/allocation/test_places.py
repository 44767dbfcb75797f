"""Withdrawal: the server goes back and the reason is kept."""

import pytest
from awarded import DAY, MATCHED, refused

from naru.portal.allocation import actions
from naru.portal.allocation.models import Award, Server, Withdrawal
from naru.portal.audit.models import Event

pytestmark = pytest.mark.django_db
LATER = MATCHED + 30 * DAY


def test_a_withdrawal_releases_the_server_and_is_on_record(stage, acts):
    stage.selected(1)
    award = acts.in_use(acts.opened(stage)[0])
    awardee = award.application.applicant
    withdrawal = actions.withdraw(by=awardee, at=LATER, award=award, reason="인력 부족")
    assert Withdrawal.objects.get() == withdrawal
    server = Server.objects.get()
    assert (server.state, server.phase, server.returned_at) == ("returned", "released", LATER)
    assert Award.objects.get().state == "withdrawn"
    event = Event.objects.get(action="allocation.withdraw")
    assert event.facts["released"] == server.reference
    refused("wrong_state", actions.withdraw, by=awardee, at=LATER, award=award, reason="다시")


def test_a_withdrawal_says_why(stage, acts):
    stage.selected(1)
    (award,) = acts.opened(stage)
    awardee = award.application.applicant
    assert (
        refused("reason_missing", actions.withdraw, by=awardee, at=LATER, award=award, reason=" ") == "L-03"
    )

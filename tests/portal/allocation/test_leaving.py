"""One story: somebody leaves, the place is passed on by offers, a case restricts who left (L-03)."""

import pytest
from awarded import DAY, MATCHED

from naru.portal.allocation import actions, queries
from naru.portal.allocation.models import Award, Server
from naru.portal.calls.models import FrozenQuota
from naru.portal.organisations.models import Restriction
from naru.portal.progress import actions as progress

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("L-03", "R-05")]
LATER = MATCHED + 30 * DAY


def people(numbers):
    return [one.application.number[-1] for one in numbers]


def test_who_leaves_is_judged_and_who_waits_moves_up(stage, acts):
    """Leaving frees the server and may restrict; the place goes by offers to who waits."""
    FrozenQuota.objects.update(seats=3)
    for number, sector in ((1, "private"), (2, "private"), (3, "public")):
        stage.selected(number, sector=sector)
    leaves, *stay = [acts.in_use(award) for award in acts.opened(stage)]
    for number, sector in ((4, "public"), (5, "private"), (6, "private")):
        stage.waiting(number, sector=sector)
    actions.withdraw(by=leaves.application.applicant, at=LATER, award=leaves, reason="인력 부족")
    assert Server.objects.get(award=leaves).phase == "released"

    first = actions.refill(by=stage.operator, at=LATER, call=stage.call)
    told = {one.application.number[-1]: one.code for one in first.decisions.all()}
    # with 4 there would be two publics of three: 5, of a later rank, is offered the place
    assert told == {"4": "NO_FREE_SERVER", "5": "OFFERED", "6": "NO_FREE_SERVER"}
    declines = first.offers.get()
    actions.decline_offer(by=declines.application.applicant, at=LATER + DAY, offer=declines)

    second = actions.refill(by=stage.operator, at=LATER + DAY, call=stage.call)
    assert people(second.offers.all()) == ["6"]
    takes = second.offers.get()
    won = actions.accept_offer(by=takes.application.applicant, at=LATER + 2 * DAY, offer=takes)
    assert (won.state, won.source) == ("agreement", "refill")
    assert people(queries.waiting_list(stage.call, "npu-60")) == ["4"]
    assert set(Award.objects.filter(state="in_use")) == set(stay)

    case = progress.notice_case(
        by=stage.operator, at=LATER, award=leaves, ground="withdrawal", facts="가상의 사실"
    )
    progress.decide_case(
        by=stage.operator, at=LATER + 40 * DAY, case=case, restrict=True, reason="가상의 사유"
    )
    assert list(Restriction.objects.values_list("unit", flat=True)) == [leaves.application.unit]

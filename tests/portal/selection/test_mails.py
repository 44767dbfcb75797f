"""One decision mail per applicant: held, replaced unsaid, released at publication; then only corrections."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from refusing import one_event, refusal
from selecting import HOUR, SELECTING, entry
from selection_steps import confirmed, matched, proposed, published, words

from naru.portal.applications.models import Application
from naru.portal.mail import queries as mail
from naru.portal.mail.models import Mail
from naru.portal.selection import actions, queries
from naru.portal.selection.models import Correction, SelectionRun

LATER = SELECTING + 2 * HOUR
WHY = "가상 평가위원의 제척 사유가 뒤늦게 확인됨"


def replaced(ready, at=LATER):
    """A run of now proposed in place of the one that counts, and confirmed by two."""
    run = actions.propose(by=ready.operator, at=at, call=ready.call, round_id="1", replacing_reason=WHY)
    for person in (ready.operator, ready.operator2):
        actions.confirm(by=person, at=at, run=run)
    return SelectionRun.objects.get(pk=run.pk)


def excluded(row):
    """The application takes no part in what is run from now on."""
    row.screening.decision = "ineligible"
    row.screening.save()


@pytest.mark.requirement("R-06")
def test_the_second_confirmation_writes_one_mail_per_applicant_and_holds_it(client, ready):
    rows = ready.entered(entry(1, 90), entry(2, 80, sector="public"), entry(3, 70))
    excluded(rows["2025-npu-0003"])
    ready.closed()
    run = proposed(ready)
    actions.confirm(by=ready.operator, at=SELECTING, run=run)
    assert not Mail.objects.exists()
    _kept, event = one_event(actions.confirm, by=ready.operator2, at=SELECTING, run=run)
    assert event.facts["mails"] == 3
    held = list(mail.of_batch(run))
    assert [one.state for one in held] == ["held"] * 3
    assert not mail.due(LATER).exists()
    selected, waiting, out = held
    assert "결과: 선정 (1위, 90.00점)" in selected.body
    assert "결과: 예비 1번 (80.00점)" in waiting.body
    assert "C-05" in waiting.body
    assert "결과: 선정평가 대상이 아님" in out.body
    assert f"/applications/{rows['2025-npu-0001'].pk}/result/" in selected.body
    client.force_login(ready.operator)
    shown = words(client.get(f"/selection/runs/{run.pk}/mails/"))
    assert shown.count("공개 전 보관") == 3
    client.force_login(rows["2025-npu-0001"].applicant)
    assert selected.subject not in words(client.get(f"/applications/{rows['2025-npu-0001'].pk}/"))
    assert client.get(f"/selection/runs/{run.pk}/mails/").status_code == 403


@pytest.mark.requirement("R-06")
def test_publishing_lets_them_go_once(ready):
    rows = ready.entered(entry(1, 90), entry(2, 80))
    ready.closed()
    run = confirmed(ready)
    gone = rows["2025-npu-0002"]
    Application.objects.filter(pk=gone.pk).update(state="withdrawn")
    _run, event = one_event(actions.publish, by=ready.operator, at=LATER, run=run)
    assert event.facts["mails"] == 1
    assert [one.to for one in mail.due(LATER)] == [rows["2025-npu-0001"].applicant.email]


def test_publishing_costs_the_same_for_any_number_of_applicants(ready):
    costs = []
    for count in (3, 60):
        SelectionRun.objects.all().update(state="superseded")
        Mail.objects.all().delete()
        ready.entered(*(entry(count * 100 + n, 90) for n in range(count)))
        if not costs:
            ready.closed()
        run = confirmed(ready)
        with CaptureQueriesContext(connection) as asked:
            actions.publish(by=ready.operator, at=LATER, run=run)
        costs.append(len(asked))
        ready.call.seeds.update(revealed_at=None)
    assert costs[0] == costs[1]
    assert Mail.objects.filter(held=False).count() == 63


@pytest.mark.requirement("R-06")
def test_replacing_a_confirmed_result_replaces_its_mails_before_anybody_is_told(ready):
    rows = ready.entered(entry(1, 90), entry(2, 80))
    ready.closed()
    first = confirmed(ready)
    excluded(rows["2025-npu-0002"])
    again = {"by": ready.operator, "at": LATER, "call": ready.call, "round_id": "1"}
    assert refusal(actions.propose, **again) == ("R-06", "selection_in_force")
    second = replaced(ready)
    first.refresh_from_db()
    assert (first.state, second.state, second.replaces) == ("superseded", "confirmed", first)
    assert not mail.of_batch(first).exists()
    assert [one.state for one in mail.of_batch(second)] == ["held", "held"]
    assert "선정평가 대상이 아님" in mail.of_batch(second)[1].body
    settled = {row.number[-1]: row.settled_at for row in Application.objects.all()}
    assert settled == {"1": SELECTING, "2": None}
    assert not Correction.objects.exists()
    actions.publish(by=ready.operator, at=LATER, run=second)
    assert mail.due(LATER).count() == 2


@pytest.mark.requirement("R-06")
def test_a_public_result_is_only_corrected_and_only_those_concerned_are_told(client, ready):
    rows = ready.entered(entry(1, 95), entry(2, 90), entry(3, 85, sector="public"), entry(4, 80))
    ready.closed()
    first = published(ready)
    excluded(rows["2025-npu-0004"])
    client.force_login(ready.operator)
    assert "정정 메일" in words(client.get("/selection/"))
    run = actions.propose(by=ready.operator, at=LATER, call=ready.call, round_id="1", replacing_reason=WHY)
    assert "바로잡는 모의 결과" in words(client.get(f"/selection/runs/{run.pk}/"))
    actions.confirm(by=ready.operator, at=LATER, run=run)
    first.refresh_from_db()
    assert first.state == "published"
    client.force_login(ready.operator2)
    assert "1곳에만" in words(client.get(f"/selection/runs/{run.pk}/confirm/"))
    _kept, event = one_event(actions.confirm, by=ready.operator2, at=LATER, run=run)
    assert (event.facts["state"], event.facts["corrected"]) == ("published", 1)
    run.refresh_from_db()
    assert (run.state, run.published_at) == ("published", LATER)
    (row,) = Correction.objects.all()
    assert (row.application.number, row.before.status, row.after) == ("2025-npu-0004", "selected", None)
    assert Mail.objects.filter(name="selection/decision").count() == 4
    (told,) = Mail.objects.filter(name="selection/corrected")
    assert told.to == rows["2025-npu-0004"].applicant.email
    assert "앞 결과: 선정 (4위, 80.00점)" in told.body
    assert "바로잡은 결과: 선정평가 대상이 아님" in told.body
    assert WHY in told.body
    assert not told.held
    assert "바로잡은 결과입니다" in words(client.get("/calls/2025-npu/results/"))
    client.force_login(rows["2025-npu-0004"].applicant)
    letter = words(client.get(f"/applications/{rows['2025-npu-0004'].pk}/result/"))
    assert WHY in letter
    client.force_login(rows["2025-npu-0001"].applicant)
    assert WHY not in words(client.get(f"/applications/{rows['2025-npu-0001'].pk}/result/"))


@pytest.mark.requirement("R-07")
def test_once_servers_are_handed_out_nobody_loses_one_by_a_new_run(ready):
    ready.entered(entry(1), entry(2))
    ready.closed()
    run = published(ready)
    later = actions.propose(by=ready.operator, at=LATER, call=ready.call, round_id="1", replacing_reason=WHY)
    actions.confirm(by=ready.operator, at=LATER, run=later)
    ready.supplied(3)
    matched(ready, run)
    again = {"by": ready.operator, "at": LATER, "call": ready.call, "round_id": "1", "replacing_reason": WHY}
    assert refusal(actions.propose, **again) == ("R-07", "servers_handed_out")
    assert refusal(actions.confirm, by=ready.operator2, at=LATER, run=later) == ("R-07", "servers_handed_out")


def test_a_matching_of_a_replaced_selection_cannot_be_confirmed(ready):
    ready.entered(entry(1), entry(2))
    ready.closed()
    run = confirmed(ready)
    ready.supplied(3)
    matching = actions.run_matching(by=ready.operator, at=SELECTING, selection=run)
    replaced(ready)
    given = {"by": ready.operator, "at": LATER, "matching": matching}
    assert refusal(actions.confirm_matching, **given) == ("R-07", "selection_replaced")
    assert queries.in_force(ready.call, "1").replaces == run

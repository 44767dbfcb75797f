"""What the close of an intake means to screening: it stays closed, and who came in after it is named."""

from datetime import timedelta

import pytest
from simulated_year import CLOSE, INTAKE, SCREENING, answers, company, person

from naru.domain.decision import Refused
from naru.portal.applications import actions as applications
from naru.portal.applications.answers import DocumentDates
from naru.portal.applications.judging import judge
from naru.portal.calls import actions as calls
from naru.portal.calls import closing
from naru.portal.calls import queries as read
from naru.portal.demo.papers import paper
from naru.portal.screening import actions
from naru.portal.ui import clock

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.mark.requirement("A-03")
def test_the_card_names_the_late_exception_with_both_persons_the_instants_and_the_reason(
    client, year, operator, operator2, monkeypatch
):
    """Whoever screens an application let in after the close reads who let it in, when and why."""
    owner = person("late")
    draft = applications.start(
        by=owner, at=INTAKE, call=year.call, round_id="1", organisation=company(1, owner), kind="sme",
        role="company",
    )  # fmt: skip
    applications.save_answers(by=owner, at=INTAKE, application=draft, answers=answers(year.terms))
    applications.attach_document(
        by=owner, at=INTAKE, application=draft, code="sme_certificate",
        file=judge(paper("sme_certificate"), "가상 확인서.pdf"), dates=DocumentDates(),
    )  # fmt: skip
    unused = applications.grant_exception(
        by=operator, at=CLOSE + HOUR, application=draft, reason="쓰지 않은 사유", until=CLOSE + 3 * HOUR
    )
    made = applications.grant_exception(
        by=operator, at=CLOSE + 2 * HOUR, application=draft, reason="누리집 장애", until=CLOSE + 5 * HOUR
    )
    applications.confirm_exception(by=operator2, at=CLOSE + 3 * HOUR, exception=made)
    applications.submit(by=owner, at=CLOSE + 4 * HOUR, application=draft, key="late")
    screening = actions.find(by=operator, at=SCREENING, application=draft)
    monkeypatch.setattr(clock, "now", lambda: SCREENING)
    client.force_login(operator)
    card = client.get(f"/screening/{screening.pk}/").text
    assert "마감 후 접수 예외" in card
    assert "operator: 2025년 3월 17일(월) 17:00에 요청" in card
    assert "operator2: 2025년 3월 17일(월) 18:00에 확정" in card
    assert "1판을 2025년 3월 17일(월) 19:00에 접수" in card
    assert "사유: 누리집 장애" in card
    assert unused.reason not in card


@pytest.mark.requirement("C-07")
def test_a_closed_intake_does_not_open_again_once_its_screening_has_begun(
    client, year, operator, monkeypatch
):
    """After the close the intake may still be extended, until screening of the round begins."""
    application = year.submitted(1)
    given = {"by": operator, "call": year.call, "round_id": "1", "reason": "장애"}
    calls.extend(at=CLOSE + HOUR, closes_at=CLOSE + 2 * HOUR, **given)
    late = CLOSE + 3 * HOUR
    screening = actions.find(by=operator, at=late, application=application)
    with pytest.raises(Refused) as caught:
        calls.extend(at=late, closes_at=late + DAY, **given)
    said = caught.value.finding
    assert (said.clause, said.code) == ("C-07", "screening_begun")
    terms = read.terms(read.current(year.call))
    with pytest.raises(Refused) as caught:
        calls.amend(
            by=operator,
            at=late,
            call=year.call,
            terms=closing.extended(terms, "1", late + DAY),
            reason="장애",
        )
    assert caught.value.finding.code == "screening_begun"
    assert screening.version.number == read.current(year.call).number == 2
    monkeypatch.setattr(clock, "now", lambda: late)
    client.force_login(operator)
    form = {"closes_at": "2025-03-20T15:00", "reason": "장애"}
    preview = client.post("/calls/2025-npu/rounds/1/close/", form)
    assert (preview.status_code, "mark" in preview.context) == (422, False)
    assert "마감 후 접수 예외를 주고" in preview.text


def test_an_intake_that_runs_is_extended_whatever_another_round_does(year, operator):
    year.submitted(1)
    calls.extend(by=operator, at=INTAKE, call=year.call, round_id="1", closes_at=CLOSE + DAY, reason="장애")
    assert read.current(year.call).number == 2

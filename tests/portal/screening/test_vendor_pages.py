"""What a vendor's pages and mails say, and never say; several answers at once; what the operator sees."""

from dataclasses import replace
from datetime import timedelta

import pytest
from simulated_year import SCREENING

from naru.domain.call import Amendment
from naru.portal.applications.answers import ModelAnswer
from naru.portal.calls.actions import amend
from naru.portal.mail.models import Mail
from naru.portal.screening import actions
from naru.portal.screening.models import TechnicalReview
from naru.portal.ui import clock

LATER = SCREENING + timedelta(hours=1)
NAMED_AFTER = (
    ModelAnswer(name="가상 기업 1 검출기", family="yolo", primary=True),
    ModelAnswer(name="bert", family="roberta"),
)


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: LATER)


@pytest.fixture
def vendor(year):
    return year.vendor("a")


def routed(year):
    actions.route_round(by=year.operator, at=SCREENING, call=year.call, round_id="1")


def everything(client, user):
    """Each page a vendor may open, before and after its answer, and every mail it was sent."""
    client.force_login(user)
    (review,) = TechnicalReview.objects.all()
    page = f"/technical-review/{review.pk}/"
    texts = [client.get(path).text for path in ("/technical-review/", page)]
    texts.append(client.post("/technical-review/", {"review": review.pk}).text)
    given = {"verdict": "conditional", "reason_code": "operator_fallback", "note": "CPU로"}
    assert client.post(page, given).status_code == 302
    texts += [client.get(path).text for path in ("/technical-review/?show=answered", page, "/home/")]
    actions.remind(by=None, at=SCREENING + timedelta(days=30), call=review.application.call)
    texts += [f"{mail.subject}\n{mail.body}" for mail in Mail.objects.filter(to=user.email)]
    return "\n".join(texts)


@pytest.mark.requirement("R-02")
def test_no_name_plan_person_or_receipt_number_reaches_a_vendor(client, year, vendor):
    """A vendor sees models and product alone, under its own reference, where the call hides applicants."""
    application = year.submitted(1, models=NAMED_AFTER)
    routed(year)
    told = everything(client, vendor[1])
    assert ("○○ 검출기" in told, "CPU로" in told) == (True, True)
    hidden = [
        application.number, application.organisation.name, application.title, application.unit,
        application.applicant.name, application.applicant.email, "가상 대표 1", "처리 속도",
        *application.plan.values_list("text", flat=True),
    ]  # fmt: skip
    assert [one for one in hidden if one in told] == []


@pytest.mark.requirement("R-02")
def test_where_the_call_names_applicants_a_vendor_reads_the_name_and_no_plan(
    client, year, vendor, operator, terms
):
    """A call may let vendors know whose models they are; the plan stays hidden."""
    named = replace(terms.technical_review, applicant="named")
    amendment = Amendment(reason="공개", actor="기관", date=SCREENING.date())
    new = replace(terms, version=2, technical_review=named, amendment=amendment)
    amend(by=operator, at=SCREENING, call=year.call, reason="공개", terms=new)
    application = year.submitted(1, models=NAMED_AFTER)
    routed(year)
    told = everything(client, vendor[1])
    assert [application.number in told, application.organisation.name in told] == [True, True]
    assert [text for text in application.plan.values_list("text", flat=True) if text in told] == []


def test_several_are_answered_at_once(client, year, vendor):
    for serial in (1, 2, 3):
        year.submitted(serial)
    routed(year)
    client.force_login(vendor[1])
    rows = list(TechnicalReview.objects.order_by("pk").values_list("pk", flat=True))
    answer = {"verdict": "supported", "reason_code": "runs_today", "note": "", "effort_weeks": "2"}
    unmarked = client.post("/technical-review/", answer)
    assert (unmarked.status_code, "답할 검토를 목록에서" in unmarked.text) == (422, True)
    wrong = client.post(
        "/technical-review/", answer | {"review": rows[:2], "reason_code": "operator_missing"}
    )
    assert (wrong.status_code, "근거 R-02" in wrong.text, wrong.text.count(" checked")) == (422, True, 3)
    assert client.post("/technical-review/", answer | {"review": rows[:2]}).status_code == 302
    left = TechnicalReview.objects.filter(verdict="")
    assert [row.pk for row in left] == rows[2:]
    assert "1번째" in client.get(f"/technical-review/{rows[2]}/").text


def test_the_operator_sees_who_is_late_and_settles_the_silence(client, year, vendor, operator, monkeypatch):
    application = year.eligible(1)
    client.force_login(operator)
    assert "아직 묻지 않은 신청 1건 모두 요청" in client.get("/screening/coverage/").text
    routed(year)
    assert "답 없음으로 정리" not in client.get("/screening/coverage/").text
    monkeypatch.setattr(clock, "now", lambda: SCREENING + timedelta(days=8))
    page = client.get("/screening/coverage/")
    assert next((one.waiting, one.supported) for _title, one in page.context["reach"]) == (1, (0, 0, 0, 0))
    path = "/screening/coverage/vendor-a/silence/"
    assert path in page.text
    assert "기한이 지난 검토 1건" in client.get("/console/").text
    assert "1건을" in client.get(path).text
    assert client.post(path).url == "/screening/coverage/"
    after = client.get("/screening/coverage/")
    assert next(one.supported for _title, one in after.context["reach"]) == (1, 0, 0, 0)
    assert f"/screening/{application.screening.pk}/#technical" in after.text
    assert "기한까지 답하지 않았습니다." in client.get(f"/screening/{application.screening.pk}/").text
    assert client.get("/screening/coverage/nobody/silence/").status_code == 404


def test_an_applicant_narrows_its_models_on_a_page(client, year, vendor):
    application = year.submitted(1, models=NAMED_AFTER)
    routed(year)
    path = f"/applications/{application.pk}/models/"
    client.force_login(vendor[1])
    assert client.get(path).status_code == 404
    client.force_login(application.applicant)
    assert "남길 모델 고르기" in client.get(path).text
    refused = client.post(path, {"kept": ["가상 기업 1 검출기", "bert"], "reason": "모두"})
    assert "근거 A-05" in refused.text
    assert client.post(path, {"kept": ["bert"], "reason": "영상은 빼고 합니다."}).url == path
    text = client.get(path).text
    assert ("영상은 빼고 합니다." in text, "남길 모델 고르기" in text) == (True, False)

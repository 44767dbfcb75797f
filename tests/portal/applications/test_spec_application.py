"""A-01 to A-04, C-07 and C-08 as a person meets them: on the pages, through the real act."""

import re
from datetime import timedelta

import pytest

from naru.domain.papers import document_groups
from naru.portal.applications import actions, queries
from naru.portal.applications.models import Application, Kpi, Receipt
from naru.portal.calls import queries as calls
from naru.portal.ui import clock


@pytest.fixture
def during(monkeypatch):
    """during(at): the pages' clock stands at that instant."""
    return lambda at: monkeypatch.setattr(clock, "now", lambda: at)


@pytest.mark.requirement("A-01")
def test_each_sector_has_its_own_form_and_evidence(
    client, during, at, draft, student_draft, applicant_user, student_user
):
    during(at)
    shown = {}
    for application, user in ((draft, applicant_user), (student_draft, student_user)):
        client.force_login(user)
        form = client.get(f"/applications/{application.pk}/edit/product/").context["form"]
        page = client.get(f"/applications/{application.pk}/documents/").content.decode()
        shown[application.sector] = (
            "youth_claimed" in form.fields,
            re.findall(r'id="(\w+_certificate)"', page),
        )
    assert shown == {
        "private": (True, ["sme_certificate"]),
        "public": (False, ["enrolment_certificate", "professor_employment_certificate"]),
    }


@pytest.mark.requirement("A-01")
def test_the_usage_plan_is_part_of_the_form_handed_in(submitted, terms):
    assert Receipt.objects.get().content["plan"].keys() == {section.id for section in terms.plan}


@pytest.mark.requirement("A-02")
def test_the_documents_on_the_page_are_those_the_answers_call_for(
    client, during, at, draft, answers, applicant_user, terms
):
    during(at)
    client.force_login(applicant_user)
    for youth, expected in ((False, ["sme_certificate"]), (True, ["sme_certificate", "corporate_register"])):
        actions.save_answers(
            by=applicant_user, at=at, application=draft, answers=answers(youth_claimed=youth)
        )
        cards = client.get(f"/applications/{draft.pk}/documents/").context["cards"]
        assert [card.paper.rule.code for card in cards] == expected
        applicant = queries.applicant(queries.whole(draft))
        assert [group[0].code for group in document_groups(terms, applicant)] == expected


@pytest.mark.requirement("A-03")
@pytest.mark.parametrize(("seconds_before", "received"), [(1, True), (0, False), (-1, False)])
def test_the_close_is_exclusive_to_the_second(
    client, during, closing, draft, answers, applicant_user, seconds_before, received
):
    before = closing - timedelta(days=1)
    actions.save_answers(by=applicant_user, at=before, application=draft, answers=answers())
    client.force_login(applicant_user)
    during(closing - timedelta(seconds=seconds_before))
    page = client.post(f"/applications/{draft.pk}/submit/", {"key": "k"}, follow=True).content.decode()
    assert Receipt.objects.exists() is received
    assert ("2025-npu-0001" in page) is received
    assert ("접수가 마감되었습니다" in page and "A-03" in page) is not received


@pytest.mark.requirement("A-03")
def test_pressing_the_button_twice_submits_once(client, during, at, draft, answers, applicant_user, events):
    actions.save_answers(by=applicant_user, at=at, application=draft, answers=answers())
    client.force_login(applicant_user)
    during(at)
    before = events()
    pages = [client.post(f"/applications/{draft.pk}/submit/", {"key": "k"}, follow=True) for _ in range(2)]
    assert [page.redirect_chain[-1][0] for page in pages] == [f"/applications/{draft.pk}/receipt/"] * 2
    assert (Receipt.objects.count(), events()) == (1, before + 1)


@pytest.mark.requirement("A-03")
def test_until_the_close_it_may_be_withdrawn_and_submitted_again(
    client, during, closing, submitted, applicant_user
):
    client.force_login(applicant_user)
    during(closing - timedelta(minutes=10))
    client.post(f"/applications/{submitted.pk}/withdraw/", {"reason": "오타"})
    client.post(f"/applications/{submitted.pk}/submit/", {"key": "again"})
    kept = Application.objects.get()
    assert (kept.number, kept.state, kept.revision) == (submitted.number, "submitted", 2)


@pytest.mark.requirement("A-04")
def test_the_forms_sections_are_the_criteria_in_order(client, during, at, draft, applicant_user, terms):
    during(at)
    client.force_login(applicant_user)
    steps = client.get(f"/applications/{draft.pk}/edit/product/").context["steps"]
    ids = [section.id for section in terms.plan]
    assert [step.id for step in steps if step.id in ids] == ids
    for section in terms.plan:
        page = client.get(f"/applications/{draft.pk}/edit/{section.id}/").content.decode()
        criterion = next(one for one in terms.criteria if one.id == section.criterion)
        assert f'name="plan_{section.id}"' in page
        assert f"100점 가운데 {criterion.points}점" in page
        assert [one.ko for one in criterion.elements if one.ko not in page] == []
    assert [section.criterion for section in terms.plan] == [criterion.id for criterion in terms.criteria]


@pytest.mark.requirement("A-04")
def test_a_target_is_kept_as_name_unit_baseline_target_and_measure(submitted):
    kpi = Kpi.objects.get()
    assert (kpi.name, kpi.unit, kpi.baseline, kpi.how_measured) == (
        "처리 속도",
        "장/초",
        10,
        "시험 영상 1,000장",
    )
    assert str(kpi.target) == "42.5000"


@pytest.mark.requirement("C-07")
def test_an_extension_is_announced_with_its_reason_and_lets_drafts_in(
    client, during, closing, operator, draft, answers, at, applicant_user
):
    from pathlib import Path

    from django.core.files.uploadedfile import SimpleUploadedFile

    actions.save_answers(by=applicant_user, at=at, application=draft, answers=answers())
    text = (Path(__file__).parents[3] / "calls" / "2025-npu.toml").read_text(encoding="utf-8")
    later = text.replace("2025-03-17T15:00:00+09:00", "2025-03-21T15:00:00+09:00")
    during(closing - timedelta(days=1))
    client.force_login(operator)
    upload = SimpleUploadedFile("call.toml", later.encode())
    given = {"reason": "접수 연장"}
    shown = client.post("/calls/2025-npu/edit/", given | {"upload": upload, "act": "preview"})
    seen = {"text": later, "seen": shown.context["mark"], "act": "confirm"}
    client.post("/calls/2025-npu/edit/", given | seen)
    client.force_login(applicant_user)
    during(closing + timedelta(hours=1))
    client.post(f"/applications/{draft.pk}/submit/", {"key": "k"})
    assert Receipt.objects.get().content["version"] == 2
    assert "접수 연장" in client.get("/calls/2025-npu/").content.decode()
    assert len(calls.open_rounds(closing + timedelta(hours=1))) == 1


@pytest.mark.requirement("C-08")
def test_everybody_reads_the_call_its_briefing_and_the_contact_desk(client, during, at, call, terms):
    during(at)
    page = client.get("/calls/2025-npu/").content.decode()
    expected = (
        "2025년 2월 20일(목) 13:30",
        terms.briefing.place.ko,
        terms.contact.phone,
        terms.contact.email,
    )
    assert [words for words in expected if words not in page] == []

"""Before anything opens: the word on a batch's organisations; then the plan, the sheet and the documents."""

import pytest
from refusing import one_event, refusal
from simulated_year import EVALUATION, PDF, declared, full

from naru.portal.applications.models import EvidenceDocument
from naru.portal.audit.models import Event
from naru.portal.evaluation import actions, queries
from naru.portal.evaluation.models import (
    ConflictDeclaration,
    ConflictOfInterest,
    ReviewAssignment,
    ScoreSheet,
)

PAGE = "/evaluation/declaration/2025-npu/"


@pytest.fixture
def applications(year):
    return [year.eligible(serial, title=f"가상 과제 {serial}") for serial in (1, 2)]


@pytest.fixture
def reviewer(year):
    return year.reviewer(1)


@pytest.fixture
def rows(year, applications, reviewer):
    return [asked(year, application, reviewer) for application in applications]


@pytest.fixture
def me(client, reviewer):
    client.force_login(reviewer)
    return client


def asked(year, application, *reviewers):
    return actions.assign(by=year.operator, at=EVALUATION, application=application, reviewers=reviewers)[0]


def declare(year, reviewer, **interests):
    return actions.declare_interests(by=reviewer, at=EVALUATION, call=year.call, **interests)


@pytest.mark.requirement("R-03")
def test_nothing_of_an_application_opens_before_the_declaration(me, year, rows):
    """A reviewer says of each organisation of a batch whether there is an interest; only then it opens."""
    document = rows[0].application.documents.get()
    sheet = f"/evaluation/mine/{rows[0].pk}/"
    for address in (sheet, f"{sheet}documents/", f"{sheet}documents/{document.pk}/"):
        assert me.get(address).url == PAGE
    assert me.post(sheet, {"points_need": 3, "act": "save"}).url == PAGE
    assert not ScoreSheet.objects.exists()
    listed = me.get("/evaluation/mine/").text
    assert "이해관계를 먼저 밝혀 주십시오" in listed
    assert "가상 과제 1" not in listed
    text = me.get(PAGE).text
    assert "가상 기업 1" in text
    assert "가상 과제 1" not in text
    assert rows[0].application.number not in text
    assert me.post(PAGE, {}).context["form"].errors.keys() == {"complete"}
    assert not ConflictDeclaration.objects.exists()
    assert me.post(PAGE, {"complete": "on"}).url == "/evaluation/mine/"
    assert me.get(sheet).status_code == 200
    assert "가상 과제 1" in me.get("/evaluation/mine/").text


def test_an_interest_takes_the_organisations_applications_away(me, year, rows, applications):
    organisation = applications[0].organisation_id
    said = {"complete": "on", f"interest_{organisation}": "공동연구"}
    assert me.post(PAGE, said).url == "/evaluation/mine/"
    conflict = ConflictOfInterest.objects.get()
    assert (conflict.application, conflict.reason) == (applications[0], "공동연구")
    kept = ReviewAssignment.objects.order_by("pk")
    assert [row.removed_at is None for row in kept] == [False, True]
    assert kept[0].declaration is None
    assert kept[1].declaration == ConflictDeclaration.objects.get()
    assert me.get(f"/evaluation/mine/{rows[0].pk}/").status_code == 404
    assert "밝힐 것이 없습니다." in me.get(PAGE).text


def test_each_batch_is_declared_on(year, reviewer, rows):
    made, event = one_event(declare, year=year, reviewer=reviewer)
    assert event.facts == {
        "organisations": made.organisations_sha256,
        "assignments": [row.pk for row in rows],
        "removed": [],
    }
    assert refusal(declare, year=year, reviewer=reviewer) == ("R-03", "nothing_to_declare")
    later = asked(year, year.eligible(3), reviewer)
    write = {"by": reviewer, "at": EVALUATION, "assignment": later, "points": full(), "comment": "근거"}
    assert refusal(actions.save_sheet, **write) == ("R-03", "declaration_missing")
    assert [row.pk for row in queries.undeclared(reviewer, year.call)] == [later.pk]
    declared(later)
    one_event(actions.save_sheet, **write)


def test_a_declaration_is_the_reviewers_own_after_the_pledge(year, applications, reviewer):
    assert refusal(declare, year=year, reviewer=year.operator) == ("R-03", "role_missing")
    newcomer = year.reviewer(2, pledged=False)
    asked(year, applications[0], newcomer)
    assert refusal(declare, year=year, reviewer=newcomer) == ("R-03", "pledge_missing")
    organisation = applications[0].organisation_id
    asked(year, applications[0], reviewer)
    assert refusal(declare, year=year, reviewer=reviewer, interests={organisation: " "}) == (
        "R-03",
        "reason_missing",
    )


def test_the_declaration_leads_to_the_pledge_first(client, year, applications):
    newcomer = year.reviewer(2, pledged=False)
    asked(year, applications[0], newcomer)
    client.force_login(newcomer)
    assert client.get(PAGE).url == "/evaluation/pledge/2025-npu/"


@pytest.mark.requirement("R-03")
def test_each_document_a_reviewer_opens_is_one_event_of_the_reads(me, year, reviewer, rows):
    """Documents are listed by their titles and downloaded as attachments; each opening is on record."""
    declared(rows[0])
    document = rows[0].application.documents.get()
    page = f"/evaluation/mine/{rows[0].pk}/documents/"
    listed = me.get(page).text
    assert "중소기업 확인서" in listed
    assert "가상 확인서.pdf" not in listed
    before = Event.objects.count()
    answer = me.get(f"{page}{document.pk}/")
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith(
        f'attachment; filename="{rows[0].application.number}-sme_certificate.pdf"'
    )
    assert Event.objects.count() == before + 1
    event = Event.objects.order_by("-pk")[0]
    assert (event.chain.key, event.action, event.actor) == (
        "reads:2025-npu", "evaluation.open_document", reviewer,
    )  # fmt: skip
    assert event.facts == {
        "assignment": rows[0].pk, "code": "sme_certificate", "sha256": document.file.sha256,
    }  # fmt: skip


def test_documents_of_others_are_not_there(client, me, year, rows, applications):
    declared(rows[0])
    foreign = asked(year, applications[1], year.reviewer(2))
    theirs = applications[1].documents.get()
    assert me.get(f"/evaluation/mine/{foreign.pk}/documents/").status_code == 404
    assert me.get(f"/evaluation/mine/{foreign.pk}/documents/{theirs.pk}/").status_code == 404
    assert me.get(f"/evaluation/mine/{rows[0].pk}/documents/{theirs.pk}/").status_code == 404
    assert not Event.objects.filter(chain__key__startswith="reads").exists()


def test_what_proves_only_the_bonus_stays_shut(me, year, reviewer, rows):
    document = rows[0].application.documents.get()
    EvidenceDocument.objects.filter(pk=document.pk).update(code="representative_id")
    document.refresh_from_db()
    declared(rows[0])
    page = f"/evaluation/mine/{rows[0].pk}/documents/"
    assert "열 수 있는 서류가 없습니다." in me.get(page).text
    assert me.get(f"{page}{document.pk}/").status_code == 404


def test_opening_asks_again_itself(year, reviewer, rows, applications):
    other = year.reviewer(2)
    row, document = rows[0], rows[0].application.documents.get()
    given = {"by": reviewer, "at": EVALUATION, "assignment": row, "document": document.pk}
    act = actions.open_document
    assert refusal(act, **given) == ("R-03", "declaration_missing")
    declared(row)
    row.refresh_from_db()
    assert refusal(act, **given | {"by": other}) == ("R-03", "not_your_sheet")
    assert refusal(act, **given | {"by": year.operator}) == ("R-03", "role_missing")
    foreign = applications[1].documents.get()
    assert refusal(act, **given | {"document": foreign.pk}) == ("R-03", "not_for_reviewers")
    EvidenceDocument.objects.filter(pk=document.pk).update(code="representative_id")
    assert refusal(act, **given) == ("R-03", "not_for_reviewers")
    actions.remove_assignment(by=year.operator, at=EVALUATION, assignment=row, reason="출장")
    row.refresh_from_db()
    assert refusal(act, **given) == ("R-03", "assignment_removed")

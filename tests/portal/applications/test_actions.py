"""Applying, act by act: what each one writes, what it refuses by which clause; refusals write nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from naru.documents import Limits, gate
from naru.domain.call import Instant
from naru.domain.decision import Refused
from naru.portal.applications import actions, queries
from naru.portal.applications.answers import Answers, DocumentDates, ModelAnswer
from naru.portal.applications.judging import Judged
from naru.portal.applications.models import Application, EvidenceDocument, Receipt, StoredFile
from naru.portal.audit.models import Event
from naru.portal.calls import actions as calls
from naru.portal.organisations.actions import add_member
from naru.portal.organisations.models import Professor


@pytest.fixture
def refused(events):
    def check(act, **given):
        before = events()
        with pytest.raises(Refused) as caught:
            act(**given)
        assert events() == before
        return caught.value.finding.clause, caught.value.finding.code

    return check


def starting(call, organisation, user, at, **changes):
    given = {"kind": "sme", "role": "company", "round_id": "1"}
    return {"by": user, "at": at, "call": call, "organisation": organisation} | given | changes


def test_start_opens_a_draft_for_the_unit(draft, company, call):
    kept = Application.objects.get()
    assert (kept.state, kept.sector, kept.unit, kept.number) == ("draft", "private", company.unit, None)
    assert (kept.version.number, kept.call) == (1, call)
    event = Event.objects.get(action="applications.start")
    assert event.facts == {"round": "1", "sector": "private", "kind": "sme", "role": "company", "version": 1}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"kind": "large_enterprise"}, ("E-03", "kind_excluded")),
        ({"kind": "individual"}, ("E-03", "kind_excluded")),
        ({"kind": "guild"}, ("E-03", "kind_unknown")),
        ({"kind": "university"}, ("E-02", "professor_missing")),
    ],
)
def test_start_refuses_whom_the_call_does_not_admit(
    refused, call, company, applicant_user, at, change, expected
):
    assert refused(actions.start, **starting(call, company, applicant_user, at, **change)) == expected
    assert not Application.objects.exists()


def test_start_refuses_a_company_with_a_professor(refused, call, company, professor, applicant_user, at):
    given = starting(call, company, applicant_user, at, role="staff", professor=professor)
    assert refused(actions.start, **given) == ("E-01", "role_not_of_sector")


def test_a_person_has_one_live_application_per_unit(refused, submitted, call, company, applicant_user, at):
    given = starting(call, company, applicant_user, at)
    assert refused(actions.start, **given) == ("E-04", "application_already_live")
    actions.withdraw(by=applicant_user, at=at, application=submitted, reason="다시 준비")
    assert actions.start(**given).pk != submitted.pk


def test_a_colleagues_second_application_is_kept_for_screening_to_resolve(
    submitted, call, company, colleague, at
):
    other = actions.start(**starting(call, company, colleague, at))
    assert queries.same_unit(other) == (submitted.number,)


def test_answers_are_kept_and_replaced_whole(draft, answers, applicant_user, at, events):
    before = events()
    actions.save_answers(by=applicant_user, at=at, application=draft, answers=answers())
    later = at + timedelta(minutes=5)
    second = answers(title="새 과제", kpis=(), models=(ModelAnswer(name="our-net"),))
    actions.save_answers(by=applicant_user, at=later, application=draft, answers=second)
    kept = queries.whole(draft)
    assert events() == before + 2
    assert (kept.title, kept.clouds, kept.updated_at) == ("새 과제", ["cloud-b", "cloud-a"], later)
    assert [row.section for row in kept.plan.order_by("id")] == [
        "purpose",
        "field",
        "contents",
        "need",
        "other",
    ]
    assert list(kept.kpis.all()) == []
    assert [(row.name, row.family) for row in kept.models.all()] == [("our-net", "")]
    assert {row.code: row.declared for row in kept.declarations.all()}["privacy_violation"] is False


def test_a_document_is_gated_once_per_content_and_replaced_by_code(draft, attach, at, pdf, events):
    before = events()
    first = attach(draft, "sme_certificate", content=pdf)
    second = attach(draft, "sme_certificate", content=pdf, filename="다시.pdf")
    assert first.file_id == second.file_id
    file = StoredFile.objects.get()
    assert (file.media_type, file.size, file.verdict) == ("application/pdf", len(pdf), "accepted")
    with file.content.open() as kept:
        assert kept.read() == pdf
    assert "sme" not in file.content.name
    assert EvidenceDocument.objects.get().filename == "다시.pdf"
    assert events() == before + 2


def test_bytes_kept_before_are_still_gated_by_this_name(refused, draft, attach, pdf):
    attach(draft, "sme_certificate", content=pdf)
    finding = refused(attach, application=draft, code="sme_certificate", content=pdf, filename="확인서.exe")
    assert finding == ("A-02", "file_name_disagrees")


@pytest.mark.parametrize(
    ("code", "filename", "content", "expected"),
    [
        ("sme_certificate", "확인서.pdf", b"", "file_empty"),
        ("sme_certificate", "확인서.exe", b"MZ" * 9, "file_kind_refused"),
        ("diploma", "졸업장.pdf", b"%PDF-1.4 %%EOF", "document_unknown"),
    ],
)
def test_a_document_that_is_none_is_refused(refused, draft, attach, code, filename, content, expected):
    assert refused(attach, application=draft, code=code, filename=filename, content=content) == (
        "A-02",
        expected,
    )
    assert not StoredFile.objects.exists()


def test_submission_numbers_in_order_and_gives_a_receipt(submitted, call, colleague, answers, company, at):
    second = actions.start(**starting(call, company, colleague, at))
    actions.save_answers(by=colleague, at=at, application=second, answers=answers())
    receipt = actions.submit(by=colleague, at=at, application=second, key="other")
    assert (submitted.number, receipt.number) == ("2025-npu-0001", "2025-npu-0002")
    first = Receipt.objects.get(application=submitted)
    assert (first.received_at, first.revision) == (at, 1)
    assert first.content["kpis"][0]["target"] == "42.5"
    assert first.content["documents"].keys() == {"sme_certificate"}
    event = Event.objects.get(action="applications.submit", subject_id=str(submitted.pk))
    assert event.facts["content"] == first.content_sha256


def test_the_receipts_hash_is_of_its_canonical_content(submitted):
    import json
    from hashlib import sha256

    receipt = Receipt.objects.get()
    text = json.dumps(receipt.content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert receipt.content_sha256 == sha256(text.encode()).hexdigest()


def test_the_same_key_again_changes_nothing(submitted, applicant_user, at, events):
    before = events()
    again = actions.submit(by=applicant_user, at=at + timedelta(days=9), application=submitted, key="first")
    assert again == Receipt.objects.get()
    assert events() == before


def test_a_key_means_nothing_for_another_application(
    submitted, student_draft, student_user, answers, at, events
):
    actions.save_answers(by=student_user, at=at, application=student_draft, answers=answers())
    receipt = actions.submit(by=student_user, at=at, application=student_draft, key="first")
    assert (receipt.number, receipt.application_id) == ("2025-npu-0002", student_draft.pk)


def test_an_incomplete_form_is_refused_with_what_is_missing(refused, draft, answers, applicant_user, at):
    given = {"by": applicant_user, "at": at, "application": draft, "key": "k"}
    assert refused(actions.submit, **given) == ("A-01", "application_incomplete")
    yes = answers().declarations
    for changes, clause in [
        ({"title": " "}, "A-01"),
        ({"product": ""}, "C-04"),
        ({"plan": {**answers().plan, "need": ""}}, "A-04"),
        ({"plan": {**answers().plan, "need": "가" * 1001}}, "A-04"),
        ({"kpis": ()}, "A-04"),
        ({"models": ()}, "A-05"),
        ({"declarations": {**yes, "inference_only": False}}, "C-06"),
        ({"declarations": {code: v for code, v in yes.items() if code != "privacy_violation"}}, "E-09"),
    ]:
        actions.save_answers(by=applicant_user, at=at, application=draft, answers=answers(**changes))
        assert refused(actions.submit, **given) == (clause, "application_incomplete")
    assert not Receipt.objects.exists()


def test_missing_evidence_may_follow_a_submission(draft, answers, applicant_user, at):
    actions.save_answers(by=applicant_user, at=at, application=draft, answers=answers())
    assert [finding.code for finding in queries.completeness(queries.whole(draft)).later] == [
        "document_sme_certificate_missing"
    ]
    assert actions.submit(by=applicant_user, at=at, application=draft, key="k").revision == 1


def test_withdrawn_changed_and_submitted_again_keeps_its_number(
    refused, submitted, answers, applicant_user, at
):
    given = {"by": applicant_user, "at": at, "application": submitted}
    assert refused(actions.save_answers, answers=answers(), **given) == ("A-03", "application_submitted")
    assert refused(actions.submit, key="second", **given) == ("A-03", "application_submitted")
    actions.withdraw(reason="오타", **given)
    assert refused(actions.withdraw, reason="오타", **given) == ("L-03", "nothing_to_withdraw")
    actions.save_answers(answers=answers(title="고친 과제"), **given)
    receipt = actions.submit(key="second", **given)
    kept = Application.objects.get(pk=submitted.pk)
    assert (receipt.number, receipt.revision, kept.state) == (submitted.number, 2, "submitted")
    assert receipt.content_sha256 != Receipt.objects.get(revision=1).content_sha256


def test_a_withdrawal_says_why(refused, submitted, applicant_user, at):
    given = {"by": applicant_user, "at": at, "application": submitted}
    assert refused(actions.withdraw, reason=" ", **given) == ("L-03", "withdrawal_without_reason")
    actions.withdraw(reason="일정이 맞지 않음", **given)
    kept = Application.objects.get(pk=submitted.pk)
    assert (kept.state, kept.withdrawal_reason, kept.withdrawn_at) == ("withdrawn", "일정이 맞지 않음", at)


def test_after_the_close_nothing_is_taken(
    refused, call, company, draft, answers, attach, applicant_user, closing
):
    given = {"by": applicant_user, "at": closing, "application": draft}
    closed = ("A-03", "intake_closed")
    assert refused(actions.start, **starting(call, company, applicant_user, closing)) == closed
    assert refused(actions.save_answers, answers=answers(), **given) == closed
    assert refused(actions.submit, key="late", **given) == closed
    assert refused(attach, application=draft, code="sme_certificate", at=closing) == closed


def test_before_the_opening_nothing_is_taken(refused, call, company, applicant_user, at):
    early = at.replace(month=2, day=1)
    given = starting(call, company, applicant_user, early)
    assert refused(actions.start, **given) == ("A-03", "intake_not_open")


def test_an_extension_is_in_force_for_drafts_begun_before(
    draft, answers, call, terms, operator, applicant_user, closing
):
    (track,) = terms.tracks
    later = Instant(at=closing + timedelta(days=1), printed="연장")
    longer = replace(terms, tracks=(replace(track, rounds=(replace(track.rounds[0], closes_at=(later,)),)),))
    calls.amend(by=operator, at=closing - timedelta(days=1), call=call, terms=longer, reason="연장")
    actions.save_answers(by=applicant_user, at=closing, application=draft, answers=answers())
    receipt = actions.submit(by=applicant_user, at=closing, application=draft, key="k")
    assert receipt.content["version"] == 2
    assert Application.objects.get().version.number == 2


def test_a_correction_request_takes_documents_after_the_close(refused, submitted, attach, closing):
    due = closing + timedelta(days=5)
    document = attach(submitted, "sme_certificate", at=closing + timedelta(days=1), until=due)
    assert document.uploaded_at == closing + timedelta(days=1)
    given = {"application": submitted, "code": "sme_certificate", "at": due, "until": due}
    assert refused(attach, **given) == ("E-11", "correction_over")


def test_only_the_professor_named_confirms_and_once(
    refused, student_draft, submitted, professor_user, student_user, applicant_user, answers, at
):
    given = {"at": at, "application": student_draft}
    assert refused(actions.confirm_student, by=student_user, **given) == ("E-02", "nothing_to_confirm")
    assert refused(actions.confirm_student, by=professor_user, **given) == ("E-02", "nothing_to_show")
    actions.save_answers(by=student_user, at=at, application=student_draft, answers=answers())
    assert not queries.applicant(queries.whole(student_draft)).professor_confirmed
    actions.confirm_student(by=professor_user, **given)
    assert queries.applicant(queries.whole(student_draft)).professor_confirmed
    assert refused(actions.confirm_student, by=professor_user, **given) == ("E-02", "already_confirmed")
    company = {"by": professor_user, "at": at, "application": submitted}
    assert refused(actions.confirm_student, **company) == ("E-02", "nothing_to_confirm")


EMPTY = Judged(content=b"", filename="a.pdf", verdict=gate(b"", "a.pdf", limits=Limits()))
WORK = (
    (actions.save_answers, {"answers": Answers()}),
    (
        actions.attach_document,
        {"code": "sme_certificate", "file": EMPTY, "dates": DocumentDates()},
    ),
    (actions.submit, {"key": "theirs"}),
    (actions.withdraw, {"reason": "남의 신청"}),
)


@pytest.mark.parametrize(("act", "given"), WORK)
def test_nobody_else_works_on_a_companys_application(refused, draft, make_user, operator, at, act, given):
    for by in (make_user("stranger"), operator):
        found = refused(act, by=by, at=at, application=draft, **given)
        assert found == ("E-01", "not_your_application")


@pytest.mark.parametrize(("act", "given"), WORK)
def test_nobody_else_works_on_a_students_application(
    refused, student_draft, professor_user, make_user, at, act, given
):
    fellow = make_user("fellow")
    add_member(by=None, at=at, organisation=student_draft.organisation, user=fellow)
    for by in (professor_user, fellow):
        found = refused(act, by=by, at=at, application=student_draft, **given)
        assert found == ("E-02", "not_your_application")


def test_a_colleague_works_on_the_companys_application(draft, answers, attach, colleague, at):
    given = {"by": colleague, "at": at, "application": draft}
    actions.save_answers(answers=answers(), **given)
    attach(draft, "sme_certificate", by=colleague)
    actions.submit(key="k", **given)
    assert list(queries.own(colleague)) == [draft]
    assert actions.withdraw(reason="다시", **given).state == "withdrawn"


def test_a_correction_is_answered_by_the_applicant_only(refused, submitted, attach, make_user, closing):
    stranger, due = make_user("stranger"), closing + timedelta(days=5)
    given = {"application": submitted, "code": "sme_certificate", "by": stranger, "at": closing}
    assert refused(attach, until=due, **given) == ("E-01", "not_your_application")


def test_a_company_is_applied_for_by_its_own_people(refused, call, company, make_user, operator, at):
    for by in (make_user("stranger"), operator):
        assert refused(actions.start, **starting(call, company, by, at)) == ("E-01", "not_of_the_company")


def test_a_public_application_names_the_right_professor(
    refused, call, company, professor, professor_user, student_user, at
):
    def given(by, role, organisation=professor.organisation):
        changes = {"kind": "university", "role": role, "professor": professor}
        return starting(call, organisation, by, at, **changes)

    assert refused(actions.start, **given(student_user, "staff")) == ("E-02", "not_the_professor")
    assert refused(actions.start, **given(student_user, "student", company)) == (
        "E-02",
        "professor_elsewhere",
    )
    assert actions.start(**given(professor_user, "staff")).unit == professor.unit


def test_a_professor_without_an_account_is_known_by_the_address(call, professor, make_user, at):
    Professor.objects.filter(pk=professor.pk).update(user=None, email="kim@example.test")
    unknown = Professor.objects.get(pk=professor.pk)
    changes = {"kind": "university", "role": "staff", "professor": unknown}
    made = actions.start(**starting(call, professor.organisation, make_user("kim"), at, **changes))
    assert made.professor == professor


def test_a_settled_application_is_not_taken_back(refused, submitted, applicant_user, at):
    Application.objects.filter(pk=submitted.pk).update(settled_at=at)
    given = {"by": applicant_user, "at": at, "application": submitted, "reason": "그만둠"}
    assert refused(actions.withdraw, **given) == ("L-03", "selection_confirmed")
    assert Application.objects.get(pk=submitted.pk).state == "submitted"


def test_acts_stay_lean(draft, answers, attach, applicant_user, at, django_assert_max_num_queries):
    with django_assert_max_num_queries(24):  # seven tables at once; a page of it is in test_autosave
        actions.save_answers(by=applicant_user, at=at, application=draft, answers=answers())
    with django_assert_max_num_queries(13):
        attach(draft, "sme_certificate", dates=DocumentDates())
    with django_assert_max_num_queries(23):
        actions.submit(by=applicant_user, at=at, application=draft, key="k")

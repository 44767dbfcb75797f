"""Applicants of each sector, a form filled in, and the time of the intake."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from naru.portal.applications import actions
from naru.portal.applications.answers import Answers, DocumentDates, KpiAnswer, ModelAnswer
from naru.portal.applications.judging import judge
from naru.portal.applications.models import Application
from naru.portal.audit.models import Event
from naru.portal.demo.papers import paper
from naru.portal.organisations.actions import (
    OrganisationDetails,
    add_member,
    add_professor,
    create_organisation,
)

PDF = paper("sme_certificate")
CLOSE = datetime(2025, 3, 17, 6, 0, tzinfo=UTC)  # 15:00 in Seoul


@pytest.fixture(autouse=True)
def _private_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def closing():
    return CLOSE


@pytest.fixture
def pdf():
    return PDF


@pytest.fixture
def company(applicant_user, at):
    details = OrganisationDetails(
        name="가상 비전",
        kind="sme",
        legal_form="corporation",
        business_number="1234567891",
        started_on=date(2021, 5, 3),
        representatives=(("김가상", date(1990, 1, 2)),),
        simulated=True,
    )
    return create_organisation(by=applicant_user, at=at, details=details)


@pytest.fixture
def colleague(company, applicant_user, make_user, at):
    """Another person who acts for the company."""
    return add_member(by=applicant_user, at=at, organisation=company, user=make_user("colleague")).user


@pytest.fixture
def professor_user(make_user):
    return make_user("professor")


@pytest.fixture
def student_user(make_user):
    return make_user("student")


@pytest.fixture
def professor(operator, professor_user, at):
    details = OrganisationDetails(
        name="가상대학교", kind="university", legal_form="public_institution", simulated=True
    )
    university = create_organisation(by=operator, at=at, details=details)
    return add_professor(
        by=operator,
        at=at,
        organisation=university,
        name="이교수",
        email="professor@example.test",
        department="컴퓨터공학과",
        user=professor_user,
    )


@pytest.fixture
def draft(call, company, applicant_user, at):
    return actions.start(
        by=applicant_user,
        at=at,
        call=call,
        round_id="1",
        organisation=company,
        kind="sme",
        role="company",
    )


@pytest.fixture
def student_draft(call, professor, student_user, at):
    return actions.start(
        by=student_user,
        at=at,
        call=call,
        round_id="1",
        organisation=professor.organisation,
        kind="university",
        role="student",
        professor=professor,
    )


@pytest.fixture
def answers(terms):
    """A form with every question answered; `answers(title="...")` changes a part."""

    def make(**changes):
        filled = {
            "product": "npu-60",
            "title": "공장 영상 불량 검출",
            "clouds": ("cloud-b", "cloud-a"),
            "plan": {section.id: f"{section.title.ko}에 대한 답" for section in terms.plan},
            "kpis": (
                KpiAnswer(
                    name="처리 속도",
                    unit="장/초",
                    baseline=Decimal(10),
                    target=Decimal("42.5"),
                    how_measured="시험 영상 1,000장",
                ),
            ),
            "models": (ModelAnswer(name="yolov8n", family="yolo", primary=True),),
            "declarations": {
                "inference_only": True,
                "model_trained": True,
                "privacy_violation": False,
                "duplicate_support": False,
            },
            "consents": {one.id: one.required for one in terms.consents},
        }
        return Answers(**(filled | changes))

    return make


@pytest.fixture
def attach(applicant_user, at, pdf):
    def do(application, code, content=pdf, filename="", **changes):
        given = {"by": application.applicant, "at": at, "dates": DocumentDates()}
        if "file" not in changes:
            given["file"] = judge(content, filename or f"{code}.pdf")
        return actions.attach_document(application=application, code=code, **(given | changes))

    return do


@pytest.fixture
def submitted(draft, answers, attach, applicant_user, at):
    """The company's application, complete and handed in."""
    actions.save_answers(by=applicant_user, at=at, application=draft, answers=answers())
    attach(draft, "sme_certificate", dates=DocumentDates(fiscal_year_end=date(2023, 12, 31)))
    actions.submit(by=applicant_user, at=at, application=draft, key="first")
    return Application.objects.get(pk=draft.pk)


@pytest.fixture
def events():
    """How many audit events there are."""
    return Event.objects.count

"""Simulated applicants, vendors and reviewers, entered through the same actions a person would use."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth import get_user_model

from naru.portal.accounts import actions as accounts
from naru.portal.applications import actions as applications
from naru.portal.applications.answers import Answers, DocumentDates, KpiAnswer, ModelAnswer
from naru.portal.applications.judging import judge
from naru.portal.demo.papers import paper
from naru.portal.evaluation import actions as evaluation
from naru.portal.evaluation.models import ReviewAssignment
from naru.portal.organisations import actions as organisations
from naru.portal.screening import actions as screening
from naru.portal.screening.models import Screening

INTAKE = datetime(2025, 3, 3, 1, 0, tzinfo=UTC)
CLOSE = datetime(2025, 3, 17, 6, 0, tzinfo=UTC)  # 15:00 in Seoul
SCREENING = CLOSE + timedelta(days=1)
EVALUATION = CLOSE + timedelta(days=5)
PDF = paper("business_registration")
VALID = DocumentDates(issued_on=date(2024, 4, 2), valid_from=date(2024, 4, 1), valid_until=date(2025, 12, 31))


def business_number(serial: int) -> str:
    """A registration number whose check digit is right; no real company is meant."""
    digits = [int(one) for one in f"{100000000 + serial:09d}"]
    weights = (1, 3, 7, 1, 3, 7, 1, 3, 5)
    total = sum(digit * weight for digit, weight in zip(digits, weights, strict=True)) + digits[8] * 5 // 10
    return "".join(map(str, digits)) + str((10 - total % 10) % 10)


def person(name, *roles, email=None):
    user = accounts.create_user(
        by=None,
        at=INTAKE,
        email=email or f"{name}@{name}.test",
        name=name,
        password="naru-test-pw",
        verified=True,
    )
    for role in roles:
        accounts.grant_role(by=None, at=INTAKE, user=user, role=role)
    return get_user_model().objects.get(pk=user.pk)


def company(serial, owner, **changes):
    details: dict[str, Any] = {
        "name": f"가상 기업 {serial}",
        "kind": "sme",
        "legal_form": "corporation",
        "business_number": business_number(serial),
        "started_on": date(2021, 5, 3),
        "representatives": ((f"가상 대표 {serial}", date(1970, 1, 2)),),
        "simulated": True,
    } | changes
    return organisations.create_organisation(
        by=owner, at=INTAKE, details=organisations.OrganisationDetails(**details)
    )


def answers(terms, **changes):
    filled: dict[str, Any] = {
        "product": "npu-60",
        "title": "공장 영상 불량 검출",
        "clouds": ("cloud-b", "cloud-a"),
        "plan": {section.id: f"{section.title.ko}에 대한 가상의 답" for section in terms.plan},
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


@dataclass(frozen=True)
class Year:
    """A call with its first operator; makes applications and carries them on."""

    call: Any
    terms: Any
    operator: Any

    def submitted(self, serial, *, organisation=None, dates=VALID, **changes):
        """A company's complete application, handed in during the intake; a second one by a colleague."""
        owner = person(f"applicant{serial}")
        if organisation is not None:
            organisations.add_member(by=owner, at=INTAKE, organisation=organisation, user=owner)
        application = applications.start(
            by=owner,
            at=INTAKE,
            call=self.call,
            round_id="1",
            organisation=organisation or company(serial, owner),
            kind="sme",
            role="company",
        )
        applications.save_answers(
            by=owner, at=INTAKE, application=application, answers=answers(self.terms, **changes)
        )
        applications.attach_document(
            by=owner,
            at=INTAKE,
            application=application,
            code="sme_certificate",
            file=judge(PDF, "가상 확인서.pdf"),
            dates=dates,
        )
        applications.submit(by=owner, at=INTAKE, application=application, key=f"key-{serial}")
        application.refresh_from_db()
        return application

    def eligible(self, serial, **changes):
        """An application found and decided eligible."""
        application = self.submitted(serial, **changes)
        found = screening.find(by=self.operator, at=SCREENING, application=application)
        reason = "" if found.proposed == "passed" else "사람이 확인함"
        screening.decide(
            by=self.operator,
            at=SCREENING,
            screening=found,
            decision=Screening.Decision.ELIGIBLE,
            reason=reason,
        )
        return application

    def vendor(self, letter):
        """A simulated vendor of the capability matrix with one person."""
        supplier = organisations.add_supplier(
            by=self.operator,
            at=INTAKE,
            kind="vendor",
            code=f"vendor-{letter}",
            name=f"가상 반도체 {letter.upper()}",
            simulated=True,
        )
        user = person(f"vendor-{letter}", "vendor")
        organisations.add_supplier_member(by=self.operator, at=INTAKE, supplier=supplier, user=user)
        return supplier, user

    def reviewer(self, number, *, pledged=True):
        """A simulated reviewer who has pledged."""
        user = person(f"reviewer{number}", "reviewer")
        if pledged:
            evaluation.pledge(by=user, at=EVALUATION, call=self.call)
        return user


def declared(assignment, at=EVALUATION):
    """The assignment, once its reviewer has said there is no interest in the batch it came with."""
    if ReviewAssignment.objects.filter(pk=assignment.pk, removed_at=None, declaration=None).exists():
        evaluation.declare_interests(by=assignment.reviewer, at=at, call=assignment.application.call)
    return assignment


def sums(points=None):
    """Points for every criterion of the 2025 call."""
    return {"purpose": 24, "field": 4, "contents": 41, "need": 8, "other": 4} | (points or {})


def full(points=None):
    """The same as a reviewer enters them: a criterion of two elements is given in two halves."""
    given = sums(points)
    for criterion in ("purpose", "contents"):
        whole = given.pop(criterion)
        given |= {f"{criterion}-1": whole - whole // 2, f"{criterion}-2": whole // 2}
    return given


def finish(client, page, typed):
    """On the pages: press for the read-back, read, and make final what was read."""
    client.post(page, typed | {"act": "review"})
    read = client.get(f"{page}finalise/").context["last"].sha256
    return client.post(f"{page}finalise/", {"sha256": read}, follow=True)


def finalised(assignment, points=None, comment="구체적입니다.", at=EVALUATION):
    """The sheet stored, read back and made final."""
    who = {"by": assignment.reviewer, "at": at, "assignment": declared(assignment, at)}
    stored = evaluation.save_sheet(points=full(points), comment=comment, **who)
    return evaluation.finalise_sheet(sha256=stored.sha256, **who)

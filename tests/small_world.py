"""A small world: four applications and everybody their year needs, carried on by the actions people use.

A browser test carries it up to the act it posts itself, and from there the pages do.
"""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from pathlib import Path

import simulated_year
from simulated_year import CLOSE, EVALUATION, INTAKE, PDF, SCREENING, Year, finalised, person

from naru.codec.call import read_call
from naru.domain.handover import Delivery
from naru.portal.allocation import actions as allocation
from naru.portal.allocation.models import Award, Server
from naru.portal.applications import actions as applications
from naru.portal.applications.answers import DocumentDates
from naru.portal.applications.judging import judge
from naru.portal.calls import actions as calls
from naru.portal.calls.models import Call
from naru.portal.evaluation import actions as evaluation
from naru.portal.evaluation.models import ReviewAssignment
from naru.portal.organisations import actions as organisations
from naru.portal.screening import actions as screening
from naru.portal.screening.models import TechnicalReview
from naru.portal.selection import actions as selection

NOTICE = datetime(2025, 2, 12, 1, tzinfo=UTC)
SELECTION = datetime(2025, 3, 27, 1, tzinfo=UTC)
MATCHING = datetime(2025, 4, 1, 1, tzinfo=UTC)
AGREEMENT = datetime(2025, 4, 3, 1, tzinfo=UTC)
HANDOVER = datetime(2025, 4, 7, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
FIGURES = Delivery(
    tops_int8=60, cores=16, clock_ghz=Decimal("2.1"), memory_gb=128, ssd_tb=Decimal(1), link_gbps=Decimal(1)
)
CALL_FILE = Path(__file__).parent.parent / "calls" / "2025-npu.toml"


class World:
    """Who and what there is; each step is one stretch of the year, and needs the step before it."""

    STEPS = (
        "announced", "opened", "applied", "screened", "routed", "reviewed", "seated", "scored", "closed",
        "proposed", "selected", "supplied", "matched", "awarded", "agreed", "ordered", "delivered", "in_use",
    )  # fmt: skip

    def __init__(self) -> None:
        self.terms = read_call(CALL_FILE)
        self.applications, self.servers, self.awards = [], [], []
        for name in ("operator", "operator2", "auditor"):
            setattr(self, name, person(name, name.rstrip("2")))
        self.reviewers = [person(f"reviewer{n}", "reviewer") for n in (1, 2, 3)]
        self.reviewer1 = self.reviewers[0]
        self.stranger = person("stranger")
        self.suppliers = {}
        for kind, code in (("vendor", "vendor-a"), ("cloud", "cloud-a"), ("cloud", "cloud-b")):
            self._supplier(kind, code)

    def _supplier(self, kind, code):
        supplier = organisations.add_supplier(
            by=self.operator, at=NOTICE, kind=kind, code=code, name=f"가상 {kind} {code[-1]}", simulated=True
        )
        user = person(code, kind)
        organisations.add_supplier_member(by=self.operator, at=NOTICE, supplier=supplier, user=user)
        self.suppliers[code] = supplier
        setattr(self, code.replace("-", "_"), user)

    def upto(self, last):
        """Carry the year on through every step up to `last`."""
        for name in self.STEPS[: self.STEPS.index(last) + 1]:
            getattr(self, name)()
        return self

    @cached_property
    def call(self):
        return Call.objects.get(slug="2025-npu")

    @property
    def year(self):
        return Year(call=self.call, terms=self.terms, operator=self.operator)

    @cached_property
    def professor_user(self):
        return person("professor")

    @cached_property
    def student(self):
        return person("student")

    def announced(self):
        calls.publish(by=self.operator, at=NOTICE, terms=self.terms)

    def opened(self):
        by = {"by": self.operator, "at": NOTICE, "call": self.call, "round_id": "1"}
        calls.commit_seed(seed="a seed for the browser tests", **by)
        calls.freeze_quotas(**by)

    def applied(self):
        """Three companies and a professor's student."""
        self.applications = [self.year.submitted(n, title=f"가상 과제 {n}") for n in (1, 2, 3)]
        draft = self.student_draft()
        applications.confirm_student(by=self.professor_user, at=INTAKE, application=draft)
        applications.submit(by=self.student, at=INTAKE, application=draft, key="key-student")
        draft.refresh_from_db()
        self.applications.append(draft)

    def student_draft(self):
        """A student's complete application that waits for the professor's word."""
        university = organisations.create_organisation(
            by=self.student,
            at=INTAKE,
            details=organisations.OrganisationDetails(
                name="가상 대학교", kind="university", legal_form="public_institution", simulated=True
            ),
        )
        professor = organisations.add_professor(
            by=self.student,
            at=INTAKE,
            organisation=university,
            name="professor",
            email="professor@professor.test",
            department="가상 학과",
            user=self.professor_user,
        )
        draft = applications.start(
            by=self.student, at=INTAKE, call=self.call, round_id="1", organisation=university,
            kind="university", role="student", professor=professor,
        )  # fmt: skip
        answers = simulated_year.answers(self.terms, title="가상 과제 4")
        applications.save_answers(by=self.student, at=INTAKE, application=draft, answers=answers)
        for code in ("enrolment_certificate", "professor_employment_certificate"):
            applications.attach_document(
                by=self.student, at=INTAKE, application=draft, code=code,
                file=judge(PDF, "가상 증명서.pdf"), dates=DocumentDates(issued_on=INTAKE.date()),
            )  # fmt: skip
        return draft

    def screened(self):
        by = {"by": self.operator, "at": SCREENING, "call": self.call, "round_id": "1"}
        screening.find_round(**by)
        screening.confirm_clean(**by)

    def routed(self):
        for application in self.applications:
            screening.route(
                by=self.operator, at=SCREENING, application=application, vendors=[self.suppliers["vendor-a"]]
            )

    def reviewed(self):
        for review in TechnicalReview.objects.all():
            screening.answer_review(
                by=self.vendor_a, at=SCREENING + HOUR, review=review, verdict="supported",
                reason_code="runs_today",
            )  # fmt: skip

    def seated(self):
        for reviewer in self.reviewers:
            evaluation.pledge(by=reviewer, at=EVALUATION, call=self.call)
        for application in self.applications:
            evaluation.assign(
                by=self.operator, at=EVALUATION, application=application, reviewers=self.reviewers
            )
        for reviewer in self.reviewers:
            evaluation.declare_interests(by=reviewer, at=EVALUATION, call=self.call)

    def scored(self):
        for number, assignment in enumerate(ReviewAssignment.objects.order_by("pk")):
            finalised(assignment, {"contents": 30 + number}, "가상 의견")

    def closed(self):
        evaluation.close(by=self.operator, at=EVALUATION + HOUR, call=self.call, round_id="1")

    def proposed(self):
        self.run = selection.propose(by=self.operator, at=SELECTION, call=self.call, round_id="1")

    def selected(self):
        selection.confirm(by=self.operator, at=SELECTION, run=self.run)
        selection.confirm(by=self.operator2, at=SELECTION, run=self.run)
        self.run = selection.publish(by=self.operator, at=SELECTION, run=self.run)

    def supplied(self):
        for cloud, capacity in (("cloud-a", 1), ("cloud-b", 2)):
            selection.enter_capacity(
                by=self.operator, at=MATCHING, call=self.call, product="npu-60",
                vendor=self.suppliers["vendor-a"], cloud=self.suppliers[cloud], capacity=capacity,
            )  # fmt: skip

    def matched(self):
        run = selection.run_matching(by=self.operator, at=MATCHING, selection=self.run)
        for each in (self.operator, self.operator2):
            self.matching = selection.confirm_matching(by=each, at=MATCHING, matching=run)

    def awarded(self):
        self.awards = allocation.open_awards(by=self.operator, at=MATCHING, matching=self.matching)

    def agreed(self):
        for award in self.awards:
            allocation.sign_agreement(by=award.application.applicant, at=AGREEMENT, award=award)
            allocation.countersign(by=self.operator, at=AGREEMENT, award=award)

    def ordered(self):
        for award in self.awards:
            self.servers.append(allocation.order_server(by=self.operator, at=AGREEMENT, award=award))

    def delivered(self):
        for server in self.servers:
            allocation.deliver_server(
                by=self.cloud_person(server.award), at=HANDOVER, server=server, reference=f"rack-{server.pk}",
                address="10.0.0.7:22", figures=FIGURES,
            )  # fmt: skip

    def in_use(self):
        for server in Server.objects.select_related("award__application__applicant"):
            allocation.accept_handover(
                by=server.award.application.applicant, at=HANDOVER + HOUR, server=server
            )
        self.awards = list(Award.objects.select_related("application__applicant", "server", "cloud"))

    def cloud_person(self, award):
        """Who acts for the award's cloud company."""
        return getattr(self, award.cloud.code.replace("-", "_"))


__all__ = ["CLOSE", "EVALUATION", "INTAKE", "SCREENING", "World"]

"""A published call, suppliers, a confirmed matching: what allocation and progress start from.

Rows of earlier steps are written directly: how they come about is those steps' own test.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from programme import call_2025

from naru.domain.decision import Refused
from naru.domain.handover import Delivery
from naru.portal.allocation import actions as allocation
from naru.portal.allocation.models import Award
from naru.portal.applications.models import Application, Kpi
from naru.portal.audit.models import Event
from naru.portal.calls import actions as calls
from naru.portal.calls.models import Call, CallVersion, FrozenQuota
from naru.portal.organisations.models import Organisation, Professor, Supplier, SupplierMember
from naru.portal.screening.models import TechnicalReview
from naru.portal.selection.models import (
    Match,
    MatchingRun,
    SelectionOutcome,
    SelectionRun,
    ServerGroup,
)

DAY = timedelta(days=1)
MATCHED = datetime(2025, 4, 1, 1, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Stage:
    call: Call
    version: CallVersion
    run: SelectionRun
    matching: MatchingRun
    vendor: Supplier
    cloud: Supplier
    operator: object
    make_user: object

    def application(self, number, *, sector="private", product="npu-60", user=None, clouds=("cloud-a",)):
        """A submitted application of its own organisation and user, with two KPIs."""
        user = user or self.make_user(f"awardee{number}")
        private = sector == "private"
        organisation = Organisation.objects.create(
            kind="sme" if private else "university",
            legal_form="corporation" if private else "public_institution",
            name=f"가상기관 {number}",
            created_at=MATCHED,
            simulated=True,
        )
        professor = None
        if not private:
            professor = Professor.objects.create(
                organisation=organisation, name=f"교수 {number}", email=f"p{number}@example.test"
            )
        made = Application.objects.create(
            number=f"2025-npu-{number:04d}",
            call=self.call,
            version=self.version,
            round_id="1",
            applicant=user,
            organisation=organisation,
            professor=professor,
            role="company" if private else "staff",
            sector=sector,
            kind=organisation.kind,
            unit=organisation.unit if private else professor.unit,
            product=product,
            title=f"추론 과제 {number}",
            clouds=list(clouds),
            state="submitted",
            created_at=MATCHED,
            updated_at=MATCHED,
            submitted_at=MATCHED,
        )
        for name, direction, baseline, target in (
            ("처리량", "higher", 10, 100),
            ("지연시간", "lower", 50, 20),
        ):
            Kpi.objects.create(
                application=made,
                name=name,
                unit="fps" if direction == "higher" else "ms",
                direction=direction,
                baseline=baseline,
                target=target,
                how_measured="표준 입력 1,000건",
            )
        return made

    def selected(self, number, **changes):
        """A selected application that the matching gave a server."""
        made = self.application(number, **changes)
        self.outcome(made, number, "selected")
        Match.objects.create(
            run=self.matching,
            application=made,
            vendor=self.vendor,
            cloud=self.cloud,
            clause="R-07",
            code="FIRST_CHOICE",
            reason_ko="희망한 클라우드",
            reason_en="first choice",
        )
        return made

    def waiting(self, number, *, supported=True, **changes):
        """An application on the waiting list; `supported` by the vendor or by nobody."""
        made = self.application(number, **changes)
        self.outcome(made, number, "waiting")
        if supported:
            TechnicalReview.objects.create(
                application=made,
                vendor=self.vendor,
                verdict="supported",
                routed_at=MATCHED,
                answered_by=self.operator,
                answered_at=MATCHED,
            )
        return made

    def outcome(self, application, rank, status):
        SelectionOutcome.objects.create(
            run=self.run,
            application=application,
            product=application.product,
            sector=application.sector,
            rank=rank,
            score=90,
            status=status,
            clause="C-04",
            code="SELECTED" if status == "selected" else "SEATS_FULL",
            reason_ko="순위",
            reason_en="rank",
        )


def stage(make_user, operator, cloud_user, *, terms=None, capacity=10, seats=120):
    version = calls.publish(by=operator, at=datetime(2025, 2, 12, tzinfo=UTC), terms=terms or call_2025())
    call = version.call
    vendor = Supplier.objects.create(kind="vendor", code="vendor-a", name="가상 반도체 가", simulated=True)
    cloud = Supplier.objects.create(kind="cloud", code="cloud-a", name="가상 클라우드 가", simulated=True)
    SupplierMember.objects.create(supplier=cloud, user=cloud_user)
    run = SelectionRun.objects.create(
        call=call, round_id="1", version=version, state="published", record={}, run_by=operator,
        run_at=MATCHED, published_at=MATCHED,
    )  # fmt: skip
    matching = MatchingRun.objects.create(
        selection=run, record={}, run_by=operator, run_at=MATCHED, confirmed_at=MATCHED
    )
    FrozenQuota.objects.create(
        call=call, round_id="1", product="npu-60", seats=seats, frozen_by=operator, frozen_at=MATCHED
    )
    ServerGroup.objects.create(
        call=call, product="npu-60", vendor=vendor, cloud=cloud, capacity=capacity, entered_by=operator,
        entered_at=MATCHED,
    )  # fmt: skip
    return Stage(call, version, run, matching, vendor, cloud, operator, make_user)


ENOUGH = Delivery(
    tops_int8=60, cores=16, clock_ghz=Decimal("2.1"), memory_gb=128, ssd_tb=Decimal(1), link_gbps=Decimal(1)
)


@dataclass(frozen=True)
class Acts:
    """The acts of the people involved, each at an instant of its own unless told otherwise."""

    operator: object
    operator2: object
    cloud_user: object
    enough: Delivery = ENOUGH

    def opened(self, stage):
        return allocation.open_awards(by=self.operator, at=MATCHED, matching=stage.matching)

    def signed(self, award, at=MATCHED + DAY):
        return allocation.sign_agreement(by=award.application.applicant, at=at, award=award)

    def concluded(self, award, at=MATCHED + DAY):
        self.signed(award, at)
        return allocation.countersign(by=self.operator, at=at, award=award)

    def ordered(self, award, at=MATCHED + DAY):
        self.concluded(award, at)
        return allocation.order_server(by=self.operator, at=at, award=award)

    def delivered(self, award, at=MATCHED + 2 * DAY, figures=ENOUGH):
        server = self.ordered(award, at)
        return allocation.deliver_server(
            by=self.cloud_user, at=at, server=server, reference=f"rack-{award.pk}",
            address=f"10.0.0.{award.pk}:22", figures=figures,
        )  # fmt: skip

    def in_use(self, award, at=MATCHED + 3 * DAY):
        server = self.delivered(award, at)
        allocation.accept_handover(by=award.application.applicant, at=at, server=server)
        return Award.objects.select_related("application", "server", "call").get(pk=award.pk)


def events(action):
    return Event.objects.filter(action=action).count()


def refused(code, act, **arguments):
    """The clause with which `act` is refused; the refusal leaves no event behind."""
    before = Event.objects.count()
    with pytest.raises(Refused) as caught:
        act(**arguments)
    assert caught.value.finding.code == code
    assert caught.value.finding.mend is not None or code in DOMAIN_CODES
    assert Event.objects.count() == before
    return caught.value.finding.clause


DOMAIN_CODES = {"hearing_open", "decided_already"}

"""A round ready for selection: simulated applications with sheets and vendors, written directly as rows.

How those rows come about is the earlier steps' own test; here only what selection reads from them counts.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from programme import call_2025
from simulated import applications as simulated_applications

from naru.domain.application import Application as Entry
from naru.domain.scoring import Sheet
from naru.domain.sheet import scorecard
from naru.portal.applications.models import Application
from naru.portal.calls import actions as calls
from naru.portal.evaluation.models import EvaluationClosing, ReviewAssignment, ScoreSheet
from naru.portal.organisations.models import Organisation, Professor, Supplier
from naru.portal.screening.models import Screening, ScreeningFinding, TechnicalReview
from naru.portal.selection.models import ServerGroup

SEEDED = datetime(2025, 3, 3, 1, 0, tzinfo=UTC)
SUBMITTED = datetime(2025, 3, 10, 1, 0, tzinfo=UTC)
SELECTING = datetime(2025, 3, 26, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SEED = "a seed for the tests of selection"
VENDORS = {"vendor-a": "가상 반도체 가", "vendor-b": "가상 반도체 나", "vendor-c": "가상 반도체 다"}
CLOUDS = {"cloud-x": "가상 클라우드 엑스", "cloud-y": "가상 클라우드 와이"}


def entry(
    number, total=90, *, sector="private", product="npu-60", vendors=("vendor-a",), clouds=("cloud-x",)
):
    """One application whose three reviewers agree on `total` points of 100."""
    points = {"purpose": 30, "field": 5, "contents": 50, "need": 10, "other": 5}
    left = 100 - total
    for key, most in points.items():
        taken = min(left, most)
        points[key] = most - taken
        left -= taken
    return Entry(
        id=f"2025-npu-{number:04d}",
        unit=f"unit:{number}",
        sector=sector,
        product=product,
        sheets=tuple(Sheet(reviewer=f"r{r}", points=points) for r in range(3)),
        vendors=vendors,
        clouds=clouds,
    )


@dataclass(frozen=True)
class Round:
    """One round of the 2025 call and the two operators who select."""

    call: Any
    terms: Any
    operator: Any
    operator2: Any
    round_id: str = "1"

    def opened(self):
        """Seed committed, quotas frozen."""
        calls.commit_seed(by=self.operator, at=SEEDED, call=self.call, round_id="1", seed=SEED)
        calls.freeze_quotas(by=self.operator, at=SEEDED, call=self.call, round_id="1")
        return self

    def closed(self):
        """The evaluation closed."""
        EvaluationClosing.objects.create(
            call=self.call, round_id="1", closed_by=self.operator, closed_at=SELECTING - HOUR
        )
        return self

    def suppliers(self):
        for kind, names in (("vendor", VENDORS), ("cloud", CLOUDS)):
            for code, name in names.items():
                Supplier.objects.get_or_create(
                    code=code, defaults={"kind": kind, "name": name, "simulated": True}
                )
        return {row.code: row for row in Supplier.objects.all()}

    def many(self, count, **changes):
        """`count` simulated applications of every kind."""
        return self.entered(*simulated_applications(self.terms, count, **changes))

    def entered(self, *entries):
        """Write the rows that say what `entries` say; the applications by receipt number."""
        suppliers = self.suppliers()
        people = _people(entries)
        version = self.call.versions.get()
        organisations = Organisation.objects.bulk_create(
            Organisation(
                kind="university" if one.sector == "public" else "sme",
                legal_form="public_institution" if one.sector == "public" else "corporation",
                name=f"가상 기관 {one.id[-5:]}",
                simulated=True,
                created_at=SEEDED,
            )
            for one in entries
        )
        professors = {
            owner.pk: Professor.objects.create(
                organisation=owner,
                name=f"가상 교수 {owner.pk}",
                email=f"p{owner.pk}@x.test",
                department="가상",
            )
            for owner in organisations
            if owner.kind == "university"
        }
        rows = Application.objects.bulk_create(
            Application(
                number=one.id,
                call=self.call,
                version=version,
                round_id=self.round_id,
                applicant=people[one.id],
                organisation=owner,
                professor=professors.get(owner.pk),
                role="staff" if one.sector == "public" else "company",
                sector=one.sector,
                kind=owner.kind,
                unit=one.unit,
                product=one.product,
                title=f"가상 과제 {one.id}",
                clouds=list(one.clouds),
                youth_claimed=bool(one.claimed),
                state="submitted",
                created_at=SEEDED,
                updated_at=SUBMITTED,
                submitted_at=SUBMITTED,
            )
            for one, owner in zip(entries, organisations, strict=True)
        )
        self._screened(version, entries, rows, suppliers)
        self._scored(entries, rows, people)
        return {row.number: row for row in rows}

    def _screened(self, version, entries, rows, suppliers):
        screenings = Screening.objects.bulk_create(
            Screening(
                application=row,
                version=version,
                proposed="passed",
                decision="eligible",
                found_at=SUBMITTED,
                decided_by=self.operator,
                decided_at=SUBMITTED,
            )
            for row in rows
        )
        ScreeningFinding.objects.bulk_create(
            ScreeningFinding(
                screening=screening,
                order=0,
                clause="E-07",
                code="bonus_evidenced",
                outcome="passed",
                reason_ko="청년기업",
                reason_en="youth",
                facts=[["bonus", "youth"]],
            )
            for one, screening in zip(entries, screenings, strict=True)
            if one.evidenced
        )
        TechnicalReview.objects.bulk_create(
            TechnicalReview(
                application=row,
                vendor=suppliers[code],
                routed_at=SUBMITTED,
                verdict="supported",
                answered_by=self.operator,
                answered_at=SUBMITTED,
            )
            for one, row in zip(entries, rows, strict=True)
            for code in one.vendors
        )

    def _scored(self, entries, rows, people):
        assignments = ReviewAssignment.objects.bulk_create(
            ReviewAssignment(application=row, reviewer=people[sheet.reviewer], assigned_at=SUBMITTED)
            for one, row in zip(entries, rows, strict=True)
            for sheet in one.sheets
        )
        sheets = [sheet for one in entries for sheet in one.sheets]
        scored_on = scorecard(call_2025().criteria)
        ScoreSheet.objects.bulk_create(
            ScoreSheet(
                assignment=assignment,
                number=1,
                points=sheet.points,
                total=sheet.total,
                comment="가상 의견",
                state="final",
                entered_at=SUBMITTED,
                scorecard=scored_on,
                sha256="0" * 64,
            )
            for assignment, sheet in zip(assignments, sheets, strict=True)
        )

    def supplied(self, each=10, products=("npu-60", "npu-120", "npu-240")):
        """`each` servers of every product at every pair of vendor and cloud."""
        suppliers = self.suppliers()
        return ServerGroup.objects.bulk_create(
            ServerGroup(
                call=self.call,
                product=product,
                vendor=suppliers[vendor],
                cloud=suppliers[cloud],
                capacity=each,
                entered_by=self.operator,
                entered_at=SELECTING,
            )
            for product in products
            for vendor in VENDORS
            for cloud in CLOUDS
        )


def _people(entries):
    """An applicant per application and a user per reviewer, who cannot log in."""
    user = get_user_model()
    names = [one.id for one in entries]
    names += sorted({sheet.reviewer for one in entries for sheet in one.sheets})
    for name in names:
        user.objects.get_or_create(
            email=f"{name}@selecting.test",
            defaults={"name": f"가상 {name}", "joined_at": SEEDED, "password": "!", "simulated": True},
        )
    return {
        row.email.partition("@")[0]: row for row in user.objects.filter(email__endswith="@selecting.test")
    }

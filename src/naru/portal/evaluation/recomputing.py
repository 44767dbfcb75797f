"""What a round's sheets come to at this moment, and what one sheet more or less changes (ADR 0117).

Light beside what a selection is made from: neither vendors nor the people behind applicants decide a rank.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import OuterRef, Q, Subquery

from naru.domain import application as domain
from naru.domain import call as terms
from naru.domain.decision import Outcome
from naru.domain.recomputing import Difference, Standing, differences, standings, without
from naru.domain.rulings import AGAINST
from naru.domain.scoring import Sheet
from naru.domain.youth import CODES
from naru.portal.applications.models import Application
from naru.portal.calls import queries as calls
from naru.portal.calls.models import Call
from naru.portal.evaluation import queries
from naru.portal.evaluation.models import Recalculation, ReviewAssignment
from naru.portal.screening import queries as screening
from naru.portal.screening.models import FindingRuling, ScreeningFinding

EVIDENCED = ("bonus_evidenced", "bonus_cutoff_birthday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """A round as its sheets stand; `ids` maps a receipt number to the application's row."""

    terms: terms.Call
    applications: tuple[domain.Application, ...]
    ids: Mapping[str, int]
    seed: str

    def less(self, seat: ReviewAssignment) -> "Reviewed":
        """The same without the sheet of one seat."""
        pair = (seat.application.number or "", str(seat.reviewer_id))
        left = without(self.applications, [pair])
        return Reviewed(terms=self.terms, applications=left, ids=self.ids, seed=self.seed)

    def changes_to(self, other: "Reviewed") -> list[dict[str, object]]:
        """Everybody who stands elsewhere in `other`, as texts and whole numbers."""
        before, after = (standings(self.terms, one.applications, self.seed) for one in (self, other))
        return [self._told(one) for one in differences(self.applications, before, after)]

    def _told(self, one: Difference) -> dict[str, object]:
        told = {"before": _standing(one.before), "after": _standing(one.after)}
        return {"application": self.ids[one.id], "number": one.id, "product": one.product, **told}


def _standing(one: Standing) -> dict[str, object]:
    return {"sheets": one.sheets, "score": one.score, "rank": one.rank}


def reviewed(call: Call, round_id: str) -> Reviewed:
    """The round's final sheets, bonuses and seed as they are now, in six queries."""
    said = calls.terms(calls.current(call))
    sheets, evidenced = queries.final_sheets(call, round_id), evidenced_bonuses(call, round_id)
    seed = calls.seed_of(call, round_id)
    rows = list(screening.eligible(call, round_id))
    return Reviewed(
        terms=said,
        applications=tuple(
            domain.Application(
                id=row.number or "",
                unit=row.unit,
                sector=row.sector,
                product=row.product,
                sheets=tuple(Sheet(reviewer=str(who), points=points) for who, points in sheets[row.pk]),
                claimed=claimed(said, row),
                evidenced=evidenced.get(row.pk, ()),
                submitted_at=row.submitted_at,
            )
            for row in rows
        ),
        ids={row.number or "": row.pk for row in rows},
        seed=seed.seed if seed else "",
    )


def claimed(said: terms.Call, row: Application) -> tuple[str, ...]:
    """The bonuses an applicant asks for."""
    return tuple(bonus.id for bonus in said.bonuses) if row.youth_claimed else ()


def evidenced_bonuses(call: Call, round_id: str) -> dict[int, tuple[str, ...]]:
    """For each application the bonus ids its screening found met and evidenced, as ruled (E-07, R-04)."""
    last = FindingRuling.objects.filter(screening=OuterRef("screening"), mark=OuterRef("mark"))
    rows = (
        ScreeningFinding.objects.filter(
            screening__application__call=call,
            screening__application__round_id=round_id,
            code__startswith=CODES,
        )
        .annotate(after=Subquery(last.order_by("-pk").values("after")[:1]))
        .filter(Q(after=Outcome.PASSED) | Q(code__in=EVIDENCED) & ~Q(after__in=AGAINST))
        .values_list("screening__application", "facts")
    )
    found: dict[int, tuple[str, ...]] = {}
    for application, facts in rows:
        found[application] = (*found.get(application, ()), dict(facts)["bonus"])
    return found


def of_round(call: Call, round_id: str) -> list[Recalculation]:
    """What was computed anew in a round, the latest first, with its application."""
    rows = Recalculation.objects.filter(
        assignment__application__call=call, assignment__application__round_id=round_id
    )
    return list(rows.select_related("assignment__application"))


def of_application(row: Application) -> list[Recalculation]:
    """The same of one application's sheets, with the reviewer and who caused it."""
    rows = Recalculation.objects.filter(assignment__application=row)
    return list(rows.select_related("assignment__reviewer", "by"))

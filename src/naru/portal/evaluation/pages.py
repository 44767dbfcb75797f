"""What the evaluation pages show, made from rows: criteria with their text and points."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.html import format_html

from naru.domain.call import Call, PlanSection
from naru.domain.decision import Finding, Refused
from naru.domain.sheet import check_whole, require_comment
from naru.domain.terms import Criterion, Part
from naru.portal.applications.models import Application, Kpi
from naru.portal.evaluation.models import ScoreSheet
from naru.portal.ui.wording import localised


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """One part of the scorecard with the points stored and the field to enter them in."""

    part: Part
    points: int | None
    field: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One criterion of a sheet: what the applicant wrote for it, and the points stored or to be given."""

    criterion: Criterion
    answers: tuple[tuple[PlanSection, str], ...]
    targets: tuple[tuple[Kpi, Decimal, Decimal], ...]
    points: int | None
    parts: tuple[Filled, ...] = ()

    @property
    def split(self) -> bool:
        """Whether its elements are scored one by one."""
        return len(self.parts) > 1


def rows(
    application: Application, terms: Call, stored: ScoreSheet | None, form: Any | None = None
) -> list[Row]:
    """The sheet's rows in the scorecard's order; `form` brings the fields.

    The targets stand beside the first criterion, which asks for them.
    """
    texts = {answer.section: answer.text for answer in application.plan.all()}
    targets = tuple((kpi, plain(kpi.baseline), plain(kpi.target)) for kpi in application.kpis.all())
    return [
        Row(
            criterion=criterion,
            answers=tuple(
                (section, texts.get(section.id, ""))
                for section in terms.plan
                if section.criterion == criterion.id
            ),
            targets=targets if place == 0 else (),
            points=stored.points.get(criterion.id) if stored else None,
            parts=tuple(
                Filled(
                    part=part,
                    points=stored.parts.get(part.key) if stored else None,
                    field=form[form.name_of(part.key)] if form else None,
                )
                for part in criterion.parts
            ),
        )
        for place, criterion in enumerate(terms.criteria)
    ]


def plain(value: Decimal) -> Decimal:
    """A number without idle zeros behind the point, and never as a power of ten."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def most(terms: Call) -> int:
    """The points of a full sheet."""
    return sum(criterion.points for criterion in terms.criteria)


def by_criterion(terms: Call, points: Mapping[str, int]) -> list[tuple[Criterion, int | None]]:
    """Every criterion with its points, None where a draft has none."""
    return [(criterion, points.get(criterion.id)) for criterion in terms.criteria]


def figures(
    terms: Call, stored: ScoreSheet | None
) -> list[tuple[Criterion, int | None, list[tuple[Part, int | None]]]]:
    """Every criterion with its points and those of its parts, as stored."""
    points, parts = (stored.points, stored.parts) if stored else ({}, {})
    return [
        (one, points.get(one.id), [(part, parts.get(part.key)) for part in one.parts])
        for one in terms.criteria
    ]


def kind_title(terms: Call, application: Application) -> str:
    """What the applicant is, in the call's words: sector and kind."""
    party = terms.party_of(application.kind)
    kinds = party.kinds if party else ()
    titles = [localised(kind.title) for kind in kinds if kind.id == application.kind]
    return " · ".join([localised(party.title), *titles]) if party else application.kind


def printed_due(terms: Call) -> str:
    """When the evaluation takes place, as the call prints it: Korean in every language."""
    rows = ", ".join(row.printed for row in terms.schedule if row.step == "evaluation")
    return format_html('<span lang="ko">{}</span>', rows) if rows else ""


def lacking(terms: Call, stored: ScoreSheet) -> Finding | None:
    """What keeps a stored sheet from being made final: a part without points, or the comment."""
    try:
        check_whole(stored.parts, terms.criteria)
        require_comment(stored.comment)
    except Refused as refused:
        return refused.finding
    return None

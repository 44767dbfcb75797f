"""Reviews after an upheld appeal (재심): by others than before, beside the round's own result."""

from datetime import datetime

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from naru.portal.applications.models import Application
from naru.portal.evaluation.models import EvaluationClosing, ReviewAssignment, ScoreSheet


def of_the_round(seats: QuerySet[ReviewAssignment]) -> QuerySet[ReviewAssignment]:
    """Those whose sheets make the round's result."""
    return seats.filter(again=False)


def shut(at: datetime) -> ExpressionWrapper[Q]:
    """Whether a seat's sheet can no longer be written at `at`: its round is closed, or its own review is.

    A replacement's seat outlives the closing: until its sheet is final, or its due instant has come.
    """
    final = ScoreSheet.objects.filter(assignment=OuterRef("pk"), state=ScoreSheet.State.FINAL)
    reopened = Q(due_at__isnull=False, due_at__gt=at) & ~Q(Exists(final))
    round_closed = EvaluationClosing.objects.filter(
        call=OuterRef("application__call"), round_id=OuterRef("application__round_id")
    )
    ended = (Q(Exists(round_closed), again=False) & ~reopened) | Q(again_closed_at__isnull=False)
    return ExpressionWrapper(ended, BooleanField())


def seats(application: Application) -> QuerySet[ReviewAssignment]:
    """The reviewers asked after an appeal and not removed, with their saved states, by name."""
    rows = ReviewAssignment.objects.filter(application=application, again=True, removed_at=None)
    return rows.select_related("reviewer").prefetch_related("sheets").order_by("reviewer__name", "pk")


def final_sheets(application: Application) -> list[tuple[int, dict[str, int]]]:
    """Their final sheets as (reviewer id, points), by reviewer id."""
    found = []
    for seat in seats(application):
        last = max(seat.sheets.all(), key=lambda sheet: sheet.number, default=None)
        if last is not None and last.state == ScoreSheet.State.FINAL:
            found.append((seat.reviewer_id, dict(last.points)))
    return sorted(found)


def reviewed_before(application: Application) -> set[int]:
    """Everybody ever asked to score it, removed ones too: none of them reviews it again."""
    return set(application.assignments.values_list("reviewer", flat=True))

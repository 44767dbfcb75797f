"""Rows of evaluation: pledges, conflicts, assignments and append-only score sheets."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from naru.portal.applications.models import Application
from naru.portal.calls.models import Call


class Pledge(models.Model):
    """A reviewer's pledge (서약) for a call, before the first document opens."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="pledges")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="pledges")
    text_sha256 = models.CharField(_("서약문 해시"), max_length=64)
    pledged_at = models.DateTimeField(_("서약 시각"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "reviewer"], name="one_pledge_per_call")]

    def __str__(self) -> str:
        return f"{self.reviewer}: {self.call}"


class ConflictOfInterest(models.Model):
    """A conflict (제척·기피·회피) between a reviewer and an application, with its reason."""

    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="conflicts")
    application = models.ForeignKey(Application, models.PROTECT, related_name="conflicts")
    reason = models.TextField(_("사유"))
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(_("시각"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reviewer", "application"], name="one_conflict_per_pair")
        ]

    def __str__(self) -> str:
        return f"{self.reviewer} / {self.application}"


class ReviewAssignment(models.Model):
    """A reviewer's task to score one application; removed rather than deleted."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="assignments")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignments")
    assigned_at = models.DateTimeField(_("배정 시각"))
    removed_at = models.DateTimeField(_("해제 시각"), null=True, blank=True)
    removal_reason = models.TextField(_("해제 사유"), blank=True)

    class Meta:
        ordering = ["application__number"]
        constraints = [
            models.UniqueConstraint(fields=["application", "reviewer"], name="one_assignment_per_pair"),
            models.CheckConstraint(
                condition=models.Q(removed_at__isnull=True) | ~models.Q(removal_reason=""),
                name="removal_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} / {self.reviewer}"


class EvaluationClosing(models.Model):
    """The end of a round's evaluation: from then on no sheet changes, and selection may be run."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="evaluation_closings")
    round_id = models.CharField(_("차수"), max_length=32)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(_("마감 시각"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "round_id"], name="one_closing_per_round")]

    def __str__(self) -> str:
        return f"{self.call}/{self.round_id}"


class AppendOnlyError(Exception):
    """Somebody tried to change or delete a saved state of a score sheet."""

    def __init__(self) -> None:
        super().__init__("score sheets are append-only: save a new state with a reason instead")


class ScoreSheetQuerySet(models.QuerySet["ScoreSheet"]):
    """Reads and inserts only."""

    def update(self, **_fields: Any) -> int:
        """Refused."""
        raise AppendOnlyError

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refused."""
        raise AppendOnlyError


class ScoreSheet(models.Model):
    """One saved state of a reviewer's sheet; rows are only added, the last one counts (R-03)."""

    class State(models.TextChoices):
        """Whether the reviewer stands by it."""

        DRAFT = "draft", _("작성 중")
        FINAL = "final", _("확정")

    assignment = models.ForeignKey(ReviewAssignment, models.PROTECT, related_name="sheets")
    number = models.PositiveIntegerField(_("판"))
    points = models.JSONField(_("항목별 점수"))
    total = models.PositiveSmallIntegerField(_("합계"))
    comment = models.TextField(_("의견"), blank=True)
    reason = models.TextField(_("변경 사유"), blank=True)
    state = models.CharField(_("상태"), max_length=8, choices=State)
    entered_at = models.DateTimeField(_("입력 시각"))
    previous_sha256 = models.CharField(_("앞 판 해시"), max_length=64, blank=True)
    sha256 = models.CharField(_("해시"), max_length=64)

    objects: ClassVar[models.Manager["ScoreSheet"]] = ScoreSheetQuerySet.as_manager()

    class Meta:
        ordering = ["assignment", "number"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "number"], name="one_sheet_per_number"),
            models.CheckConstraint(
                condition=models.Q(state="draft") | ~models.Q(comment=""), name="final_sheet_has_comment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment} #{self.number}"

    def save(self, **options: Any) -> None:
        """Insert; a second save is refused."""
        if not self._state.adding:
            raise AppendOnlyError
        super().save(**options)

    def delete(self, **_options: Any) -> tuple[int, dict[str, int]]:  # type: ignore[override]
        """Refused."""
        raise AppendOnlyError

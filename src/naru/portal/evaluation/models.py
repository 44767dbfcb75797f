"""Rows of evaluation: pledges, conflicts, assignments and append-only score sheets."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from naru.portal.applications.models import Application
from naru.portal.audit.models import AppendOnly, AppendOnlyQuerySet
from naru.portal.calls.models import Call
from naru.portal.organisations.models import Organisation


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


class ReviewerProfile(models.Model):
    """A reviewer in the pool (평가위원단): affiliation, expertise, availability, most sheets.

    `expertise` holds the ids of the catalogue's fields; `organisation` is the entry of the portal the
    affiliation stands for, where there is one.
    """

    reviewer = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="reviewer_profile")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="reviewer_profiles"
    )
    affiliation = models.CharField(_("소속"), max_length=120, blank=True)
    business_number = models.CharField(_("소속의 사업자등록번호"), max_length=10, blank=True)
    expertise = models.JSONField(_("전문분야"), default=list, blank=True)
    available = models.BooleanField(_("참여 가능"), default=True)
    ceiling = models.PositiveSmallIntegerField(_("맡을 수 있는 최대 건수"), null=True, blank=True)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    updated_at = models.DateTimeField(_("고친 시각"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ceiling=None) | models.Q(ceiling__gt=0), name="reviewer_ceiling_positive"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reviewer}: {self.affiliation}"


class DeclaredRelation(models.Model):
    """A relation a reviewer declared once for all: with an organisation, its number, or a person."""

    class Kind(models.TextChoices):
        """What binds the two."""

        WORK = "work", _("근무·겸직 (지금 또는 전에)")
        FAMILY = "family", _("친족")
        TEACHING = "teaching", _("사제")
        RESEARCH = "research", _("공동연구")
        ADVICE = "advice", _("자문")
        INVESTMENT = "investment", _("투자·지분")

    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="declared_relations")
    kind = models.CharField(_("관계"), max_length=16, choices=Kind)
    organisation = models.CharField(_("기관"), max_length=120, blank=True)
    business_number = models.CharField(_("사업자등록번호"), max_length=10, blank=True)
    person = models.CharField(_("사람 (이름 또는 이메일)"), max_length=120, blank=True)
    declared_at = models.DateTimeField(_("밝힌 시각"))
    ended_at = models.DateTimeField(_("거둔 시각"), null=True, blank=True)

    class Meta:
        ordering = ["-declared_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(organisation="", business_number="", person=""),
                name="relation_is_with_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.reviewer}: {self.kind}"


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


class PoolShowing(models.Model):
    """The names of reviewers shown to a round's applicants, until when they may object (기피); exclusive."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="pool_showings")
    round_id = models.CharField(_("차수"), max_length=32)
    reviewers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="pool_showings")
    shown_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    shown_at = models.DateTimeField(_("공개 시각"))
    until = models.DateTimeField(_("기피 신청 기한"))

    class Meta:
        ordering = ["-shown_at", "-id"]

    def __str__(self) -> str:
        return f"{self.call}/{self.round_id} {self.shown_at:%Y-%m-%d}"


class Objection(models.Model):
    """An applicant's objection to a reviewer (기피 신청), and the operator's answer with its reason."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="objections")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="objections")
    reason = models.TextField(_("기피 사유"))
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    filed_at = models.DateTimeField(_("신청 시각"))
    upheld = models.BooleanField(_("기피 인정"), null=True)
    answer = models.TextField(_("결정 사유"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("결정 시각"), null=True, blank=True)

    class Meta:
        ordering = ["filed_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["application", "reviewer"], name="one_objection_per_pair"),
            models.CheckConstraint(
                condition=models.Q(upheld=None, decided_at=None, decided_by=None)
                | (
                    models.Q(upheld__isnull=False, decided_at__isnull=False, decided_by__isnull=False)
                    & ~models.Q(answer="")
                ),
                name="objection_decision_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.reviewer}"


class ConflictDeclaration(models.Model):
    """A reviewer's word on one batch of assignments: with none of these organisations is there an interest.

    `organisations_sha256` is the hash of the ids shown; those with an interest have left the batch.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="conflict_declarations")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="conflict_declarations"
    )
    organisations_sha256 = models.CharField(_("보인 기관의 해시"), max_length=64)
    declared_at = models.DateTimeField(_("밝힌 시각"))

    def __str__(self) -> str:
        return f"{self.reviewer}: {self.call} {self.declared_at:%Y-%m-%d}"


class ReviewAssignment(models.Model):
    """A reviewer's task to score one application; removed rather than deleted.

    `again`: asked after an upheld appeal (재심), when the round's evaluation is long closed; such a sheet
    never counts in the round's own result, and closes by itself.

    Nothing of the application opens before the `declaration` (0094).

    `replaces`: asked after the closing in place of one whose review was taken out; open until its sheet is
    final, at the longest until `due_at` (0117).
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="assignments")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignments")
    assigned_at = models.DateTimeField(_("배정 시각"))
    removed_at = models.DateTimeField(_("해제 시각"), null=True, blank=True)
    removal_reason = models.TextField(_("해제 사유"), blank=True)
    again = models.BooleanField(_("재심"), default=False)
    again_closed_at = models.DateTimeField(_("재심 마감 시각"), null=True, blank=True)
    declaration = models.ForeignKey(
        ConflictDeclaration, models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replacement")
    due_at = models.DateTimeField(_("평가 기한"), null=True, blank=True)

    class Meta:
        ordering = ["application__number"]
        constraints = [
            models.UniqueConstraint(fields=["application", "reviewer"], name="one_assignment_per_pair"),
            models.CheckConstraint(
                condition=models.Q(removed_at__isnull=True) | ~models.Q(removal_reason=""),
                name="removal_has_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(again=True) | models.Q(again_closed_at=None),
                name="only_again_closes_alone",
            ),
            models.CheckConstraint(
                condition=models.Q(replaces=None, due_at=None)
                | models.Q(replaces__isnull=False, due_at__isnull=False),
                name="replacement_has_due_instant",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} / {self.reviewer}"


class Recalculation(AppendOnly):
    """What a final sheet changed when it left a round, or joined it after the closing (재계산).

    `changes` names everybody whose sheets, score or rank moved, with both. Shown once the seats are frozen
    (C-04); the act's event holds it too, or before that its hash.
    """

    assignment = models.ForeignKey(ReviewAssignment, models.PROTECT, related_name="recalculations")
    joined = models.BooleanField(_("새 평가가 더해짐"))
    changes = models.JSONField(_("바뀐 점수와 순위"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("시각"))

    objects: ClassVar[models.Manager["Recalculation"]] = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.assignment} {self.at:%Y-%m-%d}"


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
    """One saved state of a reviewer's sheet; rows are only added, the last one counts (R-03).

    `parts` is what was entered, `points` and `total` its sums. `origin` names the open page that saved it:
    its next save is no conflict with itself when the answer to this one was lost on the way.
    """

    class State(models.TextChoices):
        """Whether the reviewer stands by it."""

        DRAFT = "draft", _("작성 중")
        FINAL = "final", _("확정")

    assignment = models.ForeignKey(ReviewAssignment, models.PROTECT, related_name="sheets")
    number = models.PositiveIntegerField(_("판"))
    parts = models.JSONField(_("평가요소별 점수"), default=dict)
    points = models.JSONField(_("항목별 점수"))
    total = models.PositiveSmallIntegerField(_("합계"))
    comment = models.TextField(_("의견"), blank=True)
    reason = models.TextField(_("변경 사유"), blank=True)
    state = models.CharField(_("상태"), max_length=8, choices=State)
    entered_at = models.DateTimeField(_("입력 시각"))
    scorecard = models.CharField(_("평가항목의 해시"), max_length=64, blank=True)
    origin = models.CharField(_("저장한 화면"), max_length=16, blank=True)
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

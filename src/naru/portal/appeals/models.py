"""Rows of appeals: the appeal with its answer and result, its files, its place, the extra seat."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from naru.portal.applications.models import Application, StoredFile
from naru.portal.calls.models import Call
from naru.portal.selection.models import SelectionRun

PERSON = settings.AUTH_USER_MODEL


class Appeal(models.Model):
    """An appeal against what one application was told; withdrawn and filed again it keeps its number.

    `due_at` is when it is to be answered. `run` is the published run it objects to, which it never changes:
    `result` says what that run would have decided, `record` proves it.
    """

    class State(models.TextChoices):
        """Where the appeal stands."""

        FILED = "filed", _("답을 기다림")
        PROPOSED = "proposed", _("인용 확인을 기다림")
        UPHELD = "upheld", _("인용, 다시 심사 중")
        SETTLED = "settled", _("인용, 결과 나옴")
        REJECTED = "rejected", _("기각")
        DISMISSED = "dismissed", _("각하")
        WITHDRAWN = "withdrawn", _("철회")

    application = models.OneToOneField(Application, models.PROTECT, related_name="appeal")
    call = models.ForeignKey(Call, models.PROTECT, related_name="appeals")
    run = models.ForeignKey(SelectionRun, models.PROTECT, related_name="appeals")
    number = models.CharField(_("이의신청 번호"), max_length=80, unique=True)
    state = models.CharField(_("상태"), max_length=16, choices=State, default=State.FILED)
    key = models.CharField(_("화면의 열쇠"), max_length=64, unique=True)
    told = models.CharField(_("통지받은 결과"), max_length=16)
    against = models.CharField(_("이의를 내는 대상"), max_length=16)
    grounds = models.JSONField(_("이유"), default=list)
    text = models.TextField(_("내용"))
    filed_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    filed_at = models.DateTimeField(_("낸 시각"))
    due_at = models.DateTimeField(_("답할 기한"))
    earlier = models.JSONField(_("철회하기 전의 내용"), default=list)
    extended_at = models.DateTimeField(_("연장 시각"), null=True, blank=True)
    extension_reason = models.TextField(_("연장 사유"), blank=True)
    withdrawn_at = models.DateTimeField(_("철회 시각"), null=True, blank=True)
    remedy = models.CharField(_("조치"), max_length=16, blank=True)
    corrections = models.JSONField(_("바로잡은 점수"), default=dict)
    code = models.CharField(_("각하 사유"), max_length=32, blank=True)
    reason = models.TextField(_("답"), blank=True)
    sent_back = models.TextField(_("돌려보낸 사유"), blank=True)
    proposed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    proposed_at = models.DateTimeField(_("인용 제안 시각"), null=True, blank=True)
    decided_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(_("답한 시각"), null=True, blank=True)
    settled_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(_("결과 시각"), null=True, blank=True)
    result = models.JSONField(_("다시 계산한 결과"), null=True, blank=True)
    record = models.JSONField(_("다시 계산한 기록"), null=True, blank=True)
    record_sha256 = models.CharField(_("기록 해시"), max_length=64, blank=True)

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state__in=["upheld", "settled"])
                | models.Q(proposed_by__isnull=False, decided_by__isnull=False)
                & ~models.Q(proposed_by=models.F("decided_by")),
                name="two_persons_uphold_an_appeal",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["rejected", "dismissed", "upheld", "settled"])
                | ~models.Q(reason=""),
                name="an_answer_has_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("appeals:card", args=[self.pk])

    @property
    def due(self) -> datetime:
        """The last minute in which it is answered in time, as people are told it."""
        return self.due_at - timedelta(minutes=1)


class AppealFile(models.Model):
    """A file handed in with an appeal; `filing` counts the times it was filed."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="files")
    filing = models.PositiveSmallIntegerField(_("몇 번째로 냈을 때"))
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="appeal_files")
    filename = models.CharField(_("파일 이름"), max_length=255)
    uploaded_at = models.DateTimeField(_("올린 시각"))

    class Meta:
        ordering = ["filing", "pk"]

    def __str__(self) -> str:
        return self.filename


class WaitingPlace(models.Model):
    """The place on the waiting list of the product an upheld appeal leads to.

    `heads`: it would have been selected, so it stands before everybody else who waits.
    """

    appeal = models.OneToOneField(Appeal, models.PROTECT, related_name="place")
    application = models.OneToOneField(Application, models.PROTECT, related_name="waiting_place")
    product = models.CharField(_("상품"), max_length=32)
    round_id = models.CharField(_("차수"), max_length=32)
    rank = models.PositiveIntegerField(_("다시 계산한 순위"))
    heads = models.BooleanField(_("대기자의 맨 앞"))
    made_at = models.DateTimeField(_("시각"))

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.application}: {self.rank}"


class ExtraSeat(models.Model):
    """A seat beyond the quota for a successful appellant: signed by two, with its budget line."""

    appeal = models.OneToOneField(Appeal, models.PROTECT, related_name="seat")
    product = models.CharField(_("상품"), max_length=32)
    budget_line = models.CharField(_("예산 항목"), max_length=120)
    units = models.PositiveIntegerField(_("예산 단위"))
    reason = models.TextField(_("사유"))
    proposed_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("제안 시각"))
    signed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(_("서명 시각"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(signed_by=None, signed_at=None)
                | models.Q(signed_by__isnull=False, signed_at__isnull=False)
                & ~models.Q(signed_by=models.F("proposed_by")),
                name="two_persons_sign_an_extra_seat",
            )
        ]

    def __str__(self) -> str:
        return f"{self.appeal}: +1"

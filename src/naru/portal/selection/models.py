"""Rows of selection and matching: a run with its verifiable record, one outcome per application."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from naru.portal.applications.models import Application
from naru.portal.calls.models import Call, CallVersion
from naru.portal.organisations.models import Supplier

PERSONS = 2  # so many different operators stand by a selection, and by a matching, before it counts


class SelectionRun(models.Model):
    """One run of the selection (선정) of a round: decided now, published later."""

    class State(models.TextChoices):
        """How far the run has come; a person can only move it forward."""

        PROPOSED = "proposed", "모의 결과"
        CONFIRMED = "confirmed", "확정(공개 전)"
        PUBLISHED = "published", "공개됨"
        SUPERSEDED = "superseded", "대체됨"

    call = models.ForeignKey(Call, models.PROTECT, related_name="selection_runs")
    round_id = models.CharField("차수", max_length=32)
    version = models.ForeignKey(CallVersion, models.PROTECT, related_name="+")
    state = models.CharField("상태", max_length=16, choices=State, default=State.PROPOSED)
    record = models.JSONField("재계산할 수 있는 기록")
    record_sha256 = models.CharField("기록 해시", max_length=64)
    run_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    run_at = models.DateTimeField("실행 시각")
    published_at = models.DateTimeField("공개 시각", null=True, blank=True)
    replaces = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replacements",
        verbose_name="대신하는 결과",
    )
    replacing_reason = models.CharField("대신하는 사유", max_length=500, blank=True)

    class Meta:
        ordering = ["-run_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(replaces=None, replacing_reason="")
                | models.Q(replaces__isnull=False) & ~models.Q(replacing_reason=""),
                name="run_replaced_with_a_reason",
            ),
            models.UniqueConstraint(
                fields=["call", "round_id"],
                condition=models.Q(state__in=["confirmed", "published"]),
                name="one_confirmed_run_per_round",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call}/{self.round_id} {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        return reverse("selection:run", args=[self.pk])


class RunConfirmation(models.Model):
    """One person's confirmation of a run; two different persons make it confirmed."""

    run = models.ForeignKey(SelectionRun, models.PROTECT, related_name="confirmations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField("확정 시각")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "person"], name="one_confirmation_per_person")]

    def __str__(self) -> str:
        return f"{self.run}: {self.person}"


class SelectionOutcome(models.Model):
    """What a run decided about one application, with the clause and the reason."""

    class Status(models.TextChoices):
        """Selected, on the waiting list, or neither."""

        SELECTED = "selected", "선정"
        WAITING = "waiting", "예비"
        NOT_SELECTED = "not_selected", "미선정"

    run = models.ForeignKey(SelectionRun, models.CASCADE, related_name="outcomes")
    application = models.ForeignKey(Application, models.PROTECT, related_name="outcomes")
    product = models.CharField("상품", max_length=32)
    sector = models.CharField("부문", max_length=16)
    rank = models.PositiveIntegerField("순위", null=True, blank=True)
    waiting = models.PositiveIntegerField("예비 순번", null=True, blank=True)
    score = models.DecimalField("점수", max_digits=6, decimal_places=2)
    status = models.CharField("결과", max_length=16, choices=Status)
    clause = models.CharField("조항", max_length=8)
    code = models.CharField("부호", max_length=64)
    reason_ko = models.TextField("근거")
    reason_en = models.TextField("reason")

    class Meta:
        ordering = ["product", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["run", "application"], name="one_outcome_per_application"),
            models.UniqueConstraint(fields=["run", "product", "rank"], name="one_rank_per_product"),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.get_status_display()}"


class Correction(models.Model):
    """What a corrected result changed for one application after its publication: told by a mail of its own.

    None where the application takes no part in one of the two results.
    """

    run = models.ForeignKey(SelectionRun, models.PROTECT, related_name="corrections")
    application = models.ForeignKey(Application, models.PROTECT, related_name="corrections_of_result")
    before = models.ForeignKey(SelectionOutcome, models.PROTECT, null=True, blank=True, related_name="+")
    after = models.ForeignKey(SelectionOutcome, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["application"]
        constraints = [
            models.UniqueConstraint(fields=["run", "application"], name="one_correction_per_application")
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.before} → {self.after}"


class ServerGroup(models.Model):
    """How many servers of a product a vendor and a cloud company can lend together.

    Each side's number as it stated it last; `capacity`, the smaller of them, is what counts.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="server_groups")
    product = models.CharField("상품", max_length=32)
    vendor = models.ForeignKey(Supplier, models.PROTECT, related_name="vendor_groups")
    cloud = models.ForeignKey(Supplier, models.PROTECT, related_name="cloud_groups")
    vendor_capacity = models.PositiveIntegerField("AI 반도체사가 적은 대수", null=True, blank=True)
    cloud_capacity = models.PositiveIntegerField("클라우드사가 적은 대수", null=True, blank=True)
    capacity = models.PositiveIntegerField("대수")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField("입력 시각")

    class Meta:
        ordering = ["product", "vendor", "cloud"]
        constraints = [
            models.UniqueConstraint(fields=["call", "product", "vendor", "cloud"], name="one_group_per_pair")
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.vendor}@{self.cloud}: {self.capacity}"

    @property
    def differs(self) -> bool:
        """Whether the two sides state different numbers."""
        return None not in (self.vendor_capacity, self.cloud_capacity) and (
            self.vendor_capacity != self.cloud_capacity
        )


class CapacityEntry(models.Model):
    """One number stated for a server group, by whom and when; never changed."""

    class Side(models.TextChoices):
        """Who stated it; an operator states it for both sides."""

        VENDOR = "vendor", "AI 반도체사"
        CLOUD = "cloud", "클라우드사"
        BOTH = "both", "운영기관"

    group = models.ForeignKey(ServerGroup, models.PROTECT, related_name="entries")
    side = models.CharField("적은 쪽", max_length=8, choices=Side)
    capacity = models.PositiveIntegerField("적은 대수")
    counts = models.PositiveIntegerField("인정된 대수")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField("입력 시각")

    class Meta:
        ordering = ["-entered_at", "-id"]

    def __str__(self) -> str:
        return f"{self.group}: {self.capacity}"


class MatchingRun(models.Model):
    """One run of the matching (배정) for a confirmed selection, with the whole record."""

    selection = models.ForeignKey(SelectionRun, models.PROTECT, related_name="matchings")
    record = models.JSONField("재계산할 수 있는 기록")
    record_sha256 = models.CharField("기록 해시", max_length=64)
    run_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    run_at = models.DateTimeField("실행 시각")
    confirmed_at = models.DateTimeField("확정 시각", null=True, blank=True)

    class Meta:
        ordering = ["-run_at"]

    def __str__(self) -> str:
        return f"{self.selection} 배정"


class MatchingConfirmation(models.Model):
    """One person's confirmation of a matching; the second, another person, sets its `confirmed_at`."""

    run = models.ForeignKey(MatchingRun, models.PROTECT, related_name="confirmations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField("확정 시각")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "person"], name="one_matching_confirmation_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.run}: {self.person}"


class Match(models.Model):
    """Who gets which vendor and cloud, or why not, with the certificate."""

    run = models.ForeignKey(MatchingRun, models.CASCADE, related_name="matches")
    application = models.ForeignKey(Application, models.PROTECT, related_name="matches")
    vendor = models.ForeignKey(Supplier, models.PROTECT, null=True, blank=True, related_name="+")
    cloud = models.ForeignKey(Supplier, models.PROTECT, null=True, blank=True, related_name="+")
    preference = models.PositiveSmallIntegerField("희망 순위", null=True, blank=True)
    clause = models.CharField("조항", max_length=8)
    code = models.CharField("부호", max_length=64)
    reason_ko = models.TextField("근거")
    reason_en = models.TextField("reason")
    certificate = models.JSONField("증명", null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["run", "application"], name="one_match_per_application"),
            models.CheckConstraint(
                condition=models.Q(vendor__isnull=True, cloud__isnull=True)
                | models.Q(vendor__isnull=False, cloud__isnull=False),
                name="vendor_and_cloud_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.vendor}@{self.cloud}"

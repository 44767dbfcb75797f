"""Rows of the call: a frozen snapshot per version, the committed seed, the frozen quotas."""

from django.conf import settings
from django.db import models
from django.urls import reverse


class Call(models.Model):
    """One programme call (사업공고); what it says stands in its versions."""

    class State(models.TextChoices):
        """Where the call is in its year."""

        DRAFT = "draft", "초안"
        PUBLISHED = "published", "공고 중"
        ENDED = "ended", "종료"

    slug = models.SlugField("공고 번호", unique=True, help_text="calls/*.toml 의 id")
    state = models.CharField("상태", max_length=16, choices=State, default=State.DRAFT)
    created_at = models.DateTimeField("등록 시각")

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("calls:detail", args=[self.slug])


class CallVersion(models.Model):
    """A published version: the whole call as canonical JSON, never edited; an amendment is a new row."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("판")
    snapshot = models.JSONField("공고 내용")
    sha256 = models.CharField("내용 해시", max_length=64)
    reason = models.TextField("변경 사유", blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField("공고 시각")

    class Meta:
        ordering = ["call", "number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="call_version_once"),
            models.CheckConstraint(
                condition=models.Q(number=1) | ~models.Q(reason=""), name="amendment_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call.slug} v{self.number}"


class LotterySeed(models.Model):
    """The lottery's seed of a round: its hash is public before intake closes, the seed after selection."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="seeds")
    round_id = models.CharField("차수", max_length=32)
    commitment = models.CharField("공개된 해시", max_length=64)
    seed = models.CharField("추첨 씨앗", max_length=128)
    committed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    committed_at = models.DateTimeField("해시 공개 시각")
    revealed_at = models.DateTimeField("씨앗 공개 시각", null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "round_id"], name="one_seed_per_round")]

    def __str__(self) -> str:
        return f"{self.call.slug}/{self.round_id}: {self.commitment[:12]}"


class FrozenQuota(models.Model):
    """Seats of one product in a round, fixed before any score is opened (C-04)."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="quotas")
    round_id = models.CharField("차수", max_length=32)
    product = models.CharField("상품", max_length=32)
    seats = models.PositiveIntegerField("대수")
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField("확정 시각")

    class Meta:
        ordering = ["call", "round_id", "product"]
        constraints = [
            models.UniqueConstraint(fields=["call", "round_id", "product"], name="one_quota_per_product")
        ]

    def __str__(self) -> str:
        return f"{self.product}: {self.seats}"

"""Rows of screening and technical review: findings with their clause, decisions with their reason."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from naru.portal.applications.models import Application, StoredFile
from naru.portal.calls.models import Call, CallVersion
from naru.portal.organisations.models import Supplier


class Screening(models.Model):
    """The document screening (서류적격심사) of one application."""

    class Decision(models.TextChoices):
        """What the person decided."""

        PENDING = "pending", _("심사 전")
        CORRECTION = "correction", _("보완 요청 중")
        ELIGIBLE = "eligible", _("적격")
        INELIGIBLE = "ineligible", _("부적격")

    application = models.OneToOneField(Application, models.PROTECT, related_name="screening")
    version = models.ForeignKey(CallVersion, models.PROTECT, related_name="+")
    proposed = models.CharField(_("규칙의 판단"), max_length=16)
    outcome = models.CharField(_("판단별 결정까지 더한 결과"), max_length=16, default="")
    decision = models.CharField(_("결정"), max_length=16, choices=Decision, default=Decision.PENDING)
    lapsing = models.BooleanField(_("갱신할 확인서가 있음"), default=False)
    overrides = models.BooleanField(_("규칙과 다른 결정"), default=False)
    reason = models.TextField(_("사유"), blank=True)
    found_at = models.DateTimeField(_("판단 시각"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("결정 시각"), null=True, blank=True)

    class Meta:
        ordering = ["application__number"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(decision__in=["eligible", "ineligible"])
                | models.Q(decided_by__isnull=False, decided_at__isnull=False),
                name="screening_decided_by_a_person",
            ),
            models.CheckConstraint(
                condition=models.Q(overrides=False) | ~models.Q(reason=""),
                name="screening_override_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.get_decision_display()}"


class ScreeningFinding(models.Model):
    """One rule's finding, as `naru.domain.decision.Finding` stored."""

    screening = models.ForeignKey(Screening, models.CASCADE, related_name="findings")
    order = models.PositiveSmallIntegerField(_("순서"))
    clause = models.CharField(_("조항"), max_length=8)
    code = models.CharField(_("부호"), max_length=64)
    mark = models.CharField(_("판단의 표지"), max_length=16, default="")
    outcome = models.CharField(_("판단"), max_length=16)
    reason_ko = models.TextField(_("근거"))
    reason_en = models.TextField("reason")
    facts = models.JSONField(_("사실"), default=list)
    mend_ko = models.TextField(_("보완 방법"), blank=True)
    mend_en = models.TextField("mend", blank=True)

    class Meta:
        ordering = ["screening", "order"]
        constraints = [models.UniqueConstraint(fields=["screening", "order"], name="one_finding_per_place")]

    def __str__(self) -> str:
        return f"{self.clause} {self.code}: {self.outcome}"


class FindingRuling(models.Model):
    """A person's word on one finding, as `naru.domain.rulings` takes it; rows are only added (R-01).

    `found` is what the rules said (empty for the person's own finding), `before` what held until now. What
    was ruled upon is kept in words, since findings are judged anew.
    """

    screening = models.ForeignKey(Screening, models.PROTECT, related_name="rulings")
    clause = models.CharField(_("조항"), max_length=8)
    code = models.CharField(_("부호"), max_length=64)
    mark = models.CharField(_("판단의 표지"), max_length=16, blank=True)
    found = models.CharField(_("규칙의 판단"), max_length=16, blank=True)
    before = models.CharField(_("앞의 판단"), max_length=16)
    after = models.CharField(_("정한 판단"), max_length=16)
    said_ko = models.TextField(_("판단의 내용"), blank=True)
    said_en = models.TextField("finding", blank=True)
    reason = models.TextField(_("사유"), blank=True)
    ruled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ruled_at = models.DateTimeField(_("정한 시각"))

    class Meta:
        ordering = ["screening", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(after=models.F("found")) | ~models.Q(reason=""),
                name="ruling_against_the_rules_has_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.clause} {self.code}: {self.before} > {self.after}"


class CorrectionRequest(models.Model):
    """A request to mend one item (보완요청), with its due date and the answer."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="corrections")
    item = models.CharField(_("항목"), max_length=48)
    message = models.TextField(_("요청 내용"))
    due_at = models.DateTimeField(_("기한"))
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(_("요청 시각"))
    answer = models.TextField(_("답변"), blank=True)
    answered_at = models.DateTimeField(_("답변 시각"), null=True, blank=True)
    extended_at = models.DateTimeField(_("기한 연장 시각"), null=True, blank=True)
    extension_reason = models.TextField(_("연장 사유"), blank=True)
    withdrawn_at = models.DateTimeField(_("요청 취소 시각"), null=True, blank=True)
    withdrawal_reason = models.TextField(_("취소 사유"), blank=True)

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_at=None) | models.Q(withdrawn_at=None),
                name="correction_answered_or_withdrawn",
            )
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.item}"

    @property
    def open(self) -> bool:
        """Neither answered nor taken back; its due date may be over."""
        return self.answered_at is None and self.withdrawn_at is None


class CorrectionText(models.Model):
    """The operator's own words for a kind of correction request, instead of the ones naru comes with."""

    code = models.CharField(_("종류"), max_length=64, unique=True)
    ko = models.TextField(_("한국어"), max_length=1000)
    en = models.TextField(_("영어"), max_length=1000)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    updated_at = models.DateTimeField(_("고친 시각"))

    def __str__(self) -> str:
        return self.code


class CertificateRenewal(models.Model):
    """A certificate good at the close that lapses before the allocation, to be renewed (E-05).

    The file it replaces stays on record in `before`. A person may let the server be ordered without it.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="renewals")
    document = models.CharField(_("서류"), max_length=48)
    lapses_on = models.DateField(_("만료일"))
    needed_by = models.DateField(_("필요한 날"))
    before = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(_("요청 시각"))
    renewed_at = models.DateTimeField(_("갱신 시각"), null=True, blank=True)
    valid_until = models.DateField(_("새 만료일"), null=True, blank=True)
    waived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    waived_at = models.DateTimeField(_("면제 시각"), null=True, blank=True)
    waiver_reason = models.TextField(_("면제 사유"), blank=True)

    class Meta:
        ordering = ["needed_by", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "document", "lapses_on"], name="one_renewal_per_lapse"
            ),
            models.CheckConstraint(
                condition=models.Q(waived_at=None)
                | models.Q(waived_by__isnull=False) & ~models.Q(waiver_reason=""),
                name="renewal_waived_by_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.document}"

    @property
    def outstanding(self) -> bool:
        """Neither renewed nor waived."""
        return self.renewed_at is None and self.waived_at is None


class DuplicateResolution(models.Model):
    """A person's decision which application of a unit stays (E-04)."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="duplicate_resolutions")
    unit = models.CharField(_("할당 단위"), max_length=128)
    kept = models.ForeignKey(Application, models.PROTECT, null=True, blank=True, related_name="+")
    excluded = models.ManyToManyField(Application, related_name="duplicate_exclusions")
    reason = models.TextField(_("사유"))
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("결정 시각"))

    def __str__(self) -> str:
        return self.unit


class TechnicalReview(models.Model):
    """One vendor's word on one application's models (사전 기술검토)."""

    class Verdict(models.TextChoices):
        """What the vendor answered."""

        SUPPORTED = "supported", _("지원 가능")
        CONDITIONAL = "conditional", _("조건부 가능")
        UNSUPPORTED = "unsupported", _("지원 불가")

    application = models.ForeignKey(Application, models.PROTECT, related_name="technical_reviews")
    vendor = models.ForeignKey(Supplier, models.PROTECT, related_name="technical_reviews")
    code = models.CharField(_("검토 번호"), max_length=16)
    routed_at = models.DateTimeField(_("요청 시각"))
    due_at = models.DateTimeField(_("기한"), null=True, blank=True)
    claim = models.CharField(_("요청할 때 지원 표의 값"), max_length=16, blank=True)
    sdk = models.CharField(_("요청할 때 SDK 판"), max_length=32, blank=True)
    verdict = models.CharField(_("판정"), max_length=16, choices=Verdict, blank=True)
    reason_code = models.CharField(_("사유 부호"), max_length=32, blank=True)
    note = models.TextField(_("설명"), blank=True)
    effort_weeks = models.PositiveSmallIntegerField(_("지원에 드는 인력(인주)"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(_("답변 시각"), null=True, blank=True)

    class Meta:
        ordering = ["routed_at", "code"]
        constraints = [
            models.UniqueConstraint(fields=["application", "vendor"], name="one_review_per_vendor"),
            models.CheckConstraint(
                condition=models.Q(verdict="")
                | models.Q(answered_by__isnull=False, answered_at__isnull=False),
                name="technical_review_answered_by_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} / {self.vendor}"


class TechnicalDecision(models.Model):
    """A person's decision where no vendor supports the models: proceed or exclude (R-02)."""

    class Decision(models.TextChoices):
        """What the person decided."""

        PROCEED = "proceed", _("평가 진행")
        EXCLUDE = "exclude", _("제외")

    application = models.OneToOneField(Application, models.PROTECT, related_name="technical_decision")
    decision = models.CharField(_("결정"), max_length=16, choices=Decision)
    reason = models.TextField(_("사유"))
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("결정 시각"))

    def __str__(self) -> str:
        return f"{self.application}: {self.get_decision_display()}"


class ModelNarrowing(models.Model):
    """The models an applicant keeps of those applied for (A-05); what was submitted stays as it was."""

    application = models.OneToOneField(Application, models.PROTECT, related_name="narrowing")
    kept = models.JSONField(_("남긴 모델"), default=list)
    reason = models.TextField(_("사유"))
    narrowed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    narrowed_at = models.DateTimeField(_("좁힌 시각"))

    def __str__(self) -> str:
        return f"{self.application}: {', '.join(self.kept)}"

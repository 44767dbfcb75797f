"""Rows of allocation: an award with agreement, server, withdrawal, ledger; refills and their offers."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from naru.portal.applications.models import Application
from naru.portal.calls.models import Call
from naru.portal.organisations.models import Supplier


class Award(models.Model):
    """A place in the programme for one application: from selection (or refill) to the server's return."""

    class State(models.TextChoices):
        """Where the award is."""

        AGREEMENT = "agreement", _("협약 대기")
        ORDERED = "ordered", _("서버 준비 중")
        IN_USE = "in_use", _("이용 중")
        WITHDRAWN = "withdrawn", _("중도포기")
        EXCLUDED = "excluded", _("제외")
        ENDED = "ended", _("이용 종료")

    class Source(models.TextChoices):
        """How the place was won."""

        SELECTION = "selection", _("선정")
        REFILL = "refill", _("예비 충원")
        APPEAL = "appeal", _("이의신청 인용")

    call = models.ForeignKey(Call, models.PROTECT, related_name="awards")
    application = models.OneToOneField(Application, models.PROTECT, related_name="award")
    product = models.CharField(_("상품"), max_length=32)
    vendor = models.ForeignKey(Supplier, models.PROTECT, related_name="vendor_awards")
    cloud = models.ForeignKey(Supplier, models.PROTECT, related_name="cloud_awards")
    source = models.CharField(_("경로"), max_length=16, choices=Source, default=Source.SELECTION)
    state = models.CharField(_("상태"), max_length=16, choices=State, default=State.AGREEMENT)
    created_at = models.DateTimeField(_("배정 시각"))
    ended_at = models.DateTimeField(_("종료 시각"), null=True, blank=True)

    class Meta:
        ordering = ["application__number"]

    def __str__(self) -> str:
        return f"{self.application} {self.product}"

    def get_absolute_url(self) -> str:
        return reverse("allocation:award", args=[self.pk])


class Agreement(models.Model):
    """The agreement (협약): its terms as signed, by the awardee and then by the operator."""

    award = models.OneToOneField(Award, models.PROTECT, related_name="agreement")
    terms = models.JSONField(_("협약 내용"))
    terms_sha256 = models.CharField(_("협약 해시"), max_length=64)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(_("서명 시각"))
    countersigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    countersigned_at = models.DateTimeField(_("운영기관 서명 시각"), null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.award} 협약"


class Server(models.Model):
    """The development server of an award, made by an engine, checked against the product at handover."""

    class State(models.TextChoices):
        """Where the server is."""

        ORDERED = "ordered", _("준비 중")
        DELIVERED = "delivered", _("인도됨")
        HANDED_OVER = "handed_over", _("이용 중")
        RETURNED = "returned", _("회수됨")

    class Phase(models.TextChoices):
        """What its engine says of it (`naru.engines.base.Phase`)."""

        WAITING = "waiting", _("인도 대기")
        RUNNING = "running", _("가동 중")
        SUSPENDED = "suspended", _("일시 정지")
        RELEASED = "released", _("해제됨")

    award = models.OneToOneField(Award, models.PROTECT, related_name="server")
    engine = models.CharField(_("엔진"), max_length=32)
    reference = models.CharField(_("주문 번호"), max_length=128, blank=True)
    phase = models.CharField(_("엔진이 아는 상태"), max_length=16, choices=Phase, default=Phase.WAITING)
    cloud_reference = models.CharField(_("클라우드사 서버 번호"), max_length=128, blank=True)
    address = models.CharField(_("접속 주소"), max_length=200, blank=True)
    figures = models.JSONField(_("인도된 사양"), default=dict)
    findings = models.JSONField(_("인수 검사"), default=list)
    state = models.CharField(_("상태"), max_length=16, choices=State, default=State.ORDERED)
    ordered_at = models.DateTimeField(_("주문 시각"))
    delivered_at = models.DateTimeField(_("인도 시각"), null=True, blank=True)
    handed_over_at = models.DateTimeField(_("인수 시각"), null=True, blank=True)
    returned_at = models.DateTimeField(_("회수 시각"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["engine", "reference"],
                condition=~models.Q(reference=""),
                name="one_server_per_reference",
            )
        ]

    def __str__(self) -> str:
        return self.reference or f"{self.award} 서버"


class Withdrawal(models.Model):
    """A withdrawal after selection (중도포기), with its reason (L-03)."""

    award = models.OneToOneField(Award, models.PROTECT, related_name="withdrawal")
    reason = models.TextField(_("사유"))
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(_("시각"))

    def __str__(self) -> str:
        return f"{self.award} 중도포기"


class RefillBatch(models.Model):
    """One day's refill over all products of a call (L-03), with the record that repeats it."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="refill_batches")
    day = models.DateField(_("충원한 날"))
    record = models.JSONField(_("기록"))
    root = models.CharField(_("기록 해시"), max_length=64)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("시각"))

    class Meta:
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(fields=["call", "day"], name="one_refill_a_day")]

    def __str__(self) -> str:
        return f"{self.call} {self.day:%Y-%m-%d} 충원"


class RefillDecision(models.Model):
    """What one refill batch decided about one waiting application; those before batches have none."""

    batch = models.ForeignKey(RefillBatch, models.PROTECT, null=True, related_name="decisions")
    call = models.ForeignKey(Call, models.PROTECT, related_name="refills")
    product = models.CharField(_("상품"), max_length=32)
    application = models.ForeignKey(Application, models.PROTECT, related_name="refills")
    offered = models.BooleanField(_("제안"))
    clause = models.CharField(_("조항"), max_length=8)
    code = models.CharField(_("부호"), max_length=64)
    reason_ko = models.TextField(_("근거"))
    reason_en = models.TextField("reason")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("시각"))

    class Meta:
        ordering = ["-decided_at", "id"]

    def __str__(self) -> str:
        return f"{self.application}: {self.code}"


class Offer(models.Model):
    """A place offered to one who waits (제안), until an instant; without an answer it ends by itself."""

    class Answer(models.TextChoices):
        """What the applicant said; nothing while it is open, or when it has lapsed."""

        ACCEPTED = "accepted", _("수락")
        DECLINED = "declined", _("사양")

    batch = models.ForeignKey(RefillBatch, models.PROTECT, related_name="offers")
    call = models.ForeignKey(Call, models.PROTECT, related_name="offers")
    application = models.OneToOneField(Application, models.PROTECT, related_name="offer")
    product = models.CharField(_("상품"), max_length=32)
    vendor = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    cloud = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    source = models.CharField(_("경로"), max_length=16, choices=Award.Source, default=Award.Source.REFILL)
    offered_at = models.DateTimeField(_("제안 시각"))
    expires_at = models.DateTimeField(_("답할 기한"))
    answer = models.CharField(_("답"), max_length=16, choices=Answer, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(_("답한 시각"), null=True, blank=True)

    class Meta:
        ordering = ["-offered_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answer="", answered_at=None, answered_by=None)
                | ~models.Q(answer="") & models.Q(answered_at__isnull=False, answered_by__isnull=False),
                name="an_offer_is_answered_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.application} 충원 제안"

    def get_absolute_url(self) -> str:
        return reverse("allocation:offer", args=[self.application_id])


class LedgerEntry(models.Model):
    """Budget spent by one award in one month, in budget units (L-05)."""

    award = models.ForeignKey(Award, models.PROTECT, related_name="ledger")
    month = models.DateField(_("월"), help_text=_("그 달의 1일"))
    units = models.PositiveIntegerField(_("예산 단위"))
    entered_at = models.DateTimeField(_("기록 시각"))

    class Meta:
        ordering = ["month"]
        constraints = [models.UniqueConstraint(fields=["award", "month"], name="one_entry_per_month")]

    def __str__(self) -> str:
        return f"{self.award} {self.month:%Y-%m}: {self.units}"

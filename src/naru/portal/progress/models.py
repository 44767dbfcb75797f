"""Rows of progress: monthly reports, reason statements, checks, measured KPIs, surveys, restriction cases."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from naru.portal.allocation.models import Award
from naru.portal.applications.models import Kpi
from naru.portal.organisations.models import Restriction


class MonthlyReport(models.Model):
    """The progress check (진도체크) of one month: the stage reached and what shows it."""

    award = models.ForeignKey(Award, models.PROTECT, related_name="reports")
    month = models.DateField(_("월"), help_text=_("그 달의 1일"))
    stage = models.CharField(_("단계"), max_length=32)
    note = models.TextField(_("진행 내용"))
    evidence = models.JSONField(_("근거"), default=list, blank=True)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(_("보고 시각"))

    class Meta:
        ordering = ["award", "month"]
        constraints = [models.UniqueConstraint(fields=["award", "month"], name="one_report_per_month")]

    def __str__(self) -> str:
        return f"{self.award} {self.month:%Y-%m} {self.stage}"


class ReasonStatement(models.Model):
    """Why an award stays in its stage (유지사유서), owed after two months in stages 1 to 3 (P-02)."""

    award = models.ForeignKey(Award, models.PROTECT, related_name="reason_statements")
    stage = models.CharField(_("단계"), max_length=32)
    month = models.DateField(_("월"), help_text=_("그 달의 1일"))
    text = models.TextField(_("유지 사유"))
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    stated_at = models.DateTimeField(_("제출 시각"))

    class Meta:
        ordering = ["award", "month"]
        constraints = [models.UniqueConstraint(fields=["award", "month"], name="one_statement_per_month")]

    def __str__(self) -> str:
        return f"{self.award} {self.month:%Y-%m}"


class Check(models.Model):
    """The midpoint check (중간점검) or the final check (결과점검) of an award."""

    class Kind(models.TextChoices):
        """Which of the two."""

        MIDPOINT = "midpoint", _("중간점검")
        FINAL = "final", _("결과점검")

    class Verdict(models.TextChoices):
        """What the person decided."""

        SATISFACTORY = "satisfactory", _("적합")
        INSUFFICIENT = "insufficient", _("미흡")

    award = models.ForeignKey(Award, models.PROTECT, related_name="checks")
    kind = models.CharField(_("점검"), max_length=16, choices=Kind)
    summary = models.TextField(_("제출 내용"))
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(_("제출 시각"))
    proposed = models.CharField(_("규칙의 판단"), max_length=32, blank=True)
    findings = models.JSONField(_("판단 근거"), default=list)
    verdict = models.CharField(_("판정"), max_length=16, choices=Verdict, blank=True)
    reason = models.TextField(_("판정 사유"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("판정 시각"), null=True, blank=True)

    class Meta:
        ordering = ["award", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["award", "kind"], name="one_check_per_kind"),
            models.CheckConstraint(
                condition=models.Q(verdict="") | models.Q(decided_by__isnull=False, decided_at__isnull=False),
                name="check_decided_by_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.award} {self.get_kind_display()}"


class KpiResult(models.Model):
    """The measured value of one KPI at the final check, beside its target (P-04)."""

    check_row = models.ForeignKey(Check, models.CASCADE, related_name="results")
    kpi = models.ForeignKey(Kpi, models.PROTECT, related_name="results")
    measured = models.DecimalField(_("실적 값"), max_digits=18, decimal_places=4, null=True, blank=True)
    note = models.CharField(_("설명"), max_length=300, blank=True)

    class Meta:
        ordering = ["kpi"]
        constraints = [models.UniqueConstraint(fields=["check_row", "kpi"], name="one_result_per_kpi")]

    def __str__(self) -> str:
        return f"{self.kpi}: {self.measured}"


class Survey(models.Model):
    """What an awardee answered after the support (설문과 성과조사, P-05), by the ids of the questions."""

    award = models.OneToOneField(Award, models.PROTECT, related_name="survey")
    answers = models.JSONField(_("답"))
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(_("답한 시각"))

    class Meta:
        ordering = ["award"]

    def __str__(self) -> str:
        return f"{self.award} {self.answered_at:%Y-%m-%d}"


class RestrictionCase(models.Model):
    """A case for restricting next year's participation: facts, notice, hearing, decision."""

    class State(models.TextChoices):
        """Where the case is."""

        NOTICED = "noticed", _("사전 통지")
        HEARD = "heard", _("의견 제출됨")
        RESTRICTED = "restricted", _("참여제한")
        DROPPED = "dropped", _("제한하지 않음")

    award = models.ForeignKey(Award, models.PROTECT, related_name="restriction_cases")
    ground = models.CharField(_("사유"), max_length=32)
    clause = models.CharField(_("조항"), max_length=8)
    facts = models.TextField(_("사실"))
    state = models.CharField(_("상태"), max_length=16, choices=State, default=State.NOTICED)
    noticed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    noticed_at = models.DateTimeField(_("통지 시각"))
    hearing_until = models.DateTimeField(_("의견 제출 기한"))
    statement = models.TextField(_("당사자 의견"), blank=True)
    stated_at = models.DateTimeField(_("의견 제출 시각"), null=True, blank=True)
    reason = models.TextField(_("결정 사유"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("결정 시각"), null=True, blank=True)
    restriction = models.OneToOneField(
        Restriction, models.PROTECT, null=True, blank=True, related_name="case"
    )

    class Meta:
        ordering = ["-noticed_at"]
        constraints = [
            models.UniqueConstraint(fields=["award", "ground"], name="one_case_per_ground"),
            models.CheckConstraint(
                condition=~models.Q(state__in=["restricted", "dropped"])
                | models.Q(decided_by__isnull=False, decided_at__isnull=False),
                name="case_decided_by_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.award}: {self.ground}"

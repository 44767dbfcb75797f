"""What an application says: its usage plan, KPIs and models."""

from django.db import models

from naru.portal.applications.models.application import Application


class PlanAnswer(models.Model):
    """The text of one section of the usage plan (사용계획서)."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="plan")
    section = models.CharField("항목", max_length=32)
    text = models.TextField("내용", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "section"], name="one_answer_per_section")
        ]

    def __str__(self) -> str:
        return self.section


class Kpi(models.Model):
    """A performance target (성과지표): the final check compares a measured value with it (P-04)."""

    class Direction(models.TextChoices):
        """Which way is better."""

        HIGHER = "higher", "높을수록 좋음"
        LOWER = "lower", "낮을수록 좋음"

    application = models.ForeignKey(Application, models.CASCADE, related_name="kpis")
    key = models.CharField("줄", max_length=16, blank=True)
    place = models.PositiveSmallIntegerField("순서", default=0)
    name = models.CharField("지표", max_length=100)
    unit = models.CharField("단위", max_length=32)
    direction = models.CharField("방향", max_length=8, choices=Direction, default=Direction.HIGHER)
    baseline = models.DecimalField("현재 값", max_digits=18, decimal_places=4)
    target = models.DecimalField("목표 값", max_digits=18, decimal_places=4)
    how_measured = models.CharField("측정 방법", max_length=300)

    class Meta:
        ordering = ["place", "id"]
        constraints = [models.UniqueConstraint(fields=["application", "name"], name="one_kpi_per_name")]

    def __str__(self) -> str:
        return self.name


class ModelUse(models.Model):
    """A model the applicant will run: a family of the support table, or a name of its own (A-05)."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="models")
    key = models.CharField("줄", max_length=16, blank=True)
    place = models.PositiveSmallIntegerField("순서", default=0)
    family = models.CharField(
        "모델 계열", max_length=64, blank=True, help_text="지원 모델 표의 계열; 표에 없으면 비움"
    )
    name = models.CharField("모델 이름", max_length=100)
    primary = models.BooleanField("대표 모델", default=False)

    class Meta:
        ordering = ["-primary", "place", "id"]
        constraints = [models.UniqueConstraint(fields=["application", "name"], name="one_row_per_model")]

    def __str__(self) -> str:
        return self.name

"""What a person gave their word for: declarations, consents, the professor's confirmation."""

from django.conf import settings
from django.db import models

from naru.portal.applications.models.application import Application
from naru.portal.calls.models import CallVersion
from naru.portal.organisations.models import Professor


class Declaration(models.Model):
    """A declaration the applicant made, with the hash of the sentence it answered."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="declarations")
    code = models.CharField("항목", max_length=48)
    declared = models.BooleanField("해당")
    text_sha256 = models.CharField("문구 해시", max_length=64)
    declared_at = models.DateTimeField("시각")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "code"], name="one_declaration_per_code")
        ]

    def __str__(self) -> str:
        return self.code


class ConsentAnswer(models.Model):
    """One answer to a consent (동의), or its withdrawal: rows are added, never changed; the last one counts.

    `text_sha256` is the hash of the whole text shown beside the box, `text_version` its number in the call.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="consents")
    code = models.CharField("동의 항목", max_length=48)
    given = models.BooleanField("동의")
    text_version = models.PositiveSmallIntegerField("문구 판")
    text_sha256 = models.CharField("문구 해시", max_length=64)
    call_version = models.ForeignKey(CallVersion, models.PROTECT, related_name="+")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField("시각")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.code}: {self.given}"


class ProfessorConfirmation(models.Model):
    """The supervising professor's word on a student's application (E-02), asked for by mail.

    It holds for the professor and the product it was given for (`holds`); a new title does not undo it.
    """

    class State(models.TextChoices):
        """What the professor has said."""

        ASKED = "asked", "확인 요청함"
        CONFIRMED = "confirmed", "확인함"
        DECLINED = "declined", "확인하지 않음"

    application = models.OneToOneField(Application, models.CASCADE, related_name="confirmation")
    professor = models.ForeignKey(Professor, models.PROTECT, related_name="confirmations")
    state = models.CharField("상태", max_length=16, choices=State, default=State.ASKED)
    product = models.CharField("확인한 상품", max_length=32, blank=True)
    reason = models.TextField("사유", blank=True)
    asked_at = models.DateTimeField("요청 시각", null=True, blank=True)
    asked_times = models.PositiveSmallIntegerField("요청 횟수", default=0)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("답한 시각", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="asked")
                | models.Q(decided_by__isnull=False, decided_at__isnull=False),
                name="confirmation_given_by_a_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.get_state_display()}"

    @property
    def holds(self) -> bool:
        """Whether it is a yes for what the application now says."""
        application = self.application
        same = (self.professor_id, self.product) == (application.professor_id, application.product)
        return same and self.state == self.State.CONFIRMED

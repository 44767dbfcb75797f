"""The bytes of uploads, and the evidence documents they are."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from naru.portal.applications.models.application import Application


def generated_name(row: "StoredFile", _filename: str) -> str:
    """Where the bytes are kept: never by the user's name; what waits for the scanner stands apart."""
    name = uuid4().hex
    folder = "quarantine" if row.verdict == StoredFile.Verdict.QUARANTINED else "documents"
    return f"{folder}/{name[:2]}/{name}"


class StoredFile(models.Model):
    """The bytes of an upload, kept and gated once per content under a generated name."""

    class Verdict(models.TextChoices):
        """What the gates said."""

        ACCEPTED = "accepted", "통과"
        REFUSED = "refused", "거절"
        QUARANTINED = "quarantined", "격리"

    sha256 = models.CharField("해시", max_length=64, unique=True)
    size = models.PositiveBigIntegerField("크기(바이트)")
    media_type = models.CharField("형식", max_length=100)
    content = models.FileField("내용", upload_to=generated_name)
    verdict = models.CharField("판정", max_length=16, choices=Verdict)
    reasons = models.JSONField("사유", default=list)
    suggestions = models.JSONField("파일에서 읽은 날짜", default=dict)
    gated_at = models.DateTimeField("검사 시각")

    def __str__(self) -> str:
        return self.sha256[:12]


class EvidenceDocument(models.Model):
    """An evidence document (증빙서류) of an application, with the dates printed on it."""

    class YearChange(models.TextChoices):
        """What happened to the company since: its certificate then has dates of its own (E-05)."""

        FOUNDED = "founded", _("새로 세움")
        MERGED = "merged", _("합병")
        SPLIT = "split", _("분할")

    application = models.ForeignKey(Application, models.CASCADE, related_name="documents")
    code = models.CharField("서류", max_length=48)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="documents")
    filename = models.CharField("파일 이름", max_length=255)
    issued_on = models.DateField("발급일", null=True, blank=True)
    valid_from = models.DateField("유효 시작일", null=True, blank=True)
    valid_until = models.DateField("유효 종료일", null=True, blank=True)
    fiscal_year_end = models.DateField("직전 사업연도 말일", null=True, blank=True)
    fiscal_year_change = models.CharField("창업·합병·분할", max_length=16, choices=YearChange, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField("올린 시각")

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["application", "code"], name="one_document_per_code")]

    def __str__(self) -> str:
        return f"{self.code}: {self.filename}"

"""What proves a submission, also one after the close: receipts, their keys, late exceptions."""

from django.conf import settings
from django.db import models

from naru.domain.receipt import SCHEMA
from naru.portal.applications.models.application import Application


class ReceiptKey(models.Model):
    """A public key receipts are or were signed with; published, never deleted."""

    key_id = models.CharField("열쇠 번호", max_length=32, primary_key=True)
    pem = models.TextField("공개키")
    first_used_at = models.DateTimeField("처음 쓴 시각")

    class Meta:
        ordering = ["-first_used_at"]

    def __str__(self) -> str:
        return self.key_id


class Receipt(models.Model):
    """The receipt (접수증) of one submission: number, server time, hash of what was submitted, signature.

    `key` names the page it was pressed on: the same press again finds this row. `late` says it was taken
    after the close under a late exception. Without `signed_with` it is unsigned.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="receipts")
    revision = models.PositiveIntegerField("판")
    number = models.CharField("접수번호", max_length=32)
    received_at = models.DateTimeField("접수 시각")
    content_sha256 = models.CharField("내용 해시", max_length=64)
    content = models.JSONField("제출 내용")
    key = models.CharField("요청 키", max_length=64)
    schema = models.CharField("서식", max_length=32, default=SCHEMA)
    late = models.BooleanField("마감 후 접수 예외", default=False)
    signed_with = models.ForeignKey(
        ReceiptKey, models.PROTECT, null=True, blank=True, related_name="receipts"
    )
    signature = models.CharField("서명", max_length=128, blank=True)

    class Meta:
        ordering = ["application", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["application", "revision"], name="one_receipt_per_revision"),
            models.UniqueConstraint(fields=["application", "key"], name="one_receipt_per_press"),
        ]

    def __str__(self) -> str:
        return f"{self.number} r{self.revision}"


class LateException(models.Model):
    """Leave to submit one application after the close (A-03): two persons, one use, with its reason."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="late_exceptions")
    reason = models.TextField("사유")
    until = models.DateTimeField("언제까지")
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField("요청 시각")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField("확정 시각", null=True, blank=True)
    receipt = models.OneToOneField(
        Receipt, models.PROTECT, null=True, blank=True, related_name="late_exception"
    )
    ended_at = models.DateTimeField("바뀐 시각", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(confirmed_by=models.F("granted_by")), name="late_exception_two_persons"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="late_exception_has_reason"),
            models.UniqueConstraint(
                fields=["application"],
                condition=models.Q(receipt=None, ended_at=None),
                name="one_late_exception_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.until:%Y-%m-%d %H:%M}"

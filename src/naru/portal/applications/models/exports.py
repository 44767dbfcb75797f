"""Status sheets taken out of the portal."""

from django.conf import settings
from django.db import models

from naru.portal.calls.models import Call


class SheetExport(models.Model):
    """One status sheet taken out of the portal, with its personal data: by whom, when, how much, why."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="sheet_exports")
    round_id = models.CharField("차수", max_length=32)
    form = models.CharField("양식", max_length=16)
    reason = models.CharField("이유", max_length=300)
    rows = models.PositiveIntegerField("건수")
    exported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    exported_at = models.DateTimeField("시각")

    class Meta:
        ordering = ["-exported_at", "-id"]

    def __str__(self) -> str:
        return f"{self.form}: {self.exported_at:%Y-%m-%d}"

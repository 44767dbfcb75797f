"""Rows of the outbox: what is to be sent to whom, and what became of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Mail(models.Model):
    """One message to one address, rendered when it was written; it is never changed, only sent.

    `key` makes writing idempotent: a second message with the same key is not written. `about` names the row
    it tells of (`app.model:id`), so that the page of that row can show what was sent. `batch` names the act
    many were written for; `held` ones wait until that act is made public and are sent to nobody before.
    """

    key = models.CharField(_("중복 방지 키"), max_length=128, unique=True, null=True, blank=True)
    name = models.CharField(_("종류"), max_length=64, db_index=True)
    to = models.EmailField(_("받는 사람"))
    language = models.CharField(_("언어"), max_length=8)
    subject = models.CharField(_("제목"), max_length=200)
    body = models.TextField(_("내용"))
    about = models.CharField(_("대상"), max_length=96, blank=True, db_index=True)
    batch = models.CharField(_("함께 쓴 행위"), max_length=96, blank=True, db_index=True)
    held = models.BooleanField(_("보관"), default=False)
    queued_at = models.DateTimeField(_("쓴 시각"))
    sent_at = models.DateTimeField(_("보낸 시각"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("시도 횟수"), default=0)
    next_try_at = models.DateTimeField(_("다음 시도"), null=True, blank=True)
    leased_until = models.DateTimeField(_("보내는 중, 이때까지"), null=True, blank=True)
    last_error = models.CharField(_("마지막 오류"), max_length=300, blank=True)
    given_up_at = models.DateTimeField(_("중단한 시각"), null=True, blank=True)

    class Meta:
        verbose_name = _("메일")
        verbose_name_plural = _("메일")
        ordering = ["-queued_at", "-id"]
        indexes = [models.Index(fields=["sent_at", "given_up_at", "next_try_at"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sent_at=None) | models.Q(given_up_at=None), name="mail_sent_or_given_up"
            ),
            models.CheckConstraint(
                condition=models.Q(held=False) | models.Q(sent_at=None) & ~models.Q(batch=""),
                name="mail_held_for_an_act_and_not_sent",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

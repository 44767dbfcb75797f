"""Entries of the FAQ, and the questions people ask with their answers."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from naru.portal.calls.models import Call


class FaqEntry(models.Model):
    """One question that is asked often, with its answer in both languages and the clauses it rests on."""

    class Topic(models.TextChoices):
        """The headings of the list; the ids are those of the data file."""

        ELIGIBILITY = "eligibility", pgettext_lazy("question", "신청 자격")
        DOCUMENTS = "documents", _("서류")
        APPLYING = "applying", _("신청과 마감")
        MODEL = "model", _("모델과 용도")
        SELECTION = "selection", _("심사와 선정")
        AFTER = "after", _("선정된 뒤")

    call = models.ForeignKey(Call, models.PROTECT, related_name="faq_entries")
    topic = models.CharField(_("주제"), max_length=16, choices=Topic)
    place = models.PositiveIntegerField(_("순서"), help_text=_("작은 수가 먼저 나옵니다."))
    question_ko = models.CharField(_("질문 (한국어)"), max_length=200)
    question_en = models.CharField(_("질문 (영어)"), max_length=200)
    answer_ko = models.TextField(_("답 (한국어)"), max_length=2000)
    answer_en = models.TextField(_("답 (영어)"), max_length=2000)
    clauses = models.JSONField(_("근거 조항"), default=list)
    updated_at = models.DateTimeField(_("고친 시각"))
    retired_at = models.DateTimeField(_("내린 시각"), null=True, blank=True)

    class Meta:
        verbose_name = _("자주 묻는 질문")
        verbose_name_plural = _("자주 묻는 질문")
        ordering = ["place", "id"]

    def __str__(self) -> str:
        return self.question_ko


class Question(models.Model):
    """What one person asked, and the answer.

    `public` is the asker's leave to publish. What everybody reads is `shown_text` and `answer`, and only once
    an operator has put them there (`published_at`); who asked is never shown.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="questions")
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="questions")
    title = models.CharField(_("제목"), max_length=120)
    text = models.TextField(_("질문"), max_length=3000)
    public = models.BooleanField(_("답을 모두에게 공개해도 됩니다"), default=True)
    asked_at = models.DateTimeField(_("물은 시각"))
    shown_text = models.TextField(_("공개하는 질문"), max_length=3000, blank=True)
    answer = models.TextField(_("답"), max_length=5000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(_("답한 시각"), null=True, blank=True)
    published_at = models.DateTimeField(_("공개한 시각"), null=True, blank=True)
    entry = models.ForeignKey(
        FaqEntry, models.PROTECT, null=True, blank=True, related_name="questions", verbose_name=_("옮긴 항목")
    )

    class Meta:
        verbose_name = _("문의")
        verbose_name_plural = _("문의")
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["published_at"]), models.Index(fields=["answered_at", "asked_at"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(published_at=None)
                | (models.Q(public=True, answered_at__isnull=False) & ~models.Q(shown_text="")),
                name="question_published_with_leave",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_at=None, answered_by=None)
                | (models.Q(answered_at__isnull=False, answered_by__isnull=False) & ~models.Q(answer="")),
                name="question_answer_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("questions:detail", args=[self.pk])

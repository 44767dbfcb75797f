"""The row of one application: who applies for what, and where it stands."""

from django.conf import settings
from django.db import models
from django.db.models import TextChoices  # in Application, `models` is also a reverse relation
from django.urls import reverse
from django.utils.translation import gettext

from naru.portal.calls.models import Call, CallVersion
from naru.portal.organisations.models import Organisation, Professor


class Application(models.Model):
    """One application (이용신청서) for one product; later steps keep their own decisions about it.

    `settled_at` is set by the selection that ruled on it once two persons confirmed it: from then on it is
    not taken back here. `announced_at` is when the round's results were published: from then on everybody may
    see what was decided about theirs (R-06). `edits` says per field of the form who changed it last and when,
    and keeps what was typed and is no answer yet (`raw`); see `fields`.
    """

    class State(TextChoices):
        """What the applicant has done with it."""

        DRAFT = "draft", "작성 중"
        SUBMITTED = "submitted", "제출됨"
        WITHDRAWN = "withdrawn", "철회됨"

    class Role(TextChoices):
        """Who applies: a company's person, a member of staff, or a student with a professor."""

        COMPANY = "company", "기업"
        STAFF = "staff", "재직자"
        STUDENT = "student", "학생"

    number = models.CharField("접수번호", max_length=32, unique=True, null=True, blank=True)
    call = models.ForeignKey(Call, models.PROTECT, related_name="applications")
    version = models.ForeignKey(CallVersion, models.PROTECT, related_name="+")
    round_id = models.CharField("차수", max_length=32)
    applicant = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="applications")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="applications")
    professor = models.ForeignKey(
        Professor, models.PROTECT, null=True, blank=True, related_name="applications"
    )
    role = models.CharField("신청자 구분", max_length=16, choices=Role)
    sector = models.CharField("부문", max_length=16)
    kind = models.CharField("신청 자격", max_length=32)
    venture_type = models.CharField("벤처 유형", max_length=32, blank=True)
    unit = models.CharField("할당 단위", max_length=128, db_index=True)
    product = models.CharField("상품", max_length=32, blank=True)
    title = models.CharField("과제명", max_length=200, blank=True)
    clouds = models.JSONField("희망 클라우드 순서", default=list, blank=True)
    youth_claimed = models.BooleanField("청년기업 가점 신청", default=False)
    state = models.CharField("상태", max_length=16, choices=State, default=State.DRAFT)
    revision = models.PositiveIntegerField("판", default=0)
    saves = models.PositiveIntegerField("저장 횟수", default=0)
    created_at = models.DateTimeField("작성 시작")
    updated_at = models.DateTimeField("마지막 저장")
    submitted_at = models.DateTimeField("제출 시각", null=True, blank=True)
    withdrawn_at = models.DateTimeField("철회 시각", null=True, blank=True)
    withdrawal_reason = models.TextField("철회 사유", blank=True)
    settled_at = models.DateTimeField("선정 확정 시각", null=True, blank=True)
    announced_at = models.DateTimeField("결과 공지 시각", null=True, blank=True)
    edits = models.JSONField("항목별 고친 기록", default=dict, blank=True)

    class Meta:
        ordering = ["number", "id"]
        indexes = [models.Index(fields=["call", "round_id", "state"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="draft")
                | (models.Q(submitted_at__isnull=False) & models.Q(number__isnull=False)),
                name="submitted_has_number_and_time",
            ),
            models.CheckConstraint(
                condition=models.Q(role="company") | models.Q(professor__isnull=False),
                name="public_application_has_professor",
            ),
        ]

    def __str__(self) -> str:
        return self.number or gettext("작성 중인 신청 %(pk)s") % {"pk": self.pk}

    def get_absolute_url(self) -> str:
        return reverse("applications:detail", args=[self.pk])

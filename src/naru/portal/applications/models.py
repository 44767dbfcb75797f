"""Rows of an application: answers, usage plan, KPIs, models, documents, declarations, receipts."""

from django.conf import settings
from django.db import models
from django.db.models import TextChoices  # in Application, `models` is also a reverse relation
from django.urls import reverse

from naru.portal.calls.models import Call, CallVersion
from naru.portal.organisations.models import Organisation, Professor


class Application(models.Model):
    """One application (이용신청서) for one product; later steps keep their own decisions about it.

    `settled_at` is set by the selection that ruled on it once two persons confirmed it: from then on it is
    not taken back here.
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
        return self.number or f"작성 중 {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("applications:detail", args=[self.pk])


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
    name = models.CharField("지표", max_length=100)
    unit = models.CharField("단위", max_length=32)
    direction = models.CharField("방향", max_length=8, choices=Direction, default=Direction.HIGHER)
    baseline = models.DecimalField("현재 값", max_digits=18, decimal_places=4)
    target = models.DecimalField("목표 값", max_digits=18, decimal_places=4)
    how_measured = models.CharField("측정 방법", max_length=300)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["application", "name"], name="one_kpi_per_name")]

    def __str__(self) -> str:
        return self.name


class ModelUse(models.Model):
    """A model the applicant will run: a family of the support table, or a name of its own (A-05)."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="models")
    family = models.CharField(
        "모델 계열", max_length=64, blank=True, help_text="지원 모델 표의 계열; 표에 없으면 비움"
    )
    name = models.CharField("모델 이름", max_length=100)
    primary = models.BooleanField("대표 모델", default=False)

    class Meta:
        ordering = ["-primary", "id"]
        constraints = [models.UniqueConstraint(fields=["application", "name"], name="one_row_per_model")]

    def __str__(self) -> str:
        return self.name


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
    content = models.FileField("내용", upload_to="documents/")
    verdict = models.CharField("판정", max_length=16, choices=Verdict)
    reasons = models.JSONField("사유", default=list)
    gated_at = models.DateTimeField("검사 시각")

    def __str__(self) -> str:
        return self.sha256[:12]


class EvidenceDocument(models.Model):
    """An evidence document (증빙서류) of an application, with the dates printed on it."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="documents")
    code = models.CharField("서류", max_length=48)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="documents")
    filename = models.CharField("파일 이름", max_length=255)
    issued_on = models.DateField("발급일", null=True, blank=True)
    valid_from = models.DateField("유효 시작일", null=True, blank=True)
    valid_until = models.DateField("유효 종료일", null=True, blank=True)
    fiscal_year_end = models.DateField("직전 사업연도 말일", null=True, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField("올린 시각")

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["application", "code"], name="one_document_per_code")]

    def __str__(self) -> str:
        return f"{self.code}: {self.filename}"


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


class ProfessorConfirmation(models.Model):
    """The supervising professor's word on a student's application (E-02)."""

    application = models.OneToOneField(Application, models.CASCADE, related_name="confirmation")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField("확인 시각")

    def __str__(self) -> str:
        return f"{self.application}: {self.confirmed_at:%Y-%m-%d}"


class Receipt(models.Model):
    """The receipt (접수증) of one submission: number, server time, hash of what was submitted."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="receipts")
    revision = models.PositiveIntegerField("판")
    number = models.CharField("접수번호", max_length=32)
    received_at = models.DateTimeField("접수 시각")
    content_sha256 = models.CharField("내용 해시", max_length=64)
    content = models.JSONField("제출 내용")
    key = models.CharField("요청 키", max_length=64, unique=True)

    class Meta:
        ordering = ["application", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["application", "revision"], name="one_receipt_per_revision")
        ]

    def __str__(self) -> str:
        return f"{self.number} r{self.revision}"

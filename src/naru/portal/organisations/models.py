"""Organisations and their people, professors, suppliers (vendors and clouds), restrictions (참여제한)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from naru.domain import registration


class Organisation(models.Model):
    """A company or a public institution that applies."""

    class Kind(models.TextChoices):
        """The kinds a call admits; the ids are those of the call file."""

        SME = "sme", _("중소기업")
        VENTURE = "venture", _("벤처기업")
        STARTUP = "startup", _("창업기업")
        UNIVERSITY = "university", _("대학교")
        UNIVERSITY_HOSPITAL = "university_hospital", _("대학병원")

    class LegalForm(models.TextChoices):
        """Who answers in law."""

        CORPORATION = "corporation", _("법인")
        SOLE_PROPRIETOR = "sole_proprietor", _("개인사업자")
        PUBLIC_INSTITUTION = "public_institution", _("대학·병원")

    kind = models.CharField(_("종류"), max_length=32, choices=Kind)
    legal_form = models.CharField(_("법적 형태"), max_length=32, choices=LegalForm)
    name = models.CharField(_("기관명"), max_length=120)
    business_number = models.CharField(_("사업자등록번호"), max_length=10, unique=True, null=True, blank=True)
    corporate_number = models.CharField(_("법인등록번호"), max_length=13, blank=True)
    started_on = models.DateField(_("개업일"), null=True, blank=True)
    fiscal_year_end_month = models.PositiveSmallIntegerField(_("결산월"), default=12)
    simulated = models.BooleanField(_("가상 기관"), default=False)
    created_at = models.DateTimeField(_("등록 시각"))

    class Meta:
        verbose_name = _("기관")
        verbose_name_plural = _("기관")
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(fiscal_year_end_month__range=(1, 12)), name="organisation_month_of_year"
            ),
            models.CheckConstraint(
                condition=models.Q(business_number=None) | models.Q(business_number__regex=r"^[0-9]{10}$"),
                name="organisation_ten_digits",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def unit(self) -> str:
        """The company as the unit that may hold one server and be restricted (E-04)."""
        return f"company:{self.business_number}" if self.business_number else f"organisation:{self.pk}"

    @property
    def is_company(self) -> bool:
        """Whether its members own it; a university's or hospital's applicants do not."""
        return self.legal_form != self.LegalForm.PUBLIC_INSTITUTION

    @property
    def printed_number(self) -> str:
        """The business registration number as certificates print it."""
        return registration.printed(self.business_number) if self.business_number else ""


class Member(models.Model):
    """A user who acts for an organisation."""

    class Role(models.TextChoices):
        """The owner may add members."""

        OWNER = "owner", _("대표 담당자")
        MEMBER = "member", _("담당자")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="members")
    role = models.CharField(_("구분"), max_length=16, choices=Role)
    added_at = models.DateTimeField(_("등록 시각"))

    class Meta:
        verbose_name = _("담당자")
        verbose_name_plural = _("담당자")
        constraints = [models.UniqueConstraint(fields=["user", "organisation"], name="member_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation}"


class Representative(models.Model):
    """A representative (대표자) of a company; the youngest one counts for the youth bonus (E-07)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="representatives")
    name = models.CharField(_("대표자"), max_length=80)
    birth_date = models.DateField(_("생년월일"))

    class Meta:
        verbose_name = _("대표자")
        verbose_name_plural = _("대표자")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class Professor(models.Model):
    """A professor: the unit of the public sector, with or without an account of one's own."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="professors")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="professorships"
    )
    name = models.CharField(_("교수"), max_length=80)
    email = models.EmailField(_("이메일"))
    department = models.CharField(_("학과·부서"), max_length=120)

    class Meta:
        verbose_name = _("교수")
        verbose_name_plural = _("교수")
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "email"], name="professor_once")]

    def __str__(self) -> str:
        return f"{self.name} ({self.department})"

    @property
    def unit(self) -> str:
        """The professor as the unit that may hold one server and be restricted (E-04)."""
        return f"professor:{self.pk}"


class Supplier(models.Model):
    """An AI-chip vendor or a cloud company that provides servers."""

    class Kind(models.TextChoices):
        """What it supplies."""

        VENDOR = "vendor", _("AI 반도체사")
        CLOUD = "cloud", _("클라우드사")

    kind = models.CharField(_("구분"), max_length=16, choices=Kind)
    code = models.SlugField(_("코드"), max_length=32, unique=True)
    name = models.CharField(_("회사명"), max_length=120)
    simulated = models.BooleanField(_("가상 회사"), default=False)

    class Meta:
        verbose_name = _("공급사")
        verbose_name_plural = _("공급사")
        ordering = ["kind", "code"]

    def __str__(self) -> str:
        return self.name


class SupplierMember(models.Model):
    """A user who acts for a supplier."""

    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="supplierships")

    class Meta:
        verbose_name = _("공급사 담당자")
        verbose_name_plural = _("공급사 담당자")
        constraints = [models.UniqueConstraint(fields=["supplier", "user"], name="supplier_member_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.supplier}"


class Restriction(models.Model):
    """One entry of the register: this unit may not take part from `starts_on` to `ends_on`, both included.

    `ends_on` None: open-ended until it is lifted.
    """

    unit = models.CharField(_("제한 단위"), max_length=128, db_index=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="restrictions"
    )
    ground = models.CharField(_("사유"), max_length=32)
    clause = models.CharField(_("조항"), max_length=16)
    starts_on = models.DateField(_("시작일"))
    ends_on = models.DateField(_("종료일"), null=True, blank=True)
    source = models.CharField(_("출처"), max_length=200)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("결정 시각"))
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    lifted_at = models.DateTimeField(_("해제 시각"), null=True, blank=True)
    lift_reason = models.CharField(_("해제 사유"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("참여제한")
        verbose_name_plural = _("참여제한")
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="restriction_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(lifted_at=None, lifted_by=None, lift_reason="")
                | (models.Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~models.Q(lift_reason="")),
                name="restriction_lifting_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.starts_on}~{self.ends_on or ''}"


class Invitation(models.Model):
    """An offer to act for an organisation, to one address; the token is mailed and only its hash is kept."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="invitations")
    email = models.EmailField(_("이메일"))
    token_sha256 = models.CharField(_("토큰 해시"), max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(_("초대 시각"))
    expires_at = models.DateTimeField(_("기한"))
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    accepted_at = models.DateTimeField(_("받아들인 시각"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("거둔 시각"), null=True, blank=True)

    class Meta:
        verbose_name = _("초대")
        verbose_name_plural = _("초대")
        ordering = ["-invited_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=models.Q(accepted_at=None, revoked_at=None),
                name="invitation_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at=None) | models.Q(revoked_at=None),
                name="invitation_accepted_or_revoked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.pk}"


class JoinRequest(models.Model):
    """A person asks to act for an organisation that is entered already; an owner answers."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="join_requests")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="join_requests")
    asked_at = models.DateTimeField(_("요청 시각"))
    accepted = models.BooleanField(_("받아들임"), null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(_("답한 시각"), null=True, blank=True)

    class Meta:
        verbose_name = _("참여 요청")
        verbose_name_plural = _("참여 요청")
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"],
                condition=models.Q(answered_at=None),
                name="join_request_one_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.pk}"


class StatusCheck(models.Model):
    """What the tax service said of an organisation's number at one instant; kept, never changed."""

    class Status(models.TextChoices):
        """The state of the registration; the ids are those of the domain."""

        ACTIVE = "active", _("계속사업자")
        SUSPENDED = "suspended", _("휴업자")
        CLOSED = "closed", _("폐업자")
        NOT_REGISTERED = "not_registered", _("등록되지 않은 번호")
        UNKNOWN = "unknown", _("확인하지 못함")

    class Match(models.TextChoices):
        """Whether opening day and representative agree with the number."""

        MATCH = "match", _("일치")
        MISMATCH = "mismatch", _("불일치")
        UNKNOWN = "unknown", _("확인하지 못함")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="status_checks")
    checked_at = models.DateTimeField(_("확인 시각"))
    status = models.CharField(_("사업자 상태"), max_length=16, choices=Status)
    match = models.CharField(_("진위"), max_length=16, choices=Match)
    closed_on = models.DateField(_("폐업일"), null=True, blank=True)
    tax_type = models.CharField(_("과세 유형"), max_length=120, blank=True)
    reason = models.CharField(_("확인하지 못한 까닭"), max_length=32, blank=True)
    source = models.CharField(_("출처"), max_length=64)

    class Meta:
        verbose_name = _("사업자 상태 확인")
        verbose_name_plural = _("사업자 상태 확인")
        ordering = ["-checked_at", "-id"]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.status}"

"""A user logs in by e-mail; roles are granted by a person and stay on record when revoked."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person does in the programme; everybody is an applicant."""

    APPLICANT = "applicant", _("신청자")
    OPERATOR = "operator", _("운영기관")
    REVIEWER = "reviewer", _("평가위원")
    VENDOR = "vendor", _("AI 반도체사")
    CLOUD = "cloud", _("클라우드사")
    AUDITOR = "auditor", _("감사")


class UserManager(BaseUserManager["User"]):
    """Makes users; e-mail addresses are kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A saved user; without a password the account cannot log in until one is set."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account (계정)."""

    email = models.EmailField(_("이메일"), unique=True)
    name = models.CharField(_("이름"), max_length=80)
    is_staff = models.BooleanField(_("직원"), default=False)
    is_active = models.BooleanField(_("사용 중"), default=True)
    joined_at = models.DateTimeField(_("가입 시각"))
    simulated = models.BooleanField(_("가상 인물"), default=False)
    language = models.CharField(_("메일 언어"), max_length=8, choices=settings.LANGUAGES, default="ko")

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("사용자")
        verbose_name_plural = _("사용자")
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_lower_case")
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles in force, read once per user object; `applicant` always belongs.

        The signed-in person of a request comes with them (`accounts.backend`).
        """
        granted = self.grants.filter(revoked_at=None).values_list("role", flat=True)
        return frozenset({Role.APPLICANT.value, *granted})

    def forget_roles(self) -> None:
        """After a role was granted or revoked: read them anew."""
        self.__dict__.pop("roles", None)

    def know_roles(self, held: Iterable[str]) -> None:
        """The roles in force, read with the person."""
        self.__dict__["roles"] = frozenset({Role.APPLICANT.value, *held})

    def hold_back_roles(self) -> None:
        """For this request the person is an applicant only."""
        self.know_roles(())

    @property
    def needs_second_factor(self) -> bool:
        """Whoever holds a role beyond applicant works with other people's data (0065)."""
        return bool(self.roles - {Role.APPLICANT.value})

    def has_role(self, *roles: str) -> bool:
        """Whether any of `roles` is in force."""
        return self.is_active and not self.roles.isdisjoint(roles)


class RoleGrant(models.Model):
    """One role given to one user, by whom and when."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="grants")
    role = models.CharField(_("역할"), max_length=16, choices=Role)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    granted_at = models.DateTimeField(_("부여 시각"))
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    revoked_at = models.DateTimeField(_("회수 시각"), null=True, blank=True)

    class Meta:
        verbose_name = _("역할 부여")
        verbose_name_plural = _("역할 부여")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=models.Q(revoked_at=None),
                name="rolegrant_one_in_force",
            ),
            models.CheckConstraint(
                condition=models.Q(revoked_at=None, revoked_by=None)
                | models.Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="rolegrant_revocation_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"

"""Chains and their events. Rows of events are never changed: the model refuses, and the database too."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from naru.domain.chain import GENESIS, Entry


class AppendOnlyError(Exception):
    """Somebody tried to change or delete an audit event."""

    def __init__(self) -> None:
        super().__init__("audit events are append-only: write a new event instead of changing one")


class EventQuerySet(models.QuerySet["Event"]):
    """Reads only."""

    def update(self, **_fields: Any) -> int:
        """Refused."""
        raise AppendOnlyError

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refused."""
        raise AppendOnlyError


class Chain(models.Model):
    """One sequence of events; its row is the lock under which the next event gets its number."""

    key = models.CharField(_("기록줄"), max_length=80, unique=True)
    length = models.PositiveBigIntegerField(_("기록 수"), default=0)
    head = models.CharField(_("마지막 해시"), max_length=64, default=GENESIS)

    class Meta:
        verbose_name = _("기록줄")
        verbose_name_plural = _("기록줄")

    def __str__(self) -> str:
        return self.key


class Event(models.Model):
    """One action: who (`actor`, empty for the system), when, what, on which subject."""

    chain = models.ForeignKey(Chain, models.PROTECT, related_name="events")
    number = models.PositiveBigIntegerField(_("번호"))
    at = models.DateTimeField(_("시각"), db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    action = models.CharField(_("행위"), max_length=80, db_index=True)
    subject_type = models.CharField(_("대상 종류"), max_length=80)
    subject_id = models.CharField(_("대상"), max_length=80)
    call_id = models.CharField(_("사업공고"), max_length=64, blank=True)
    facts = models.JSONField(_("사실"), default=dict)
    previous_hash = models.CharField(_("앞 해시"), max_length=64)
    hash = models.CharField(_("해시"), max_length=64, unique=True)

    objects: ClassVar[models.Manager["Event"]] = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("감사 기록")
        verbose_name_plural = _("감사 기록")
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="event_number_once")]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="event_subject")]

    def __str__(self) -> str:
        return f"{self.number} {self.action}"

    def save(self, **options: Any) -> None:
        """Insert; a second save is refused."""
        if not self._state.adding:
            raise AppendOnlyError
        super().save(**options)

    def delete(self, using: Any = None, keep_parents: bool = False) -> tuple[int, dict[str, int]]:  # noqa: ARG002, FBT001, FBT002 - Django's signature
        """Refused."""
        raise AppendOnlyError

    def entry(self, chain_key: str) -> Entry:
        """The values the hash is taken of."""
        return Entry(
            chain=chain_key,
            number=self.number,
            at=self.at,
            actor=self.actor_id,
            action=self.action,
            subject_type=self.subject_type,
            subject_id=self.subject_id,
            call_id=self.call_id,
            facts=self.facts,
            previous_hash=self.previous_hash,
        )

"""Chains, their events, their published heads and the checks of them.

Rows of events and of published heads are never changed: the models refuse, and the database too.
"""

import json
from datetime import UTC
from typing import Any, ClassVar, TypeVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from naru.domain.chain import GENESIS, Entry

Row = TypeVar("Row", bound=models.Model)


class AppendOnlyError(Exception):
    """Somebody tried to change or delete an audit event."""

    def __init__(self) -> None:
        super().__init__("audit events are append-only: write a new event instead of changing one")


class AppendOnlyQuerySet(models.QuerySet[Row]):
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


class AppendOnly(models.Model):
    """A row that is added and never touched again."""

    class Meta:
        abstract = True

    def save(self, **options: Any) -> None:
        """Insert; a second save is refused."""
        if not self._state.adding:
            raise AppendOnlyError
        super().save(**options)

    def delete(self, using: Any = None, keep_parents: bool = False) -> tuple[int, dict[str, int]]:  # noqa: ARG002, FBT001, FBT002 - Django's signature
        """Refused."""
        raise AppendOnlyError


class Event(AppendOnly):
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

    objects: ClassVar[models.Manager["Event"]] = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("감사 기록")
        verbose_name_plural = _("감사 기록")
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="event_number_once")]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="event_subject")]

    def __str__(self) -> str:
        return f"{self.number} {self.action}"

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


class Anchor(AppendOnly):
    """A head that was published: who kept it can show that the chain up to there is still the same."""

    chain = models.ForeignKey(Chain, models.PROTECT, related_name="anchors")
    number = models.PositiveBigIntegerField(_("번호"))
    head = models.CharField(_("해시"), max_length=64)
    at = models.DateTimeField(_("공표 시각"))

    objects: ClassVar[models.Manager["Anchor"]] = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("공표한 해시")
        verbose_name_plural = _("공표한 해시")
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="anchor_number_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.head[:12]}"


class Verification(models.Model):
    """One check of a chain: who asked, how far it has read, what it found (`broken_number` None: whole)."""

    chain = models.ForeignKey(Chain, models.CASCADE, related_name="verifications")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True
    )
    asked_at = models.DateTimeField(_("요청 시각"))
    length = models.PositiveBigIntegerField(_("기록 수"))
    seen = models.PositiveBigIntegerField(_("읽은 기록 수"), default=0)
    ended_at = models.DateTimeField(_("끝난 시각"), null=True, blank=True)
    broken_number = models.PositiveBigIntegerField(_("어긋난 번호"), null=True, blank=True)
    code = models.CharField(_("어긋난 까닭"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("기록줄 검증")
        verbose_name_plural = _("기록줄 검증")

    def __str__(self) -> str:
        return f"{self.chain_id} {self.asked_at:%Y-%m-%d %H:%M}"


class ReadBatch(models.Model):
    """Rows of reads that were folded into one event of the chain `reads`."""

    rows = models.PositiveIntegerField(_("열람 수"))
    root = models.CharField(_("해시"), max_length=64)
    at = models.DateTimeField(_("시각"))

    class Meta:
        verbose_name = _("열람 묶음")
        verbose_name_plural = _("열람 묶음")

    def __str__(self) -> str:
        return f"{self.rows} {self.root[:12]}"


class Read(models.Model):
    """Somebody was shown somebody else's personal data; the database keeps folded rows from change."""

    at = models.DateTimeField(_("시각"))
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    record_class = models.CharField(_("자료 종류"), max_length=20)
    ids = models.JSONField(_("자료 번호"), default=list)
    route = models.CharField(_("화면"), max_length=80)
    batch = models.ForeignKey(ReadBatch, models.PROTECT, related_name="reads", null=True, blank=True)

    class Meta:
        verbose_name = _("열람 기록")
        verbose_name_plural = _("열람 기록")

    def __str__(self) -> str:
        return f"{self.record_class} {self.route}"

    def leaf(self) -> str:
        """What the batch's root is taken of."""
        at = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        row = [self.pk, at, self.reader_id, self.record_class, self.ids, self.route]
        return json.dumps(row, separators=(",", ":"), ensure_ascii=False)

"""Reads of personal data: a row each without a lock, folded in batches into the chain `reads` (ADR 0105)."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from naru.domain.chain import merkle_root
from naru.portal.audit.actions.recording import record
from naru.portal.audit.models import Read, ReadBatch

MOST = 1000  # rows of a batch
IDS = 200  # of one page


def note_read(
    *, by: AbstractBaseUser, at: datetime, record_class: str, ids: Sequence[str], route: str
) -> None:
    """Write down that a page showed records of a class: one insert."""
    Read.objects.create(at=at, reader_id=by.pk, record_class=record_class, ids=list(ids[:IDS]), route=route)


@transaction.atomic
def fold_reads(*, by: AbstractBaseUser | None, at: datetime) -> ReadBatch | None:
    """Fold the oldest rows that are in no batch yet; None when there are none.

    The chain's event holds how many they are and the root of their hashes: neither persons nor ids.
    """
    free = Read.objects.select_for_update(skip_locked=True).filter(batch=None).order_by("pk")
    rows = list(free[:MOST])
    if not rows:
        return None
    batch = ReadBatch.objects.create(rows=len(rows), root=merkle_root([row.leaf() for row in rows]), at=at)
    Read.objects.filter(pk__in=[row.pk for row in rows]).update(batch=batch)
    record(
        by=by,
        at=at,
        action="audit.fold_reads",
        subject=batch,
        facts={"rows": batch.rows, "root": batch.root},
        chain="reads",
    )
    return batch

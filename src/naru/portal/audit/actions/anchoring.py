"""Publishing where each chain stands, so that nobody can write its history anew unnoticed (ADR 0106)."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Max

from naru.portal.audit.models import Anchor, Chain


@transaction.atomic
def publish_heads(*, by: AbstractBaseUser | None, at: datetime) -> list[Anchor]:  # noqa: ARG001 - the shape of an action
    """Publish the head of every chain that has grown since its last published one; those written now."""
    grown = Chain.objects.annotate(last=Max("anchors__number")).order_by("key")
    rows = [
        Anchor(chain=chain, number=chain.length, head=chain.head, at=at)
        for chain in grown
        if chain.length > (chain.last or 0)
    ]
    Anchor.objects.bulk_create(rows, ignore_conflicts=True)  # another worker may have been as quick
    return rows

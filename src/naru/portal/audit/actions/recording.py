"""The one way to write an audit event; every action calls it exactly once, inside its transaction."""

import re
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models, transaction

from naru.portal.audit.models import Chain, Event

# An id, code, hash or ISO instant. No blanks, no @, no Korean: names, addresses and prose cannot slip in.
TOKEN = re.compile(r"[A-Za-z0-9._:/+#-]{0,128}")


def fingerprint(content: str | bytes) -> str:
    """SHA-256 (hex) of a text or file, for facts that may not be recorded themselves."""
    return sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def record(
    *,
    by: AbstractBaseUser | None,
    at: datetime,
    action: str,
    subject: models.Model,
    facts: Mapping[str, Any] | None = None,
    call_id: str = "",
    chain: str = "decisions",
) -> Event:
    """Append one event to the chain `chain` (of the call, when `call_id` is given) and return it.

    `by` None is the system. `facts` holds ids, codes, whole numbers, booleans and hashes (lists and maps of
    them), so that personal data can be destroyed and the chain still verifies. Costs three queries.
    Raises ValueError for other facts, TransactionManagementError outside a transaction.
    """
    if at.tzinfo is None:
        raise ValueError(f"at: {at} has no time zone; pass an aware datetime")
    checked = {key: _checked(key, value) for key, value in (facts or {}).items()}
    link = _locked(f"{chain}:{call_id}" if call_id else chain)
    event = Event(
        chain=link,
        number=link.length + 1,
        at=at,
        actor_id=by.pk if by else None,
        action=action,
        subject_type=subject._meta.label_lower,  # noqa: SLF001 - Django's documented API
        subject_id=str(subject.pk),
        call_id=call_id,
        facts=checked,
        previous_hash=link.head,
    )
    event.hash = event.entry(link.key).hash()
    event.save(force_insert=True)
    Chain.objects.filter(pk=link.pk).update(length=event.number, head=event.hash)
    return event


def _locked(key: str) -> Chain:
    """The chain's row, locked until the transaction ends; made when it is the first event."""
    locked = Chain.objects.select_for_update()
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(
            "record() belongs inside the action's transaction.atomic"
        )
    found = locked.filter(key=key).first()
    if found is None:
        Chain.objects.bulk_create([Chain(key=key)], ignore_conflicts=True)  # one query; somebody may be first
        found = locked.get(key=key)
    return found


def _checked(key: str, value: Any) -> Any:
    """`value` as JSON keeps it, or ValueError when it could carry personal data or an inexact number."""
    match value:
        case None | bool() | int():
            return value
        case str() if TOKEN.fullmatch(value):
            return str(value)
        case list() | tuple() | set() | frozenset():
            items = sorted(value, key=str) if isinstance(value, set | frozenset) else value
            return [_checked(key, item) for item in items]
        case Mapping():
            return {str(name): _checked(f"{key}.{name}", item) for name, item in value.items()}
    raise ValueError(
        f"facts[{key!r}]: {type(value).__name__} is not an id, code, whole number or hash; "
        "record its id, or fingerprint() of it"
    )

"""What is written here: events, checks of chains and published heads."""

from naru.portal.audit.actions.anchoring import publish_heads
from naru.portal.audit.actions.checking import GIVEN_UP, ask_check, end_check, note_progress
from naru.portal.audit.actions.reads import fold_reads, note_read
from naru.portal.audit.actions.recording import fingerprint, record

__all__ = [
    "GIVEN_UP",
    "ask_check",
    "end_check",
    "fingerprint",
    "fold_reads",
    "note_progress",
    "note_read",
    "publish_heads",
    "record",
]

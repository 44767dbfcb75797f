"""What an uploaded file is and whether it may stay: the gates of an upload, without Django."""

from naru.documents.gates import Limits, gate, gate_file, name_fits
from naru.documents.scanner import Scanner, scanner_at
from naru.documents.verdicts import GateVerdict, Suggestion, Verdict

__all__ = [
    "GateVerdict",
    "Limits",
    "Scanner",
    "Suggestion",
    "Verdict",
    "gate",
    "gate_file",
    "name_fits",
    "scanner_at",
]

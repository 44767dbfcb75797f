"""What an uploaded file is and whether it may stay: the gates of an upload, without Django."""

from naru.documents.gates import GateVerdict, Limits, Verdict, gate, name_fits

__all__ = ["GateVerdict", "Limits", "Verdict", "gate", "name_fits"]

"""Inspect a file the suite made without a child of its own: the same function the child runs."""

import io

from naru.documents.inspection import inspect

TODAY = "2025-03-17"


def inspected(content, kind):
    """The report of the inspection."""
    return inspect(io.BytesIO(content), kind=kind, today=TODAY)


def codes(content, kind):
    """Only the codes of its reasons, in order."""
    return [code for code, _ in inspected(content, kind)["reasons"]]


def facts(content, kind):
    """Code to facts of its reasons."""
    return dict(inspected(content, kind)["reasons"])


def notes(content, kind):
    """Only the codes of its notes."""
    return [code for code, _ in inspected(content, kind)["notes"]]

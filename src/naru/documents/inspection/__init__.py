"""Look inside one file; runs in a child process of `naru.sandbox` only, never in the portal's own."""

import importlib
from datetime import date
from typing import Any, BinaryIO

from naru.documents.inspection.report import Report

# kind: the module of this room that reads it; imported only when needed, a child starts for every file
READERS = {
    "pdf": "pdf",
    "png": "pictures",
    "jpeg": "pictures",
    "hwp": "hwp",
    "hwpx": "hwpx",
    "xlsx": "xlsx",
}


def inspect(file: BinaryIO, *, kind: str, today: str) -> dict[str, Any]:
    """Everything the structure and text of a file of this kind say against it, as JSON data.

    Answers `{"reasons": [[code, facts]], "notes": [[code, facts]], "dates": [[field, ISO date, words]]}`.
    Numbers of persons stay in the child: only their count and places are answered.
    """
    report = Report(kind=kind, today=date.fromisoformat(today))
    reader = importlib.import_module(f"{__name__}.{READERS[kind]}")
    reader.read(file.read(), report)
    return report.data()

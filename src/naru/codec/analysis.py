"""The record of an analysis as JSON: what `naru model analyse --json` prints and the portal reads."""

import json
from typing import Any

from pydantic import TypeAdapter, ValidationError

from naru.codec.reasons import explain
from naru.domain.analysis import Analysis

_ADAPTER = TypeAdapter(Analysis)
REFUSED = "refused"


class AnalysisFormatError(ValueError):
    """A record that cannot be read: one line "key path: reason" per problem."""


class AnalysisRefusedError(ValueError):
    """The analysis refused the file; the reason is the message."""


def analysis_data(analysis: Analysis) -> dict[str, Any]:
    """The record as plain JSON data."""
    data: dict[str, Any] = _ADAPTER.dump_python(analysis, mode="json")
    return data


def read_analysis(text: str | bytes) -> Analysis:
    """The record in JSON `text`.

    Raises:
        AnalysisRefusedError: the text says that the file was refused.
        AnalysisFormatError: the text is no record.
    """
    try:
        data = json.loads(text)
    except ValueError as error:
        raise AnalysisFormatError(f"is no JSON: {error}") from error
    if isinstance(data, dict) and isinstance(data.get(REFUSED), str):
        raise AnalysisRefusedError(data[REFUSED])
    return analysis_of(data)


def analysis_of(data: object) -> Analysis:
    """The record from JSON data as stored; AnalysisFormatError when it is none."""
    try:
        return _ADAPTER.validate_json(json.dumps(data), strict=True, extra="forbid")
    except ValidationError as error:
        schema = _ADAPTER.json_schema(mode="validation")
        lines = [f"{path}: {reason}" for entry in error.errors() for path, reason in explain(entry, schema)]
        raise AnalysisFormatError("\n".join(lines)) from error

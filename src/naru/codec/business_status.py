"""The tax service's answers (상태조회, 진위확인) as values; a key error has a shape of its own.

Status: `{"status_code": "OK", "data": [{"b_no", "b_stt_cd": "01"|"02"|"03"|"", "tax_type", "end_dt"}]}`, an
unregistered number with empty codes. Validation: `{"data": [{"b_no", "valid": "01"|"02"}]}`. A wrong or
missing key: `{"code": -4, "msg": ...}`. Everything else is an error of form.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from naru.domain.business_status import Claim, Match, Status

Number = Annotated[str, Field(pattern=r"^\d{10}$")]
STATES = {"01": Status.ACTIVE, "02": Status.SUSPENDED, "03": Status.CLOSED, "": Status.NOT_REGISTERED}
MATCHES = {"01": Match.MATCH, "02": Match.MISMATCH}


class TaxAnswerError(ValueError):
    """An answer that cannot be used; `reason` is a code, free of anything the service or we put in it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class _Row(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class StatusRow(_Row):
    """One number of a status answer."""

    b_no: Number
    b_stt_cd: Literal["01", "02", "03", ""]
    tax_type: str = ""
    end_dt: Annotated[str, Field(pattern=r"^(\d{8})?$")] = ""


class MatchRow(_Row):
    """One number of a validation answer."""

    b_no: Number
    valid: Literal["01", "02"]


class _Status(_Row):
    status_code: Literal["OK"]
    data: list[StatusRow]


class _Match(_Row):
    status_code: Literal["OK"]
    data: list[MatchRow]


def status_request(claims: Sequence[Claim]) -> dict[str, Any]:
    """The body of a status request."""
    return {"b_no": [claim.number for claim in claims]}


def match_request(claims: Sequence[Claim]) -> dict[str, Any]:
    """The body of a validation request; every claim must be whole."""
    return {
        "businesses": [
            {
                "b_no": claim.number,
                "start_dt": f"{claim.started_on:%Y%m%d}",
                "p_nm": claim.representative,
                "p_nm2": "",
                "b_nm": "",
                "corp_no": "",
                "b_sector": "",
                "b_type": "",
                "b_adr": "",
            }
            for claim in claims
        ]
    }


def parse_status(content: bytes) -> dict[str, tuple[Status, str, date | None]]:
    """Number -> (status, tax type in words, closing day). Raises TaxAnswerError."""
    rows = _parsed(_Status, content).data
    return {row.b_no: (STATES[row.b_stt_cd], row.tax_type, _day(row.end_dt)) for row in rows}


def parse_match(content: bytes) -> dict[str, Match]:
    """Number -> whether the claim matches. Raises TaxAnswerError."""
    return {row.b_no: MATCHES[row.valid] for row in _parsed(_Match, content).data}


def error_of(content: bytes) -> str:
    """The reason code of an answer that is no success: the service's own codes, else "malformed"."""
    try:
        said = _Error.model_validate_json(content)
    except ValidationError:
        return "malformed"
    if said.code is not None:
        return _KEY_ERRORS.get(said.code, "refused")
    return _STATUS_ERRORS.get(said.status_code, "malformed")


class _Error(_Row):
    code: int | None = None
    status_code: str = ""


_KEY_ERRORS: Mapping[int, str] = {-4: "key_refused", -401: "key_refused", -10: "rate_limited"}
_STATUS_ERRORS: Mapping[str, str] = {
    "BAD_JSON_REQUEST": "request_refused",
    "REQUEST_DATA_MALFORMED": "request_refused",
    "TOO_LARGE_REQUEST": "request_refused",
    "INTERNAL_ERROR": "service_error",
    "HTTP_ERROR": "service_error",
}


def _parsed(shape: type[Any], content: bytes) -> Any:
    try:
        return shape.model_validate_json(content)
    except ValidationError as error:
        raise TaxAnswerError(error_of(content)) from error


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y%m%d").date() if text else None  # noqa: DTZ007 - a day has no zone
    except ValueError as error:
        raise TaxAnswerError("malformed") from error

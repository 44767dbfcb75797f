"""The receipt file: payload, signature and content as JSON; written for download, read strictly, checked."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from naru.codec.signature import VerifyKey
from naru.domain.receipt import SCHEMA, Statement, canonical, content_hash

MAX_BYTES = 8_000_000


class ReceiptFileError(ValueError):
    """A file that is no receipt of a schema known here; the message says what is wrong with it."""


class Verdict(StrEnum):
    """What checking a receipt found."""

    VALID = "valid"
    CONTENT_CHANGED = "content_changed"
    SIGNATURE_WRONG = "signature_wrong"
    UNSIGNED = "unsigned"
    UNKNOWN_KEY = "unknown_key"


class _Payload(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    schema_: str = Field(alias="schema")
    number: str
    revision: int
    call: str
    version_sha256: str
    received_at: str
    content_sha256: str
    key_id: str
    basis: str


class _File(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)

    payload: _Payload
    signature: str
    content: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedReceipt:
    """A receipt as its file holds it; `signature` is base64, empty while unsigned."""

    statement: Statement
    signature: str
    content: dict[str, Any]

    def text(self, keys_at: str = "") -> str:
        """The file; `keys_at` says where the public keys are published and is not signed."""
        return json.dumps(
            {
                "payload": self.statement.payload(),
                "algorithm": "Ed25519",
                "signature": self.signature,
                "keys_at": keys_at,
                "content": self.content,
            },
            ensure_ascii=False,
            indent=1,
        )

    def check(self, keys: Iterable[VerifyKey]) -> Verdict:
        """Does the content fit the payload, and did one of `keys` sign the payload?"""
        if content_hash(self.content) != self.statement.content_sha256:
            return Verdict.CONTENT_CHANGED
        if not self.signature:
            return Verdict.UNSIGNED
        key = next((one for one in keys if one.id == self.statement.key_id), None)
        if key is None:
            return Verdict.UNKNOWN_KEY
        made = key.made(self.signature, self.statement.signed_bytes())
        return Verdict.VALID if made else Verdict.SIGNATURE_WRONG


def read_receipt(data: bytes) -> SignedReceipt:
    """The receipt in a downloaded file; ReceiptFileError says why it cannot be read."""
    if len(data) > MAX_BYTES:
        raise ReceiptFileError(f"is larger than {MAX_BYTES:,} bytes; no receipt is")
    try:
        value = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_inexact)
        found = _File.model_validate(value)
        canonical(found.content)
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise ReceiptFileError(f"is no receipt: {where or 'file'}: {error.errors()[0]['msg']}") from error
    except RecursionError as error:
        raise ReceiptFileError("is nested too deeply to be a receipt") from error
    except ValueError as error:
        raise ReceiptFileError(f"is no receipt in JSON: {error}") from error
    if found.payload.schema_ != SCHEMA or found.payload.basis not in ("intake", "late_exception"):
        raise ReceiptFileError(f"is of schema {found.payload.schema_!r}; this program reads {SCHEMA}")
    statement = Statement(**found.payload.model_dump(by_alias=True))
    return SignedReceipt(statement=statement, signature=found.signature, content=found.content)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys stand once: readers disagree about which of two counts."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _inexact(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")

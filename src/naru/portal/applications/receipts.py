"""From a receipt's row to what it states and the file a person keeps."""

from naru.codec.receipt import SignedReceipt
from naru.domain.receipt import Statement, stamp
from naru.portal.applications.models import Receipt


def statement(receipt: Receipt) -> Statement:
    """What the receipt states; the bytes signed follow from the row alone."""
    return Statement(
        schema=receipt.schema,
        number=receipt.number,
        revision=receipt.revision,
        call=receipt.content["call"],
        version_sha256=receipt.content["version_sha256"],
        received_at=stamp(receipt.received_at),
        content_sha256=receipt.content_sha256,
        key_id=receipt.signed_with_id or "",
        basis="late_exception" if receipt.late else "intake",
    )


def signed(receipt: Receipt) -> SignedReceipt:
    """The receipt as its file holds it."""
    return SignedReceipt(statement=statement(receipt), signature=receipt.signature, content=receipt.content)

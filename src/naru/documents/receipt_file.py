"""The JSON of a receipt, from its file or out of its PDF; a PDF is opened in a limited child process only."""

import base64
from typing import Any

from naru import sandbox
from naru.codec.receipt import MAX_BYTES, ReceiptFileError

TASK = "naru.documents.inspection.attached.attached"
MARK = b"%PDF-"
MAX_PDF_BYTES = 2 * MAX_BYTES
LIMITS = sandbox.Limits(source_bytes=MAX_PDF_BYTES, output_bytes=2 * MAX_BYTES)
PROBLEMS = {
    "none": "the PDF holds no JSON file; take the receipt as the portal gave it, or the JSON itself",
    "several": "the PDF holds several JSON files; a receipt holds one",
    "encrypted": "the PDF is locked with a password",
    "damaged": "the PDF is damaged",
    "large": "the file in the PDF is too large for a receipt",
}


class ReceiptUnreadError(RuntimeError):
    """The PDF could not be looked into on this machine; that says nothing of the receipt."""


def receipt_json(content: bytes) -> bytes:
    """The JSON of what was brought: of a PDF the file attached to it, of anything else the bytes themselves.

    Raises:
        ReceiptFileError: a PDF without one JSON file in it.
        ReceiptUnreadError: the child process gave no answer.
    """
    if not content.startswith(MARK):
        return content
    result = sandbox.run(TASK, content, limits=LIMITS, arguments={"ending": ".json", "most": MAX_BYTES})
    if result.stopped is not None:
        if result.stopped.blames_source:
            raise ReceiptFileError(f"the PDF cannot be read ({result.stopped.value})")
        raise ReceiptUnreadError(f"the PDF could not be opened here ({result.stopped.value})")
    answer: dict[str, Any] = result.value
    if "problem" in answer:
        raise ReceiptFileError(PROBLEMS[answer["problem"]])
    return base64.b64decode(answer["content"])

"""Whether the script a Hangul document carries does anything: each one has an empty frame."""

import re

COMMENTS = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
# what the word processor writes by itself: two names for the document, and handlers without a body
FRAME = re.compile(
    r"\bvar\s+Documents?\s*=\s*(?:XHwpDocuments|Documents\.Active_XHwpDocument)\s*;?"
    r"|\bfunction\s+\w+\s*\(\s*\)\s*\{\s*\}"
)


def does_something(script: str) -> bool:
    """Whether anything but the empty frame is left."""
    plain = COMMENTS.sub(" ", script.replace("\r", "\n"))
    return bool(FRAME.sub(" ", plain).replace("\0", "").replace("\ufeff", "").strip())

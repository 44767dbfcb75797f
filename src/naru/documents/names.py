"""What a file's name may be: shown to people, stored as text, and used as the name of a download."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from naru.documents.kinds import KINDS

MAX_NAME_BYTES = 255  # what file systems take
# control characters, path separators, marks that turn the reading direction, invisible characters,
# and what Windows does not take in a name
UNSAFE = re.compile(
    r'[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff/\\:*?"<>|\ud800-\udfff]'
)
RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)", re.IGNORECASE)
PROGRAMS = frozenset(
    [
        "app",
        "apk",
        "bat",
        "chm",
        "cmd",
        "com",
        "cpl",
        "dll",
        "dmg",
        "exe",
        "hta",
        "htm",
        "html",
        "jar",
        "js",
        "jse",
        "lnk",
        "msi",
        "msp",
        "pif",
        "ps1",
        "py",
        "reg",
        "scr",
        "sh",
        "svg",
        "swf",
        "sys",
        "vb",
        "vbe",
        "vbs",
        "wsf",
        "wsh",
        "xhtml",
        "xlsm",
        "xltm",
        "docm",
        "pptm",
    ]
)


def file_ending(filename: str) -> str:
    """The last ending of a file's name in lower case, without its dot."""
    return PurePosixPath(filename).suffix.removeprefix(".").lower()


def name_fits(filename: str, media_type: str) -> bool:
    """Whether a file of this media type, gated before, may carry this name as well."""
    endings = next((kind.endings for kind in KINDS.values() if kind.media_type == media_type), ())
    return not any(name_faults(filename)) and file_ending(filename) in endings


def name_faults(filename: str) -> Iterator[str]:
    """Codes of what is wrong with a name, whatever the file is."""
    stem = filename.strip()
    if not stem or UNSAFE.search(filename):
        yield "file_name_unsafe"
    if len(filename.encode("utf-8", errors="replace")) > MAX_NAME_BYTES:
        yield "file_name_long"
    if stem and (RESERVED.match(stem) or stem.startswith(".") or filename[-1] in ". "):
        yield "file_name_reserved"
    endings = [part.strip().lower() for part in filename.split(".")[1:]]
    if len(endings) > 1 and PROGRAMS.intersection(endings):  # a single one is refused as a kind
        yield "file_name_program"

"""The file attached to a PDF; runs in a child process of `naru.sandbox` only."""

import base64
from typing import Any, BinaryIO

import pikepdf


def attached(file: BinaryIO, *, ending: str, most: int) -> dict[str, Any]:
    """The one attached file of such a name, as JSON data: `{"content": base64}` or `{"problem": code}`."""
    try:
        with pikepdf.open(file, suppress_warnings=True) as pdf:
            names = [name for name in pdf.attachments if name.lower().endswith(ending)]
            if len(names) != 1:
                return {"problem": "several" if names else "none"}
            content = pdf.attachments[names[0]].get_file().read_bytes()
    except pikepdf.PasswordError:
        return {"problem": "encrypted"}
    except pikepdf.PdfError:
        return {"problem": "damaged"}
    if len(content) > most:
        return {"problem": "large"}
    return {"content": base64.b64encode(content).decode("ascii")}

"""How much may be uploaded: a longer file is let go while it comes in, and is never kept or held in memory.

Django's own handlers stand behind this one: small files in memory, larger ones in a temporary file.
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

CUT = "naru.upload_cut"  # in request.META: the upload was longer than it may be


class BoundedUpload(FileUploadHandler):
    """Lets a file go once it is longer than `settings.NARU_UPLOAD_BYTES`; the form's other fields stay.

    A request that says it is longer than twice that and a little is not read at all: RequestDataTooBig (400).
    """

    def handle_raw_input(self, *given: Any, **_named: Any) -> None:
        """Refuse a request that is too long by its own account."""
        content_length = given[2]  # input, META, content length, boundary, encoding: Django's order
        if content_length > 2 * settings.NARU_UPLOAD_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig(f"{content_length} bytes")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass the chunk on, or let the file go when it has become too long."""
        if start + len(raw_data) > settings.NARU_UPLOAD_BYTES:
            if self.request is not None:
                self.request.META[CUT] = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The handlers behind this one hold the file."""


def was_cut(request: HttpRequest) -> bool:
    """Whether a file of this request was longer than it may be and let go; reads the request's form."""
    return bool(request.POST is not None and request.META.get(CUT, False))

"""PDF: passwords, scripts and actions, embedded files, the text of every page and of its fields."""

import io
import re
import time

import pikepdf
import pypdfium2 as pdfium
from pypdfium2 import PdfiumError

from naru.documents.inspection.pdftree import Walk
from naru.documents.inspection.report import Report

TAIL = 2048  # readers look for the end mark in the last bytes
END = b"%%EOF"
CPU_SECONDS = 2.5  # of the child's four, for the text; pages not reached by then are a person's to read
TAG = re.compile(r"<[^>]*>")


def read(content: bytes, report: Report) -> None:
    """Judge structure, then text."""
    if END not in content[-TAIL:]:
        report.refuse("file_incomplete", kind="pdf")
    elif content[content.rindex(END) + len(END) :].strip(b"\0\t\r\n \x1a"):
        report.refuse("file_trailing", kind="pdf")
    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
            _structure(pdf, report)
            if not len(pdf.pages):
                report.refuse("file_damaged", kind="pdf")
                return
    except pikepdf.PasswordError:
        report.refuse("file_encrypted")
        return
    except MemoryError:
        raise
    except Exception as error:  # damage shows as errors of many kinds
        if "bad_alloc" in str(error):
            raise MemoryError from error
        report.refuse("file_damaged", kind="pdf")
        return
    _text(content, report)


def _structure(pdf: pikepdf.Pdf, report: Report) -> None:
    if pdf.is_encrypted:
        report.note("file_restricted")
    walk = Walk(report)
    for thing in pdf.objects:
        walk.visit(thing)
    walk.trailer(pdf.trailer)
    if "/Metadata" in pdf.Root and isinstance(pdf.Root.Metadata, pikepdf.Stream):
        report.text(
            "metadata", TAG.sub("\n", pdf.Root.Metadata.read_bytes().decode("utf-8", errors="replace"))
        )


def _text(content: bytes, report: Report) -> None:
    """The text layer by page: also what is white, tiny or beside the page."""
    letters, begun = 0, time.process_time()
    try:
        with pdfium.PdfDocument(content) as document:
            for number, page in enumerate(document, start=1):
                if time.process_time() - begun > CPU_SECONDS:
                    report.refuse("text_unread", kind="pdf")
                    return
                words = page.get_textpage().get_text_range()
                page.close()
                letters += len(words.strip())
                report.text(f"p. {number}", words)
    except PdfiumError:
        report.refuse("text_unread", kind="pdf")
    if not letters:
        report.note("file_text_missing")

"""Sound files of every kind, made by the libraries that make them in life; the tests then harm them."""

import io
import zipfile
from functools import cache

import openpyxl
import pikepdf
from hwpx import HwpxDocument
from hwpx.hwp5.cfb import CompoundFile, build_compound_file, read_all_streams
from hwpx.hwp5.records import deflate
from PIL import Image

from naru.portal.demo.papers import paper

PDF = paper("sme_certificate")


def pdf(change=None, **saving):
    """A PDF of one empty page after `change(pdf)`."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        if change:
            change(document)
        document.save(out, **saving)
    return out.getvalue()


def picture(form, size=(64, 48), **saving):
    out = io.BytesIO()
    Image.effect_noise(size, 20).save(out, form, **saving)
    return out.getvalue()


def xlsx(change=None):
    out = io.BytesIO()
    book = openpyxl.Workbook()
    book.active["A1"] = "가상 현황"
    if change:
        change(book)
    book.save(out)
    return out.getvalue()


@cache
def hwpx(*paragraphs):
    document = HwpxDocument.new()
    for paragraph in paragraphs or ("가상 신청서",):
        document.add_paragraph(paragraph)
    return document.to_bytes()


@cache
def hwp(*paragraphs):
    document = HwpxDocument.open(hwpx(*paragraphs))
    out = io.BytesIO()
    document.save_to_stream(out, format="hwp")
    return out.getvalue()


def parts(package):
    """The parts of a package by name."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(entries):
    """A package of these parts; `mimetype` first and stored, as HWPX wants it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in entries.items():
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, body, compress_type=how)
    return out.getvalue()


def repacked(package, changes):
    """The package with parts added or replaced."""
    return packed(parts(package) | changes)


def restreamed(document, streams):
    """The HWP with streams added or replaced; bytes are deflated as the document's are."""
    old = dict(read_all_streams(CompoundFile(document)))
    new = {path: body if path == "FileHeader" else deflate(body) for path, body in streams.items()}
    return build_compound_file(list((old | new).items()))


def hwp_flags(flags):
    """A sound HWP whose header has these property bits."""
    header = bytearray(CompoundFile(hwp()).read("FileHeader"))
    header[36:40] = flags.to_bytes(4, "little")
    return restreamed(hwp(), {"FileHeader": bytes(header)})

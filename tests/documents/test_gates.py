"""The gates of an upload: real small files of each kind pass, and each fault is refused by name."""

import io
import struct
import zipfile
import zlib
from hashlib import sha256

import pytest

from naru.documents import Limits, Verdict, gate
from naru.documents.gates import EICAR, WORDS

LIMITS = Limits()
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x01" * 20 + b"\xff\xd9"


def png():
    def chunk(name, data):
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0\xff")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def package(entries):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in entries:
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, text, compress_type=how)
    return out.getvalue()


HWPX = package([("mimetype", "application/hwp+zip"), ("Contents/section0.xml", "<sec/>")])
XLSX_PARTS = [("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<workbook/>")]
XLSX = package(XLSX_PARTS)


def hwp(flags=1):
    header = b"HWP Document File".ljust(32, b"\0") + b"\x00\x00\x01\x05" + flags.to_bytes(4, "little")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + header.ljust(256, b"\0")


GOOD = {
    "확인서.pdf": (PDF, "application/pdf"),
    "scan.PNG": (png(), "image/png"),
    "신분증.jpg": (JPEG, "image/jpeg"),
    "신분증.jpeg": (JPEG, "image/jpeg"),
    "신청서.hwp": (hwp(), "application/x-hwp"),
    "신청서.hwpx": (HWPX, "application/hwp+zip"),
    "현황표.xlsx": (XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def codes(content, filename, limits=LIMITS):
    return [reason.code for reason in gate(content, filename, limits=limits).reasons]


@pytest.mark.parametrize("filename", GOOD)
def test_a_sound_file_of_each_kind_passes_and_is_typed_by_its_bytes(filename):
    content, media_type = GOOD[filename]
    verdict = gate(content, filename, limits=LIMITS)
    assert (verdict.verdict, verdict.reasons, verdict.media_type) == (Verdict.ACCEPTED, (), media_type)
    assert verdict.sha256 == sha256(content).hexdigest()


def encrypted_zip():
    content = bytearray(XLSX)
    content[6] |= 1
    return bytes(content)


OLE_PASSWORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + "EncryptedPackage".encode("utf-16-le")


@pytest.mark.parametrize(
    ("content", "filename", "expected"),
    [
        (b"", "확인서.pdf", ["file_empty"]),
        (PDF + EICAR, "확인서.pdf", ["file_malware"]),
        (EICAR, "eicar.com", ["file_malware"]),
        (b"MZ\x90\x00" * 50, "확인서.pdf", ["file_kind_refused"]),
        (b"\x7fELF" * 50, "확인서.exe", ["file_kind_refused"]),
        (b"%PDX-1.4 %%EOF", "확인서.pdf", ["file_kind_refused"]),
        (package([("a.txt", "hello")]), "묶음.zip", ["file_kind_refused"]),
        (PDF, "확인서.pdf.exe", ["file_name_disagrees"]),
        (PDF, "확인서", ["file_name_disagrees"]),
        (png(), "확인서.pdf", ["file_name_disagrees"]),
        (XLSX, "신청서.hwpx", ["file_name_disagrees"]),
        (PDF, "../../확인서.pdf", ["file_name_unsafe"]),
        (PDF, "확인서\u202efdp.pdf", ["file_name_unsafe"]),
        (PDF.replace(b"/Root", b"/Encrypt 5 0 R /Root"), "확인서.pdf", ["file_encrypted"]),
        (PDF.replace(b"/Root", b"/Encrypt<</V 4>> /Root"), "확인서.pdf", ["file_encrypted"]),
        (hwp(flags=0b11), "신청서.hwp", ["file_encrypted"]),
        (encrypted_zip(), "현황표.xlsx", ["file_encrypted"]),
        (OLE_PASSWORD, "현황표.xlsx", ["file_encrypted"]),
        (PDF[:-7], "확인서.pdf", ["file_incomplete"]),
        (png()[:-9], "scan.png", ["file_incomplete"]),
        (JPEG[:-2], "scan.jpg", ["file_incomplete"]),
        (XLSX[:-22], "현황표.xlsx", ["file_incomplete"]),
        (package([*XLSX_PARTS, ("xl/vbaProject.bin", "x")]), "현황표.xlsx", ["file_macro"]),
        (hwp(flags=0b11), "신청서.pdf", ["file_encrypted", "file_name_disagrees"]),
    ],
)
def test_each_fault_is_refused_with_its_reason(content, filename, expected):
    verdict = gate(content, filename, limits=LIMITS)
    assert [reason.code for reason in verdict.reasons] == expected
    assert verdict.verdict is Verdict.REFUSED


def test_the_word_encrypt_in_a_text_is_no_password():
    assert codes(PDF.replace(b"Catalog", b"Catalog /EncryptMetadata false"), "확인서.pdf") == []


def test_the_size_limit_is_inclusive():
    assert codes(PDF, "확인서.pdf", Limits(max_bytes=len(PDF))) == []
    (reason,) = gate(PDF, "확인서.pdf", limits=Limits(max_bytes=len(PDF) - 1)).reasons
    assert (reason.code, reason.facts) == (
        "file_too_large",
        (("size", str(len(PDF))), ("limit", str(len(PDF) - 1))),
    )


def test_a_kind_outside_the_limits_is_refused_and_the_allowed_ones_are_named():
    (reason,) = gate(XLSX, "현황표.xlsx", limits=Limits(kinds=frozenset({"pdf", "jpeg"}))).reasons
    assert reason.code == "file_kind_refused"
    assert dict(reason.facts)["allowed"] == "pdf, jpg, jpeg"


@pytest.mark.parametrize("code", WORDS)
def test_every_reason_says_in_both_languages_what_mends_it(code):
    for korean, english in WORDS[code]:
        assert any("가" <= letter <= "힣" for letter in korean)
        assert not any("가" <= letter <= "힣" for letter in english)

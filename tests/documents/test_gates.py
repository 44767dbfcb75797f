"""The gates of names, sizes, kinds and marks: sound files pass, each fault is refused by name."""

from hashlib import sha256

import pytest
from made_files import PDF, hwp, hwp_flags, hwpx, packed, picture, xlsx

from naru.documents import Limits, Verdict, gate
from naru.documents.gates import EICAR, WORDS
from naru.domain.decision import Outcome

LIMITS = Limits()
JPEG, PNG = picture("JPEG"), picture("PNG")
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
GOOD = {
    "확인서.pdf": (PDF, "application/pdf"),
    "scan.PNG": (PNG, "image/png"),
    "신분증.jpg": (JPEG, "image/jpeg"),
    "신분증.jpeg": (JPEG, "image/jpeg"),
    "신청서.hwp": (hwp(), "application/x-hwp"),
    "신청서.hwpx": (hwpx(), "application/hwp+zip"),
    "현황표.xlsx": (xlsx(), XLSX_TYPE),
}


def codes(content, filename, limits=LIMITS):
    return [reason.code for reason in gate(content, filename, limits=limits).reasons]


@pytest.mark.parametrize("filename", GOOD)
def test_a_sound_file_of_each_kind_passes_and_is_typed_by_its_bytes(filename):
    content, media_type = GOOD[filename]
    verdict = gate(content, filename, limits=LIMITS)
    assert (verdict.verdict, verdict.reasons, verdict.media_type) == (Verdict.ACCEPTED, (), media_type)
    assert verdict.sha256 == sha256(content).hexdigest()


OLE_PASSWORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + "EncryptedPackage".encode("utf-16-le")


@pytest.mark.parametrize(
    ("content", "filename", "expected"),
    [
        (b"", "확인서.pdf", ["file_empty"]),
        (EICAR, "eicar.com", ["file_malware", "file_kind_refused"]),
        (b"MZ\x90\x00" * 50, "확인서.pdf", ["file_kind_refused"]),
        (b"\x7fELF" * 50, "확인서.exe", ["file_kind_refused"]),
        (b"%PDX-1.4 %%EOF", "확인서.pdf", ["file_kind_refused"]),
        (packed({"a.txt": "hello"}), "묶음.zip", ["file_kind_refused"]),
        (b"\n%PDF-1.4 %%EOF", "확인서.pdf", ["file_polyglot", "file_kind_refused"]),
        (b"<html><script>%PDF-1.4", "확인서.pdf", ["file_polyglot", "file_kind_refused"]),
        (OLE_PASSWORD, "현황표.xlsx", ["file_encrypted"]),
    ],
)
def test_what_no_kind_recognises_is_refused_without_a_child(content, filename, expected):
    verdict = gate(content, filename, limits=LIMITS)
    assert list(dict.fromkeys(reason.code for reason in verdict.reasons)) == expected
    assert (verdict.verdict, verdict.media_type) == (Verdict.REFUSED, "")


@pytest.mark.parametrize(
    ("content", "filename", "expected"),
    [
        (PDF + EICAR, "확인서.pdf", ["file_malware", "file_trailing"]),
        (PDF, "확인서.pdf.exe", ["file_name_program", "file_name_disagrees"]),
        (PDF, "확인서", ["file_name_disagrees"]),
        (PNG, "확인서.pdf", ["file_name_disagrees"]),
        (hwp_flags(0b11), "신청서.pdf", ["file_name_disagrees", "file_encrypted"]),
    ],
)
def test_every_reason_is_given_at_once(content, filename, expected):
    assert codes(content, filename) == expected


def test_the_size_limit_is_inclusive():
    assert codes(PDF, "확인서.pdf", Limits(max_bytes=len(PDF))) == []
    (reason,) = gate(PDF, "확인서.pdf", limits=Limits(max_bytes=len(PDF) - 1)).reasons
    assert (reason.code, reason.facts) == (
        "file_too_large",
        (("size", str(len(PDF))), ("limit", str(len(PDF) - 1))),
    )


def test_a_kind_outside_the_limits_is_refused_and_the_allowed_ones_are_named():
    (reason,) = gate(xlsx(), "현황표.xlsx", limits=Limits(kinds=frozenset({"pdf", "jpeg"}))).reasons
    assert reason.code == "file_kind_refused"
    assert dict(reason.facts)["allowed"] == "pdf, jpg, jpeg"


@pytest.mark.parametrize("code", WORDS)
def test_every_reason_says_in_both_languages_what_mends_it(code):
    for korean, english in WORDS[code]:
        assert any("가" <= letter <= "힣" for letter in korean)
        assert not any("가" <= letter <= "힣" for letter in english)


def test_a_reason_fails_the_file_and_a_quarantine_asks_a_person():
    verdict = gate(b"", "확인서.pdf", limits=LIMITS)
    assert [reason.outcome for reason in verdict.reasons] == [Outcome.FAILED]

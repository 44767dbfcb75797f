"""A-02: what a document must be to stay; the gates and the command that runs them."""

import json
from datetime import date
from pathlib import Path

import pytest
from clamd_server import SIGNATURE, at_a_host
from made_files import PDF, hwp, hwp_flags, hwpx, pdf, picture, repacked, xlsx
from pikepdf import Dictionary, Encryption, Name
from typer.testing import CliRunner

from naru.cli import app
from naru.documents import Limits, Verdict, gate, scanner_at
from naru.documents.gates import EICAR

pytestmark = pytest.mark.requirement("A-02")
PERSON = "900101-1234568"


def judged(content, filename, **given):
    verdict = gate(content, filename, limits=Limits(), today=date(2025, 3, 17), **given)
    return verdict.verdict.value, [reason.code for reason in verdict.reasons]


def script(document):
    document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def attachment(document):
    document.attachments["a.exe"] = b"MZ"


@pytest.mark.parametrize(
    ("content", "filename"),
    [
        (PDF, "확인서.pdf"),
        (picture("JPEG"), "신분증.jpg"),
        (picture("PNG"), "스캔.png"),
        (hwp(), "신청서.hwp"),
        (hwpx(), "신청서.hwpx"),
        (xlsx(), "현황표.xlsx"),
    ],
)
def test_sound_documents_stay(content, filename):
    """A sound PDF, JPEG, PNG, HWP, HWPX or XLSX of at most 20 MB is accepted."""
    assert judged(content, filename) == ("accepted", [])


@pytest.mark.parametrize(
    ("content", "filename", "code"),
    [
        (picture("PNG"), "확인서.pdf", "file_name_disagrees"),
        (PDF, "확인서.pdf.exe", "file_name_program"),
        (b"MZ" + bytes(100), "확인서.pdf", "file_kind_refused"),
        (PDF + repacked(xlsx(), {}), "확인서.pdf", "file_polyglot"),
    ],
)
def test_the_content_and_the_name_agree(content, filename, code):
    """The kind is told from the content; a name that says otherwise, or a file of two kinds, is refused."""
    verdict, codes = judged(content, filename)
    assert (verdict, code in codes) == ("refused", True)


@pytest.mark.parametrize(
    ("content", "filename"),
    [
        (pdf(encryption=Encryption(user="user", owner="owner")), "확인서.pdf"),
        (hwp_flags(0b11), "신청서.hwp"),
    ],
)
def test_a_password_keeps_a_document_out(content, filename):
    """A document that needs a password cannot be screened and is refused."""
    assert judged(content, filename) == ("refused", ["file_encrypted"])


@pytest.mark.parametrize(
    ("content", "filename", "code"),
    [
        (repacked(xlsx(), {"xl/vbaProject.bin": b"x"}), "현황표.xlsx", "file_macro"),
        (pdf(script), "확인서.pdf", "file_script"),
        (pdf(attachment), "확인서.pdf", "file_embedded"),
        (repacked(xlsx(), {"xl/a.xml": bytes(20_000_000)}), "현황표.xlsx", "file_bomb"),
        (EICAR, "eicar.pdf", "file_malware"),
    ],
)
def test_what_runs_hides_or_explodes_is_refused(content, filename, code):
    """Macros, scripts, embedded files, archives that grow without measure, and test malware are refused."""
    verdict, codes = judged(content, filename)
    assert (verdict, codes[0]) == ("refused", code)


@pytest.mark.parametrize(
    ("content", "filename"),
    [
        (pdf(lambda document: document.docinfo.update({"/Title": PERSON})), "확인서.pdf"),
        (hwp(f"주민등록번호 {PERSON}"), "신청서.hwp"),
        (hwpx(f"주민등록번호 {PERSON}"), "신청서.hwpx"),
        (xlsx(lambda book: book.active.append([PERSON])), "현황표.xlsx"),
    ],
)
def test_resident_numbers_keep_a_document_out(content, filename):
    """A resident registration number readable in a PDF, HWP, HWPX or XLSX is refused, never repeated."""
    assert judged(content, filename) == ("refused", ["file_resident_number"])


def test_masked_and_corporate_numbers_pass():
    """A masked resident number and a labelled corporate registration number are fine."""
    words = "주민등록번호 900101-1****** 법인등록번호 130111-0006246"
    assert judged(hwpx(words), "신청서.hwpx") == ("accepted", [])


def test_dates_of_a_certificate_are_suggested():
    """Issue and expiry dates are read from the text as suggestions; a person confirms them."""
    words = "발급일 2025년 3월 2일, 유효기간 2025.01.01 ~ 2025.12.31"
    verdict = gate(hwpx(words), "확인서.hwpx", limits=Limits())
    assert {found.field: found.value for found in verdict.suggestions} == {
        "issued_on": date(2025, 3, 2),
        "valid_from": date(2025, 1, 1),
        "valid_until": date(2025, 12, 31),
    }


def test_the_malware_scanner_decides_when_it_is_there():
    """With a scanner, known malware is refused by name; a scanner that is down quarantines the file."""
    infected = PDF.replace(b"%PDF-1.4\n", b"%PDF-1.4\n%" + SIGNATURE + b"\n")
    with at_a_host() as served:
        scanner = scanner_at(served.address)
        assert judged(PDF, "확인서.pdf", scanner=scanner) == ("accepted", [])
        assert judged(infected, "확인서.pdf", scanner=scanner) == ("refused", ["file_malware_found"])
    assert judged(PDF, "확인서.pdf", scanner=scanner) == ("quarantined", ["scanner_silent"])


@pytest.mark.parametrize(
    ("content", "daemon", "expected"),
    [
        (PDF, "", (0, Verdict.ACCEPTED)),
        (b"", "", (1, Verdict.REFUSED)),
        (PDF, "127.0.0.1:1", (3, Verdict.QUARANTINED)),
    ],
)
def test_the_command_runs_the_same_gates(tmp_path, monkeypatch, content, daemon, expected):
    """`naru document check` answers as the portal does: exit 0 accepted, 1 refused, 3 quarantined."""
    monkeypatch.setenv("NARU_CLAMD", daemon)
    path = Path(tmp_path, "확인서.pdf")
    path.write_bytes(content)
    result = CliRunner().invoke(app, ["document", "check", str(path), "--json"])
    assert (result.exit_code, json.loads(result.output)["verdict"]) == expected

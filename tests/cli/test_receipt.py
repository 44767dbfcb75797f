"""`naru receipt` as a command: exit codes and what it says, on files made by the real signing."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from typer.testing import CliRunner

from naru.cli import app
from naru.codec.receipt import SignedReceipt
from naru.codec.signature import SigningKey
from naru.documents.receipt_pdf import ReceiptPage, receipt_pdf
from naru.domain.receipt import Statement, content_hash

KEY = SigningKey.new()
FONTS = Path(__file__).parents[2] / "src/naru/portal/ui/static/vendor/fonts"
CONTENT = {"title": "가상 과제", "plan": {"need": "까닭"}, "call": "2025-npu"}


def made(tmp_path, *, key=KEY, content=CONTENT, signed=True, **changes):
    said = {
        "number": "2025-npu-0001",
        "revision": 2,
        "call": "2025-npu",
        "version_sha256": "0" * 64,
        "received_at": "2025-03-17T14:59:59.999+09:00",
        "content_sha256": content_hash(CONTENT),
        "key_id": key.public.id,
    }
    statement = Statement(**said | changes)
    signature = key.sign(Statement(**said).signed_bytes()) if signed else ""
    file = tmp_path / "receipt.json"
    text = SignedReceipt(statement=statement, signature=signature, content=content).text("https://x.test/")
    file.write_text(text, encoding="utf-8")
    return str(file)


def public(tmp_path, key=KEY):
    file = tmp_path / f"{key.public.id}.pub.pem"
    file.write_text(key.public.pem())
    return str(file)


def run(*arguments):
    return CliRunner().invoke(app, ["receipt", *arguments])


def test_a_genuine_receipt_says_what_was_submitted_when(tmp_path):
    answer = run("verify", made(tmp_path), "--key", public(tmp_path))
    assert answer.exit_code == 0
    assert "valid:" in answer.stdout
    for words in ("2025-npu-0001 (revision 2)", "2025-03-17T14:59:59.999+09:00", "가상 과제"):
        assert words in answer.stdout


@pytest.mark.parametrize(
    ("change", "code", "verdict"),
    [
        ({}, 0, "valid"),
        ({"content": {**CONTENT, "title": "다른 과제"}}, 1, "content_changed"),
        ({"received_at": "2025-03-17T14:00:00.000+09:00"}, 1, "signature_wrong"),
        ({"key": SigningKey.new()}, 1, "signature_wrong"),
        ({"signed": False}, 3, "unsigned"),
    ],
)
def test_the_verdict_is_the_exit_code(tmp_path, change, code, verdict):
    answer = run("verify", made(tmp_path, **change), "--key", public(tmp_path), "--json")
    assert (answer.exit_code, json.loads(answer.stdout)["verdict"]) == (code, verdict)


def test_without_the_key_nobody_can_tell(tmp_path, monkeypatch):
    monkeypatch.setenv("NARU_DATA_DIR", str(tmp_path))
    file = made(tmp_path)
    answer = run("verify", file)
    assert (answer.exit_code, "cannot tell" in answer.stdout) == (3, True)
    (tmp_path / "keys").mkdir()
    public(tmp_path / "keys")
    assert run("verify", file).exit_code == 0


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"payload": 1}', '{"a": 1, "a": 1}', "[" * 100_000])
def test_what_is_no_receipt_is_wrong_usage(tmp_path, text):
    file = tmp_path / "x.json"
    file.write_text(text)
    answer = run("verify", str(file))
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert str(file) in answer.stderr


def test_a_missing_file_and_a_wrong_key_file_are_wrong_usage(tmp_path):
    assert run("verify", str(tmp_path / "none.json")).exit_code == 2
    file = made(tmp_path)
    assert run("verify", file, "--key", file).exit_code == 2


def test_another_schema_is_not_guessed_at(tmp_path):
    answer = run("verify", made(tmp_path, schema="naru-receipt/9"), "--key", public(tmp_path))
    assert (answer.exit_code, "naru-receipt/9" in answer.stderr) == (2, True)


def test_a_hostile_title_cannot_move_the_cursor(tmp_path):
    content = {**CONTENT, "title": "x\x1b[2Jvalid\nreceived"}
    answer = run("verify", made(tmp_path, content=content, content_sha256=content_hash(content)))
    assert "\x1b" not in answer.stdout
    assert "title        x?[2Jvalid?received" in answer.stdout


def test_the_key_is_made_once_and_kept_from_others(tmp_path):
    src = str(Path(__file__).parents[2] / "src")
    surroundings = os.environ | {"NARU_DATA_DIR": str(tmp_path), "NARU_DEBUG": "1", "PYTHONPATH": src}
    surroundings.pop("DJANGO_SETTINGS_MODULE", None)

    def key(*options):
        command = [sys.executable, "-c", "from naru.cli import main; main()", "receipt", "key", *options]
        return subprocess.run(command, env=surroundings, capture_output=True, text=True, check=True).stdout

    first = key()
    assert (first.startswith("key_id "), key() == first) == (True, True)
    assert (tmp_path / "keys" / "receipt.pem").stat().st_mode & 0o777 == 0o600
    assert key("--rotate") != first
    assert len(list((tmp_path / "keys").glob("*.pub.pem"))) == 2


def as_pdf(tmp_path, attached, **options):
    """A PDF with files attached to it, as the portal's receipt has its JSON."""
    file = tmp_path / "receipt.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        for name, content in attached.items():
            pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, content, mime_type="application/json")
        pdf.save(file, **options)
    return str(file)


def test_the_pdf_is_checked_by_the_file_attached_to_it(tmp_path):
    content = Path(made(tmp_path)).read_bytes()
    answer = run("verify", as_pdf(tmp_path, {"2025-npu-0001.json": content}), "--key", public(tmp_path))
    assert (answer.exit_code, "valid:" in answer.stdout) == (0, True)
    changed = content.replace("가상 과제".encode(), "다른 과제".encode())
    answer = run("verify", as_pdf(tmp_path, {"2025-npu-0001.json": changed}), "--key", public(tmp_path))
    assert (answer.exit_code, "TAMPERED" in answer.stdout) == (1, True)


def test_the_portals_own_pdf_is_read(tmp_path):
    page = ReceiptPage(
        language="ko", issuer="가상 사업", title="접수증", lead="접수했습니다.", head=("항목", "내용"),
        rows=[("과제명", "가상 과제")], how="확인하는 방법", notes=["한 줄"],
    )  # fmt: skip
    file = tmp_path / "own.pdf"
    written = Path(made(tmp_path)).read_text(encoding="utf-8")
    made_at = datetime(2025, 3, 17, 5, 59, 59, tzinfo=UTC)
    file.write_bytes(receipt_pdf(page, received=made_at, filename="r.json", file=written, fonts=FONTS))
    assert run("verify", str(file), "--key", public(tmp_path)).exit_code == 0


@pytest.mark.parametrize(
    ("attached", "options", "said"),
    [
        ({}, {}, "holds no JSON file"),
        ({"a.json": b"{}", "b.json": b"{}"}, {}, "several JSON files"),
        ({"a.json": b"{}"}, {"encryption": pikepdf.Encryption(user="u", owner="o")}, "locked"),
        ({"a.json": b"{}"}, {}, "payload"),
        ({"a.json": b" " * 8_000_001}, {}, "too large"),
    ],
)
def test_a_pdf_without_a_receipt_is_wrong_usage_and_says_why(tmp_path, attached, options, said):
    answer = run("verify", as_pdf(tmp_path, attached, **options))
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert said in answer.stderr


def test_a_broken_pdf_is_wrong_usage(tmp_path):
    file = tmp_path / "x.pdf"
    file.write_bytes(b"%PDF-1.7 nothing more")
    answer = run("verify", str(file))
    assert (answer.exit_code, "damaged" in answer.stderr) == (2, True)

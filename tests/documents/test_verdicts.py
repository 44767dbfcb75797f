"""The whole gate with its child: limits are named, what cannot be decided is kept apart, nothing is lost."""

import zlib
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_files import PDF, hwp, hwpx, packed, pdf, picture, repacked, xlsx
from pikepdf import Array, Dictionary, Name

from naru import sandbox
from naru.documents import Limits, Suggestion, Verdict, gate, gate_file
from naru.documents.gates import TASK
from naru.documents.verdicts import verdict_data
from naru.domain.decision import Outcome
from naru.sandbox.source import SourceRefusedError

LIMITS = Limits()


def judged(content, filename, limits=LIMITS):
    verdict = gate(content, filename, limits=limits, today=date(2025, 3, 17))
    return verdict.verdict, [(reason.code, dict(reason.facts)) for reason in verdict.reasons]


def bomb_of_metadata(document):
    """Some hundred kilobytes that unpack to three hundred megabytes."""
    packer = zlib.compressobj(1)
    packed_zeros = b"".join(packer.compress(bytes(1_000_000)) for _ in range(300)) + packer.flush()
    stream = document.make_stream(b"")
    stream.write(packed_zeros, filter=Name.FlateDecode, type_check=False)
    document.Root.Metadata = stream


def test_a_stream_that_fills_the_memory_is_refused_with_the_limit():
    content = pdf(bomb_of_metadata, compress_streams=False, fix_metadata_version=False)
    assert len(content) < 2_000_000
    assert judged(content, "확인서.pdf") == (
        Verdict.REFUSED,
        [("file_exhausts", {"kind": "pdf", "limit": "memory"})],
    )
    result = sandbox.run(TASK, content, limits=LIMITS.child, arguments={"kind": "pdf", "today": "2025-03-17"})
    assert (result.stopped, result.max_rss_bytes <= 256 << 20) == (sandbox.Stop.MEMORY, True)


def pages(number):
    def change(document):
        page = document.pages[0]
        document.pages.extend([page] * number)

    return change


def test_a_file_that_takes_too_long_is_refused_with_the_limit():
    rows = b"".join(b"<r a='%d'/>" % (number * 2_654_435_761 % 1_000_003) for number in range(2_400_000))
    content = repacked(xlsx(), {"xl/worksheets/sheet1.xml": b"<a>" + rows + b"</a>"})
    quick = replace(LIMITS, child=replace(LIMITS.child, cpu_seconds=1, wall_seconds=60))
    assert judged(content, "현황표.xlsx", quick) == (
        Verdict.REFUSED,
        [("file_exhausts", {"kind": "xlsx", "limit": "cpu_time"})],
    )


def test_a_check_that_waits_for_the_machine_is_no_refusal():
    hurried = replace(LIMITS, child=replace(LIMITS.child, wall_seconds=0.01))
    assert judged(PDF, "확인서.pdf", hurried) == (
        Verdict.QUARANTINED,
        [("check_unfinished", {"kind": "pdf", "limit": "wall_time"})],
    )


def test_a_child_that_cannot_start_quarantines(monkeypatch):
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    verdict = gate(PDF, "확인서.pdf", limits=LIMITS)
    assert verdict.verdict is Verdict.QUARANTINED
    assert [(reason.code, reason.outcome) for reason in verdict.reasons] == [
        ("check_unfinished", Outcome.PERSON)
    ]
    assert (verdict.media_type, len(verdict.sha256)) == ("application/pdf", 64)


@pytest.mark.parametrize(
    "report",
    [
        None,
        [],
        {"reasons": [["no_such_code", {}]], "notes": [], "dates": []},
        {"reasons": [["file_pixels", {}]], "notes": [], "dates": []},
        {"reasons": [], "notes": [], "dates": [["salary", "2025-01-01", "x"]]},
        {"reasons": [], "notes": [], "dates": [["issued_on", "yesterday", "x"]]},
    ],
)
def test_a_child_that_answers_nonsense_is_not_believed(report, monkeypatch):
    monkeypatch.setattr("naru.sandbox.run", lambda *_, **__: sandbox.Result(value=report))
    assert judged(PDF, "확인서.pdf")[0] is Verdict.QUARANTINED


def test_a_found_number_is_never_repeated():
    person = "850505-2345671"
    content = xlsx(lambda book: book.active.append([f"대표자 {person}"]))
    verdict = gate(content, "현황표.xlsx", limits=LIMITS)
    told = str(verdict_data(verdict))
    assert verdict.verdict is Verdict.REFUSED
    assert ("1개" in told, "sheet1" in told) == (True, True)
    assert not any(part in told for part in (person, person[:6], person[7:], person.replace("-", "")))


def test_suggestions_and_notes_stand_beside_the_verdict():
    verdict = gate(hwpx("발급일 2025년 3월 2일"), "확인서.hwpx", limits=LIMITS)
    assert verdict.suggestions == (
        Suggestion(field="issued_on", value=date(2025, 3, 2), words="발급일 2025년 3월 2일"),
    )
    scan = gate(pdf(), "스캔.pdf", limits=LIMITS)
    assert (scan.verdict, [note.code for note in scan.notes]) == (Verdict.ACCEPTED, ["file_text_missing"])


def test_the_data_of_a_verdict_names_everything():
    data = verdict_data(gate(b"", "확인서.pdf", limits=LIMITS))
    assert sorted(data) == ["media_type", "notes", "reasons", "sha256", "suggestions", "verdict"]
    (reason,) = data["reasons"]
    assert sorted(reason) == ["clause", "code", "en", "facts", "ko", "mend_en", "mend_ko", "outcome"]
    assert (data["verdict"], reason["clause"], reason["code"]) == ("refused", "A-02", "file_empty")


@pytest.mark.parametrize(
    ("content", "filename", "other"),
    [
        (PDF + packed({"a.txt": "x"}), "확인서.pdf", "zip"),
        (PDF.replace(b"%PDF-1.4\n", b"%PDF-1.4\n%<html><script>alert(1)</script>\n"), "확인서.pdf", "html"),
        (picture("JPEG", comment=b"<script>alert(1)</script>"), "신분증.jpg", "html"),
    ],
)
def test_a_file_that_is_two_kinds_is_refused_and_the_other_named(content, filename, other):
    verdict, reasons = judged(content, filename)
    assert verdict is Verdict.REFUSED
    assert reasons[0] == ("file_polyglot", {"other": other})


def test_a_file_on_disk_is_judged_where_it_lies(tmp_path):
    path = tmp_path / "확인서.pdf"
    path.write_bytes(PDF)
    assert gate_file(path, limits=LIMITS) == gate(PDF, "확인서.pdf", limits=LIMITS)
    assert [kept.name for kept in tmp_path.iterdir()] == ["확인서.pdf"]
    small = gate_file(path, limits=Limits(max_bytes=10))
    assert (small.verdict, [reason.code for reason in small.reasons]) == (Verdict.REFUSED, ["file_too_large"])
    with pytest.raises(SourceRefusedError):
        gate_file(tmp_path, limits=LIMITS)


def test_the_gate_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    gate(PDF, "../../확인서.pdf", limits=LIMITS)
    gate(hwp(), "신청서.hwp", limits=LIMITS)
    assert list(tmp_path.iterdir()) == []


SEEDS = {
    "a.pdf": PDF,
    "a.hwp": hwp(),
    "a.hwpx": hwpx(),
    "a.xlsx": xlsx(),
    "a.png": picture("PNG"),
    "a.jpg": picture("JPEG"),
}
BROKEN = {sandbox.Stop.FAILED.value, sandbox.Stop.CRASHED.value, sandbox.Stop.NOT_STARTED.value}
FEW = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))


def settled(verdict):
    """Accepted or refused by a reason of the gates: no parser broke down on the way."""
    return not any(dict(reason.facts).get("limit") in BROKEN for reason in verdict.reasons)


@FEW
@given(name=st.sampled_from(sorted(SEEDS)), data=st.data())
def test_harmed_files_never_break_the_gate(name, data):
    content = bytearray(SEEDS[name])
    for _ in range(data.draw(st.integers(1, 20))):
        content[data.draw(st.integers(16, len(content) - 1))] = data.draw(st.integers(0, 255))
    content = bytes(
        content[: data.draw(st.sampled_from([len(content), len(content) // 2, len(content) - 7]))]
    )
    assert settled(gate(content, name, limits=LIMITS))


@FEW
@given(
    st.binary(max_size=400),
    st.text(max_size=20),
    st.sampled_from([b"", b"%PDF-1.7\n", b"\xff\xd8\xff", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n"]),
)
def test_random_bytes_are_refused(tail, name, head):
    verdict = gate(head + tail, name, limits=LIMITS)
    assert (verdict.verdict, settled(verdict)) == (Verdict.REFUSED, True)


def linked(document):
    document.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([document.pages[0].obj, Name.Fit]))


def test_a_long_document_is_read_to_its_end():
    content = pdf(lambda document: (linked(document), pages(400)(document)))
    assert judged(content, "긴 문서.pdf") == (Verdict.ACCEPTED, [])


def test_the_limits_of_the_issue_are_the_defaults():
    child = LIMITS.child
    assert (child.memory_bytes, child.wall_seconds, LIMITS.max_bytes) == (256 << 20, 5.0, 20_000_000)
    assert child.cpu_seconds < child.wall_seconds

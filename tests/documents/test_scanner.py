"""ClamAV where it runs: found is refused by name, clean passes, silence keeps the file apart, never lost."""

import socket

import pytest
from clamd_server import SIGNATURE, at_a_host, at_a_socket
from made_files import PDF

from naru.documents import Limits, Verdict, gate, scanner_at
from naru.documents.scanner import Clamd, Scan, State, configured

LIMITS = Limits()


def judged(address, content=PDF, seconds=5):
    verdict = gate(content, "확인서.pdf", limits=LIMITS, scanner=scanner_at(address, seconds=seconds))
    return verdict.verdict, [(reason.code, dict(reason.facts)) for reason in verdict.reasons]


SILENT = (Verdict.QUARANTINED, [("scanner_silent", {})])


def test_a_clean_file_is_accepted_and_the_daemon_saw_every_byte():
    with at_a_host() as served:
        assert judged(served.address) == (Verdict.ACCEPTED, [])
        assert served.daemon.received == [PDF]


def test_a_socket_file_is_spoken_to_as_well(tmp_path):
    with at_a_socket(tmp_path / "clamd.ctl") as served:
        assert judged(served.address) == (Verdict.ACCEPTED, [])
        assert judged(f"unix:{served.address}") == (Verdict.ACCEPTED, [])
        assert served.daemon.received == [PDF, PDF]


def test_malware_is_refused_with_the_name_of_its_signature():
    with at_a_host() as served:
        found = judged(
            served.address,
            PDF.replace(b"SIMULATED", SIGNATURE[:9]).replace(
                b"%PDF-1.4\n", b"%PDF-1.4\n%" + SIGNATURE + b"\n"
            ),
        )
    assert found == (Verdict.REFUSED, [("file_malware_found", {"signature": "Naru.Test-1"})])


def test_a_daemon_that_is_down_quarantines(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    assert judged(address) == SILENT
    assert judged(str(tmp_path / "no.ctl")) == SILENT


@pytest.mark.parametrize(
    "told",
    [
        {"max_bytes": 100},
        {"answer": b"stream: Can't allocate memory ERROR\n"},
        {"answer": b"something else\n"},
        {"answer": b""},
        {"answer": b"\xff\xfe\n"},
    ],
    ids=["size limit", "error", "unknown", "nothing", "no text"],
)
def test_an_error_quarantines(told):
    with at_a_host(**told) as served:
        assert judged(served.address) == SILENT


def test_a_daemon_too_slow_quarantines():
    with at_a_host(delay=3) as served:
        assert judged(served.address, seconds=1) == SILENT


def test_a_file_refused_anyway_stays_refused_when_the_scanner_is_down():
    verdict, reasons = judged("127.0.0.1:1", PDF + b"more")
    assert verdict is Verdict.REFUSED
    assert [code for code, _ in reasons] == ["file_trailing", "scanner_silent"]


def test_the_operator_names_the_daemon_in_the_environment(monkeypatch):
    monkeypatch.delenv("NARU_CLAMD", raising=False)
    assert configured() is None
    with at_a_host() as served:
        monkeypatch.setenv("NARU_CLAMD", served.address)
        assert gate(PDF, "확인서.pdf", limits=LIMITS).verdict is Verdict.ACCEPTED
        assert served.daemon.received == [PDF]


def test_an_address_nobody_understands_quarantines_instead_of_skipping(monkeypatch):
    monkeypatch.setenv("NARU_CLAMD", "not an/address")
    verdict = gate(PDF, "확인서.pdf", limits=LIMITS)
    assert (verdict.verdict, [reason.code for reason in verdict.reasons]) == (
        Verdict.QUARANTINED,
        ["scanner_silent"],
    )


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("", None),
        ("  ", None),
        ("/run/clamd.ctl", Clamd(path="/run/clamd.ctl")),
        ("unix:///run/clamd.ctl", Clamd(path="/run/clamd.ctl")),
        ("scanner", Clamd(host="scanner", port=3310)),
        ("scanner:1234", Clamd(host="scanner", port=1234)),
        ("tcp://scanner:1234", Clamd(host="scanner", port=1234)),
    ],
)
def test_addresses(address, expected):
    assert scanner_at(address) == expected


@pytest.mark.parametrize("address", ["a/b", "host:port", ":3310"])
def test_a_wrong_address_is_told(address):
    with pytest.raises(ValueError, match=r"clamd|port|Port"):
        scanner_at(address)


def test_an_answer_says_why_it_is_none():
    scan = Clamd(host="127.0.0.1", port=1, seconds=1).scan(b"x")
    assert scan.state is State.SILENT
    assert "refused" in scan.detail.lower()
    assert Scan(state=State.CLEAN).detail == ""

"""Names: what may be stored, shown and offered as a download."""

import pytest

from naru.documents.names import file_ending, name_faults, name_fits


@pytest.mark.parametrize(
    "filename",
    [
        "확인서.pdf",
        "2025.03.02 중소기업 확인서 (최종) v2.pdf",
        "사업자등록증_가상(주)_#1.hwp",
        "a.b.c.pdf",
        "[2-1] 현황표.xlsx",
        "Zoë's certificate & more.jpeg",
        "확인서.hwp.pdf",
        "계획서‧요약.pdf",
        "가" * 80 + ".pdf",
    ],
)
def test_names_people_give_are_fine(filename):
    assert list(name_faults(filename)) == []


@pytest.mark.parametrize(
    ("filename", "expected"),
    [
        ("", ["file_name_unsafe"]),
        ("   ", ["file_name_unsafe"]),
        ("../../확인서.pdf", ["file_name_unsafe", "file_name_reserved"]),
        ("C:\\확인서.pdf", ["file_name_unsafe"]),
        ("/etc/passwd", ["file_name_unsafe"]),
        ("확인서\0.pdf", ["file_name_unsafe"]),
        ("확인서\r\nSet-Cookie: a.pdf", ["file_name_unsafe"]),
        ("확인서\x1b[2J.pdf", ["file_name_unsafe"]),
        ("확인서\u202efdp.exe", ["file_name_unsafe"]),
        ("확인서\u2066fdp.pdf", ["file_name_unsafe"]),
        ("확\u200b인서.pdf", ["file_name_unsafe"]),
        ("확인서\udc80.pdf", ["file_name_unsafe"]),
        ('a"b.pdf', ["file_name_unsafe"]),
        ("<script>.pdf", ["file_name_unsafe"]),
        ("확인서.pdf:hidden.exe", ["file_name_unsafe", "file_name_program"]),
        ("가" * 90 + ".pdf", ["file_name_long"]),
        ("con.pdf", ["file_name_reserved"]),
        ("LPT1", ["file_name_reserved"]),
        (".htaccess", ["file_name_reserved"]),
        ("확인서.pdf.", ["file_name_reserved"]),
        ("확인서.pdf ", ["file_name_reserved"]),
        ("확인서.pdf.exe", ["file_name_program"]),
        ("확인서.exe.pdf", ["file_name_program"]),
        ("확인서.PDF.Js", ["file_name_program"]),
        ("확인서.pdf .scr", ["file_name_program"]),
        ("현황표.xlsm.xlsx", ["file_name_program"]),
    ],
)
def test_hostile_names_are_told(filename, expected):
    assert list(name_faults(filename)) == expected


def test_a_name_of_reserved_letters_within_a_word_is_fine():
    assert list(name_faults("consortium.pdf")) == list(name_faults("auxiliary.pdf")) == []


@pytest.mark.parametrize(
    ("filename", "media_type", "expected"),
    [
        ("확인서.PDF", "application/pdf", True),
        ("확인서.jpeg", "image/jpeg", True),
        ("확인서.png", "image/jpeg", False),
        ("확인서.pdf.exe", "application/pdf", False),
        ("a/확인서.pdf", "application/pdf", False),
        ("확인서.pdf", "", False),
    ],
)
def test_bytes_gated_before_may_carry_a_fitting_name(filename, media_type, expected):
    assert name_fits(filename, media_type) is expected


def test_the_ending_is_the_last_one_in_lower_case():
    assert [file_ending(name) for name in ("a.PDF", "a.tar.Gz", "a", ".pdf")] == ["pdf", "gz", "", ""]

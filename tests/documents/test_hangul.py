"""HWP and HWPX: passwords, scripts that do something, embedded objects, numbers split over runs."""

import re

import pytest
from hwpx.hwp5.cfb import CompoundFile
from inspecting import codes, facts, inspected
from made_files import hwp, hwp_flags, hwpx, parts, repacked, restreamed

PERSON = "900101-1234568"
SECTION = "Contents/section0.xml"
FRAME = "var Documents = XHwpDocuments;\r\nvar Document = Documents.Active_XHwpDocument;\r\n"
EMPTY = "function OnDocument_New()\r\n{\r\n\t//todo : \r\n}\r\n"
ACTS = "function OnDocument_Open()\r\n{\r\n\tDocument.Run('cmd.exe');\r\n}\r\n"


def units(text):
    return len(text).to_bytes(4, "little") + text.encode("utf-16-le")


def scripted(head, source):
    stream = units(head) + units(source) + units("") + units("") + b"\xff" * 4
    return restreamed(hwp(), {"Scripts/DefaultJScript": stream})


def hwpx_scripted(text):
    return repacked(hwpx(), {"Scripts/sourceScripts": text.encode("utf-16")})


def test_documents_of_the_library_pass():
    assert codes(hwp(), "hwp") == codes(hwpx(), "hwpx") == []


@pytest.mark.parametrize("flag", [1 << 1, 1 << 2, 1 << 4, 1 << 8, 1 << 10])
def test_a_password_or_rights_management_is_refused(flag):
    assert codes(hwp_flags(1 | flag), "hwp") == ["file_encrypted"]


def test_a_password_of_a_package_is_in_its_manifest():
    manifest = (
        '<odf:manifest xmlns:odf="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<odf:file-entry full-path="Contents/section0.xml"><odf:encryption-data/></odf:file-entry>'
        "</odf:manifest>"
    )
    locked = repacked(hwpx(), {"META-INF/manifest.xml": manifest, SECTION: b"\x93random"})
    assert codes(locked, "hwpx") == ["file_encrypted"]


def test_the_empty_frame_of_the_word_processor_is_no_script():
    assert codes(scripted(FRAME, EMPTY), "hwp") == []
    assert codes(hwpx_scripted(FRAME + EMPTY), "hwpx") == []


@pytest.mark.parametrize("source", [ACTS, EMPTY + "x = 1", "/* quiet */ alert(1)"])
def test_a_script_that_does_something_is_refused(source):
    assert codes(scripted(FRAME, source), "hwp") == ["file_script"]
    assert codes(scripted(FRAME + source, EMPTY), "hwp") == ["file_script"]
    assert codes(hwpx_scripted(FRAME + source), "hwpx") == ["file_script"]


OLE_OBJECT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    "streams",
    [
        {"BinData/BIN0001.OLE": b"anything"},
        {"BinData/BIN0001.png": OLE_OBJECT},
        {"BinData/BIN0001.png": b"\x58\x02\x00\x00" + OLE_OBJECT},
        {"BinData/BIN0001.jpg": b"MZ" + bytes(600)},
        {"BinData/BIN0001.jpg": b"PK\x03\x04" + bytes(600)},
    ],
    ids=["ending", "ole", "with its length", "program", "archive"],
)
def test_an_embedded_object_is_refused(streams):
    assert codes(restreamed(hwp(), streams), "hwp") == ["file_embedded"]
    inside = {"BinData/object.png": next(iter(streams.values()))}
    if not inside["BinData/object.png"].startswith((b"anything", b"\x58")):
        assert codes(repacked(hwpx(), inside), "hwpx") == ["file_embedded"]


def test_a_picture_is_no_embedded_object():
    assert codes(restreamed(hwp(), {"BinData/BIN0001.png": b"\x89PNG\r\n\x1a\n" + bytes(99)}), "hwp") == []


def test_a_stream_that_unpacks_without_end_is_refused():
    assert codes(restreamed(hwp(), {"BodyText/Section1": bytes(61_000_000)}), "hwp") == ["file_bomb"]


@pytest.mark.parametrize(("make", "kind", "place"), [(hwp, "hwp", "Section0"), (hwpx, "hwpx", "section0")])
def test_a_resident_number_in_a_paragraph_is_found(make, kind, place):
    found = facts(make("대표자", f"주민등록번호 {PERSON}"), kind)["file_resident_number"]
    assert (found["count"], place in found["places"]) == (1, True)


def test_a_number_split_over_runs_is_read_whole():
    text = parts(hwpx("NUMBER"))[SECTION].decode()
    (run,) = re.findall(r"<hp:run\b[^>]*>(?:(?!</hp:run>).)*NUMBER.*?</hp:run>", text)
    split = "".join(run.replace("NUMBER", piece) for piece in ("9001", "01-1", "234", "568"))
    divided = repacked(hwpx("NUMBER"), {SECTION: text.replace(run, split), "Preview/PrvText.txt": b""})
    assert facts(divided, "hwpx") == {"file_resident_number": {"count": 1, "places": "section0"}}


def test_numbers_in_metadata_and_preview_are_found():
    head = parts(hwpx())["Contents/content.hpf"].decode()
    titled = re.sub(r"<opf:title\s*/>|<opf:title>[^<]*</opf:title>", f"<opf:title>{PERSON}</opf:title>", head)
    assert titled != head
    assert facts(repacked(hwpx(), {"Contents/content.hpf": titled}), "hwpx") == {
        "file_resident_number": {"count": 1, "places": "metadata"}
    }
    preview = repacked(hwpx(), {"Preview/PrvText.txt": PERSON.encode()})
    assert facts(preview, "hwpx")["file_resident_number"]["places"] == "preview"


def test_two_paragraphs_do_not_make_a_number():
    assert codes(hwpx("문서 번호 900101", "담당 1234567"), "hwpx") == []


def test_dates_of_a_certificate_are_suggested():
    content = hwpx("발 급 일 : 2025년 3월 2일", "사업연도: 2024.01.01 ~ 2024.12.31")
    assert sorted(inspected(content, "hwpx")["dates"]) == [
        ("fiscal_year_end", "2024-12-31", "사업연도: 2024.01.01 ~ 2024.12.31"),
        ("issued_on", "2025-03-02", "발 급 일 : 2025년 3월 2일"),
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + b"HWP Document File",
        hwp()[: len(hwp()) // 2],
        hwp()[:700],
        hwp().replace("BodyText".encode("utf-16-le"), "BodyTexx".encode("utf-16-le")),
    ],
    ids=["a header only", "half", "the start", "no text"],
)
def test_a_broken_compound_file_is_damaged(content):
    assert codes(content, "hwp") == ["file_damaged"]


def test_a_package_without_a_section_is_damaged():
    assert codes(repacked(hwpx(), {SECTION: b"<a>"}), "hwpx") == ["file_damaged"]


def test_the_fixture_keeps_the_streams_of_the_document():
    assert set(CompoundFile(hwp()).stream_paths()) <= set(CompoundFile(hwp_flags(1)).stream_paths())

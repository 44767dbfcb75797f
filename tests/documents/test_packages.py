"""The package of an HWPX or XLSX: bombs, overlapping and hostile entries, passwords, appended data."""

import io
import struct
import zipfile
import zlib

import pytest
from inspecting import codes
from made_files import hwpx, packed, parts, repacked, xlsx

XLSX = xlsx()


def with_entry(name, body=b"<x/>", **attributes):
    """The sound XLSX with one more entry, made with these attributes of its ZipInfo."""
    out = io.BytesIO(XLSX)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        info = zipfile.ZipInfo(name)
        for attribute, value in attributes.items():
            setattr(info, attribute, value)
        package.writestr(info, body)
    return out.getvalue()


@pytest.mark.parametrize(
    "name", ["../evil.xml", "xl/../../evil.xml", "/etc/passwd", "xl\\evil.xml", "C:/evil.xml", "xl/a\nb.xml"]
)
def test_an_entry_that_leaves_the_package_is_refused(name):
    assert codes(with_entry(name), "xlsx") == ["file_entry_unsafe"]


def test_an_entry_that_is_a_link_is_refused():
    assert codes(with_entry("xl/link.xml", b"/etc/passwd", external_attr=0o120777 << 16), "xlsx") == [
        "file_entry_unsafe"
    ]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_stands_twice_is_refused():
    assert codes(with_entry("xl/workbook.xml"), "xlsx") == ["file_entry_unsafe"]


def test_a_part_with_a_password_is_refused():
    content = bytearray(XLSX)
    place = content.index(b"PK\x01\x02")
    content[place + 8] |= 1
    assert codes(bytes(content), "xlsx") == ["file_encrypted"]


def test_a_bomb_is_refused_before_it_is_unpacked():
    assert codes(repacked(XLSX, {"xl/worksheets/sheet9.xml": b"\0" * 20_000_000}), "xlsx") == ["file_bomb"]


def test_many_entries_are_refused():
    empty = {f"xl/media/{number}.txt": b"" for number in range(5_001)}
    assert codes(repacked(XLSX, empty), "xlsx") == ["file_bomb"]


def lying(package, name, size):
    """The package whose directory says that the part `name` unpacks to `size` bytes."""
    content = bytearray(package)
    place = content.rindex(name.encode()) - 46
    assert content[place : place + 4] == b"PK\x01\x02"
    struct.pack_into("<I", content, place + 24, size)
    return bytes(content)


def test_a_directory_that_lies_about_a_size_is_refused():
    bomb = repacked(XLSX, {"xl/zeros.xml": b"\0" * 30_000_000})
    assert codes(lying(bomb, "xl/zeros.xml", 10), "xlsx") == ["file_damaged"]


def test_entries_that_share_their_bytes_are_refused():
    """As in the bombs that reach a ratio of millions: many entries of the directory, one body."""
    out = io.BytesIO(XLSX)
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("xl/body.xml", b"<x/>" * 10)
        first = package.getinfo("xl/body.xml")
        for number in range(3):
            again = zipfile.ZipInfo(f"xl/twin{number}.xml")
            for field in ("header_offset", "compress_size", "file_size", "CRC", "compress_type"):
                setattr(again, field, getattr(first, field))
            package.filelist.append(again)
            package.NameToInfo[again.filename] = again
    assert codes(out.getvalue(), "xlsx") == ["file_entry_unsafe"]


def test_an_archive_inside_is_an_embedded_file():
    inner = packed({"deep.txt": b"\0" * 1000})
    assert codes(repacked(XLSX, {"xl/media/image1.png": inner}), "xlsx") == ["file_embedded"]
    assert codes(repacked(hwpx(), {"BinData/image1.png": inner}), "hwpx") == ["file_embedded"]


@pytest.mark.parametrize("kind", ["xlsx", "hwpx"])
def test_what_follows_the_package_is_refused(kind):
    package = {"xlsx": XLSX, "hwpx": hwpx()}[kind]
    assert codes(package + b"MZ more", kind) == ["file_trailing"]
    assert codes(package[:-22], kind) == ["file_incomplete"]


@pytest.mark.parametrize("kind", ["xlsx", "hwpx"])
def test_a_part_that_does_not_match_its_sum_is_damaged(kind):
    package = {"xlsx": XLSX, "hwpx": hwpx()}[kind]
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        last = archive.infolist()[-1]
        place = (
            last.header_offset + 30 + len(last.filename.encode()) + len(last.extra) + last.compress_size // 2
        )
    broken = bytearray(package)
    broken[place] ^= 0xFF
    assert codes(bytes(broken), kind) == ["file_damaged"]


def test_an_unknown_way_of_packing_is_damaged():
    content = bytearray(XLSX)
    place = content.index(b"PK\x01\x02")
    content[place + 10 : place + 12] = (99).to_bytes(2, "little")
    local = int.from_bytes(content[place + 42 : place + 46], "little")
    content[local + 8 : local + 10] = (99).to_bytes(2, "little")
    assert codes(bytes(content), "xlsx") == ["file_damaged"]


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><x>&c;</x>'
)
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
UTF16 = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x><x/>'.encode("utf-16")


@pytest.mark.parametrize("part", [LAUGHS, OUTSIDE, UTF16, b"<x>" * 600 + b"</x>" * 600])
@pytest.mark.parametrize("kind", ["xlsx", "hwpx"])
def test_xml_that_defines_or_nests_beyond_reason_is_refused(kind, part):
    package, place = {"xlsx": (XLSX, "xl/styles.xml"), "hwpx": (hwpx(), "Contents/header.xml")}[kind]
    assert codes(repacked(package, {place: part}), kind) == ["file_dtd"]


@pytest.mark.parametrize("kind", ["xlsx", "hwpx"])
def test_xml_that_is_none_is_damaged(kind):
    package, place = {"xlsx": (XLSX, "xl/styles.xml"), "hwpx": (hwpx(), "Contents/header.xml")}[kind]
    assert codes(repacked(package, {place: b"<a><b></a>"}), kind) == ["file_damaged"]


def test_a_large_honest_sheet_passes():
    rows = b"".join(b"<row><c><v>%d</v></c></row>" % zlib.crc32(b"%d" % number) for number in range(60_000))
    sheet = b'<worksheet xmlns="x"><sheetData>' + rows + b"</sheetData></worksheet>"
    assert len(sheet) > 1_000_000
    assert codes(repacked(XLSX, {"xl/worksheets/sheet1.xml": sheet}), "xlsx") == []


def test_the_parts_made_here_are_those_of_the_library():
    assert codes(packed(parts(XLSX)), "xlsx") == codes(packed(parts(hwpx())), "hwpx") == []

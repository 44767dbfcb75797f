"""PNG and JPEG: whole, bearable, nothing that runs behind; what telephones add is fine."""

import struct
import zlib

import pytest
from inspecting import codes, facts, notes
from made_files import packed, picture
from PIL import Image, PngImagePlugin

from naru.documents import Limits, gate

JPEG, PNG = picture("JPEG"), picture("PNG")
PERSON = "900101-1234568"


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_of(width, height):
    """A PNG that claims a size and holds one row."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def with_exif():
    exif = Image.Exif()
    exif[0x010F], exif[0x0132] = "가상 카메라", "2025:03:02 10:00:00"
    return picture("JPEG", exif=exif)


def with_thumbnail():
    """A thumbnail brings an end mark of its own, before the picture's."""
    exif = b"Exif\0\0" + picture("JPEG", (16, 16))
    segment = b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
    return JPEG[:2] + segment + JPEG[2:]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (JPEG, "jpeg"),
        (PNG, "png"),
        (with_exif(), "jpeg"),
        (with_thumbnail(), "jpeg"),
        (picture("JPEG", progressive=True), "jpeg"),
        (picture("JPEG", (3000, 2000), quality=30), "jpeg"),
        (JPEG + b"SEFT" + bytes(5000), "jpeg"),
        (JPEG + b"\0\0\0\x18ftypmp42" + bytes(3000), "jpeg"),
        (JPEG + JPEG, "jpeg"),
    ],
    ids=["jpeg", "png", "exif", "thumbnail", "progressive", "large", "telephone", "film", "second picture"],
)
def test_pictures_of_scanners_and_telephones_pass(content, kind):
    assert (codes(content, kind), notes(content, kind)) == ([], ["file_text_missing"])


@pytest.mark.parametrize(
    "appended",
    [
        b"Rar!\x1a\x07\x00",
        b"7z\xbc\xaf\x27\x1c",
        b"%PDF-1.7",
        b"<script>",
        b"\x7fELF",
        b"MZ!This program cannot be run in DOS mode",
    ],
)
@pytest.mark.parametrize(("content", "kind"), [(JPEG, "jpeg"), (PNG, "png")], ids=["jpeg", "png"])
def test_what_runs_or_unpacks_behind_a_picture_is_refused(content, kind, appended):
    assert codes(content + b"junk" + appended + b"more", kind) == ["file_trailing"]


@pytest.mark.parametrize(("content", "ending"), [(JPEG, "jpg"), (PNG, "png")])
def test_a_picture_that_is_an_archive_too_is_named(content, ending):
    reasons = gate(content + packed({"a.exe": "MZ"}), f"a.{ending}", limits=Limits()).reasons
    assert [(reason.code, dict(reason.facts)) for reason in reasons] == [
        ("file_polyglot", {"other": "zip"}),
        ("file_trailing", {"kind": "jpeg" if ending == "jpg" else "png"}),
    ]


@pytest.mark.parametrize(
    ("width", "height", "expected"), [(12000, 10000, []), (12000, 10001, ["file_pixels"])]
)
def test_pixels_are_counted_from_the_header(width, height, expected):
    assert codes(png_of(width, height), "png") == expected


def test_a_bomb_of_pixels_is_not_unpacked():
    assert facts(png_of(60000, 60000), "png")["file_pixels"] == {
        "width": 60000,
        "height": 60000,
        "limit": 120_000_000,
    }


@pytest.mark.parametrize(
    ("content", "kind", "expected"),
    [
        (JPEG[:-2], "jpeg", "file_incomplete"),
        (JPEG[: len(JPEG) // 2], "jpeg", "file_incomplete"),
        (PNG[:-12], "png", "file_incomplete"),
        (PNG[:40], "png", "file_damaged"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "png", "file_damaged"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "jpeg", "file_damaged"),
        (PNG.replace(b"IDAT", b"IDAX", 1), "png", "file_damaged"),
    ],
)
def test_a_picture_cut_short_or_broken_is_refused(content, kind, expected):
    assert codes(content, kind) == [expected]


def test_a_resident_number_written_into_a_picture_is_found():
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", PERSON)
    packed_text = PngImagePlugin.PngInfo()
    packed_text.add_text("Comment", PERSON, zip=True)
    behind = PNG[:-12] + chunk(b"tEXt", b"Comment\0" + PERSON.encode()) + PNG[-12:]
    exif = Image.Exif()
    exif[0x010E] = PERSON
    written = [picture("PNG", pnginfo=text), picture("PNG", pnginfo=packed_text), behind]
    jpegs = [picture("JPEG", exif=exif), picture("JPEG", comment=PERSON)]
    for content, kind in [*((one, "png") for one in written), *((one, "jpeg") for one in jpegs)]:
        assert facts(content, kind) == {"file_resident_number": {"count": 1, "places": "metadata"}}


def test_a_kind_is_read_as_that_kind_only():
    assert codes(JPEG, "png") == ["file_damaged"]

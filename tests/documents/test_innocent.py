"""Papers as people hand them in pass every gate: typeset Korean, the demo's own, scans, long tables."""

from pathlib import Path

import pikepdf
import pytest
import typst
from inspecting import codes, inspected
from made_files import hwp, hwpx, pdf, picture, xlsx

from naru.portal import ui
from naru.portal.demo.papers import TITLES, paper

FONTS = Path(ui.__file__).parent / "static" / "vendor" / "fonts"
CERTIFICATE = r"""
#set document(title: "중소기업 확인서", author: "가상")
#set text(lang: "ko", font: "NanumGothic")
= 중소기업 확인서
발급일자: 2025년 3월 2일

유효기간: 2024년 4월 1일 \~ 2025년 3월 31일

법인등록번호: 130111-0006246

주민등록번호: 900101-1\*\*\*\*\*\*

사업자등록번호: 123-45-67890 #link("https://example.test")[확인하기]
"""


def typeset(tmp_path, text, **options):
    source = tmp_path / "paper.typ"
    source.write_text(text, encoding="utf-8")
    return typst.compile(str(source), font_paths=[str(FONTS)], **options)


@pytest.mark.parametrize("standard", ["1.7", "ua-1", "a-2b"])
def test_a_typeset_korean_certificate_passes_and_its_dates_are_read(tmp_path, standard):
    report = inspected(typeset(tmp_path, CERTIFICATE, pdf_standards=[standard]), "pdf")
    assert (report["reasons"], report["notes"]) == ([], [])
    assert {(name, value) for name, value, _ in report["dates"]} == {
        ("issued_on", "2025-03-02"),
        ("valid_from", "2024-04-01"),
        ("valid_until", "2025-03-31"),
    }


def test_the_same_certificate_with_the_number_uncovered_is_refused(tmp_path):
    uncovered = CERTIFICATE.replace(r"900101-1\*\*\*\*\*\*", "900101-1234568")
    assert codes(typeset(tmp_path, uncovered), "pdf") == ["file_resident_number"]


@pytest.mark.parametrize("code", TITLES)
def test_every_paper_of_the_demo_passes(code):
    assert codes(paper(code), "pdf") == []


def scanned(document):
    page = document.pages[0]
    scan = document.make_stream(picture("JPEG", (900, 700)))
    scan.stream_dict = pikepdf.Dictionary(
        Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=900, Height=700,
        ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode,
    )  # fmt: skip
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=scan))
    page.Contents = document.make_stream(b"q 500 0 0 400 0 0 cm /I Do Q")


def test_a_scanned_page_passes_with_a_note():
    report = inspected(pdf(scanned), "pdf")
    assert (report["reasons"], [code for code, _ in report["notes"]]) == ([], ["file_text_missing"])


def test_long_honest_documents_pass():
    paragraphs = tuple(f"가상 문장 {number}: 목표 2025년 {number} TOPS" for number in range(300))
    assert codes(hwpx(*paragraphs), "hwpx") == codes(hwp(*paragraphs), "hwp") == []

    def table(book):
        for number in range(2_000):
            book.active.append(
                [number, f"가상 기업 {number}", f"123-45-{number:05}", "2025-03-02", number * 1.5]
            )

    assert codes(xlsx(table), "xlsx") == []

"""The receipt as PDF: tagged, titled, in its language, right to the rarest syllable, its file inside."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from naru.codec.receipt import Verdict, read_receipt
from naru.codec.signature import VerifyKey
from naru.documents.receipt_pdf import ReceiptPage, receipt_pdf
from naru.portal.applications import actions
from naru.portal.applications.models import ReceiptKey
from naru.portal.applications.receipt_page import FONTS

AT = datetime(2025, 3, 17, 5, 59, 59, tzinfo=UTC)


@pytest.fixture(autouse=True)
def fonts():
    assert (Path(FONTS) / "NanumGothic-Regular.ttf").is_file(), "the fonts are not built: make assets"


def made(*rows, language="ko"):
    page = ReceiptPage(
        language=language, issuer="가상 사업", title="접수증 2025-npu-0001", lead="접수했습니다.",
        head=("항목", "내용"), rows=rows, how="확인하는 방법", notes=["한 줄"],
    )  # fmt: skip
    return receipt_pdf(page, received=AT, filename="r.json", file='{"a": "뷁"}', fonts=FONTS)


def text_of(file):
    with pdfplumber.open(BytesIO(file)) as opened:
        return "\n".join(page.extract_text() for page in opened.pages)


def test_it_is_tagged_titled_and_says_its_language():
    for language in ("ko", "en"):
        with pikepdf.open(BytesIO(made(("과제명", "x"), language=language))) as file:
            assert "/StructTreeRoot" in file.Root
            assert (str(file.Root.Lang), bool(file.Root.MarkInfo.Marked)) == (language, True)
            assert bool(file.Root.ViewerPreferences.DisplayDocTitle)
            assert file.open_metadata()["pdfuaid:part"] == "1"
            assert str(file.docinfo["/Title"]) == "접수증 2025-npu-0001"
            assert file.attachments["r.json"].get_file().read_bytes().decode() == '{"a": "뷁"}'


@pytest.mark.parametrize("said", ["뷁 쀍 똠방각하 펲시콜라 힣 갂 믜", "café ① → №", "ABC abc 0123 %&()"])
def test_every_letter_is_read_back(said):
    assert said in text_of(made(("과제명", said)))


@pytest.mark.parametrize("run", ["0a1b2c3d" * 8, "F81azImD5VlVUeFxT0dz49me+/" * 3 + "F81azImDQA=="])
def test_a_hash_or_signature_stays_on_the_page_and_is_read_back_whole(run):
    file = made(("서명 (Ed25519)", run))
    with pdfplumber.open(BytesIO(file)) as opened:
        [page] = opened.pages
        margin = page.width - 22 / 25.4 * 72  # the template's 22 mm, in points
        assert max(sign["x1"] for sign in page.chars) <= margin
    assert run in "".join(text_of(file).split())


@pytest.mark.parametrize(
    ("said", "read"),
    [("漢字", "[U+6F22][U+5B57]"), ("12㎡", "12m2"), ("😀", "[U+1F600]"), ("가\u0000나", "가 나")],
)
def test_a_letter_without_a_shape_is_told_by_its_number(said, read):
    assert read in text_of(made(("과제명", said)))


def test_decomposed_hangul_is_read_as_syllables():
    assert "한글" in text_of(made(("과제명", "\u1112\u1161\u11ab\u1100\u1173\u11af")))


@pytest.mark.parametrize(
    "said",
    [
        '#eval("1+1")',
        "$x^2$ *굵게* _기울임_",
        "= 제목 <label> @ref",
        "\\#include // 주석 /* */",
        "[내용] #[x]",
    ],
)
def test_what_people_wrote_is_never_markup(said):
    assert said in text_of(made(("과제명", said)))


def test_the_same_receipt_gives_the_same_bytes():
    assert made(("과제명", "x")) == made(("과제명", "x"))


def test_a_very_long_title_goes_on_to_the_next_page():
    assert (
        "".join(text_of(made(("과제명", "가나다라 " * 1500))).split()).count("가나다라") > 1490
    )  # page numbers


def test_the_downloaded_pdf_holds_the_receipt_that_can_be_checked(client, submitted, applicant_user, at):
    actions.withdraw(by=applicant_user, at=at, application=submitted, reason="오타")
    client.force_login(applicant_user)
    answer = client.get(f"/applications/{submitted.pk}/receipts/1.pdf", headers={"accept-language": "en"})
    assert (answer["Content-Type"], answer.status_code) == ("application/pdf", 200)
    with pikepdf.open(BytesIO(answer.content)) as file:
        inside = file.attachments["2025-npu-0001-r1.json"].get_file().read_bytes()
        assert str(file.Root.Lang) == "en"
    keys = [VerifyKey.from_pem(row.pem.encode()) for row in ReceiptKey.objects.all()]
    assert read_receipt(inside).check(keys) is Verdict.VALID
    text = text_of(answer.content)
    assert [
        words for words in ("2025-npu-0001", "10:00:00.000 KST", "공장 영상 불량 검출") if words not in text
    ] == []


def test_the_check_page_takes_the_pdf_as_well_as_the_json(client, submitted, applicant_user, at):
    client.force_login(applicant_user)
    receipt = client.get(f"/applications/{submitted.pk}/receipts/1.pdf").content
    client.logout()
    said = {}
    for name, content in {"r.pdf": receipt, "other.pdf": made(("과제명", "x"))}.items():
        answer = client.post("/receipts/verify/", {"file": SimpleUploadedFile(name, content)})
        said[name] = (answer.context.get("verdict"), bool(answer.context["form"].errors))
    assert said == {"r.pdf": ("valid", False), "other.pdf": (None, True)}

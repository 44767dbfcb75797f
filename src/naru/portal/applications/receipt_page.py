"""The receipt's page as PDF: its words in the reader's language, its figures from the row."""

from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from naru.documents.receipt_pdf import ReceiptPage, receipt_pdf
from naru.domain import call as domain
from naru.domain.receipt import ZONE
from naru.portal import ui
from naru.portal.applications import receipts
from naru.portal.applications.models import Receipt
from naru.portal.ui import wording

FONTS = Path(ui.__file__).parent / "static" / "vendor" / "fonts"


def pdf(receipt: Receipt, terms: domain.Call, *, keys_at: str, verify_at: str) -> bytes:
    """The PDF of a receipt, its JSON file attached; the addresses are those of this portal."""
    file = receipts.signed(receipt).text(keys_at)
    page = ReceiptPage(
        language=(get_language() or "ko")[:2],
        issuer=wording.localised(terms.title),
        title=_("이용신청서 접수증 %(number)s") % {"number": receipt.number},
        lead=_("아래 신청을 이 시각에 접수했습니다."),
        head=(_("항목"), _("내용")),
        rows=_rows(receipt, terms),
        how=_("이 접수증을 확인하는 방법"),
        notes=[
            _("이 PDF 파일을 그대로 %(url)s 에 올려 확인하거나 naru receipt verify를 쓰십시오.")
            % {"url": verify_at},
            _("공개키는 %(url)s 에 있습니다.") % {"url": keys_at},
            _("글꼴에 없는 글자는 [U+번호]로 적었으며, 붙은 파일에는 쓴 그대로 있습니다."),
        ],
    )
    return receipt_pdf(
        page,
        received=receipt.received_at.astimezone(ZONE),
        filename=f"{receipt.number}-r{receipt.revision}.json",
        file=file,
        fonts=FONTS,
    )


def _rows(receipt: Receipt, terms: domain.Call) -> list[tuple[str, str]]:
    held = receipt.content
    products = {row.id: wording.localised(row.title) for row in terms.resources}
    rows = [
        (_("접수번호"), receipt.number),
        (_("접수 시각 (서버)"), wording.precise(receipt.received_at)),
        (_("제출 회차"), str(receipt.revision)),
        (_("사업"), wording.localised(terms.title)),
        (_("공고"), f"{held['call']}, {_('%(number)s판') % {'number': held['version']}}"),
        (_("기관"), held["organisation"]),
        (_("교수"), held["professor"] or ""),
        (_("과제명"), held["title"]),
        (_("상품"), products.get(held["product"], held["product"])),
        (_("마감 후 접수 예외"), _("마감 뒤에 예외로 접수했습니다.") if receipt.late else ""),
        (_("내용 해시 (SHA-256)"), receipt.content_sha256),
        (_("서명 (Ed25519)"), receipt.signature or _("서명 없음")),
        (_("열쇠 번호"), receipt.signed_with_id or ""),
    ]
    return [(label, value) for label, value in rows if value]

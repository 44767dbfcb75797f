"""A receipt brought to be checked: its file, or the text in it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from naru.codec.receipt import MAX_BYTES
from naru.documents.receipt_file import MAX_PDF_BYTES


class VerifyForm(forms.Form):
    """One of the two; the file goes before the text."""

    file = forms.FileField(
        label=_("접수증 파일 (PDF 또는 JSON)"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.json,application/pdf,application/json"}),
    )
    text = forms.CharField(
        label=_("또는 JSON 파일의 내용 붙여 넣기"),
        required=False,
        max_length=MAX_BYTES,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        """The bytes to check."""
        given = super().clean() or self.cleaned_data
        upload = given.get("file")
        if upload is not None and upload.size > MAX_PDF_BYTES:
            raise forms.ValidationError(
                _("접수증이라기에는 너무 큰 파일입니다. 내려받은 PDF나 JSON 파일을 고르십시오.")
            )
        data = upload.read() if upload is not None else given.get("text", "").encode()
        if not data.strip():
            raise forms.ValidationError(_("접수증 파일을 고르거나 내용을 붙여 넣으십시오."))
        return given | {"data": data}

    @staticmethod
    def unreadable(why: str) -> str:
        """The error of a file that is no receipt."""
        return _(
            "접수증으로 읽을 수 없습니다. 접수증 화면의 PDF나 JSON 파일을 그대로 쓰십시오. (%(why)s)"
        ) % {"why": why}

    @staticmethod
    def unopened() -> str:
        """The error of a PDF that could not be looked into here: nothing is said of the receipt."""
        return str(_("지금은 PDF를 열어 볼 수 없습니다. 접수증 화면에서 내려받은 JSON 파일로 확인하십시오."))

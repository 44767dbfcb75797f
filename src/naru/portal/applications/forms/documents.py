"""One evidence document: its file, and the dates printed on it where its validity needs them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from naru.domain.admission import DocumentRule
from naru.portal.applications.answers import DocumentDates
from naru.portal.applications.models import EvidenceDocument

ENDINGS = (".pdf", ".png", ".jpg", ".jpeg", ".hwp", ".hwpx", ".xlsx")
# A browser's date box sends the first; the others are how people write a date where it has none.
FORMATS = ["%Y-%m-%d", "%Y.%m.%d", "%Y. %m. %d", "%Y. %m. %d.", "%Y/%m/%d", "%Y%m%d", "%Y년 %m월 %d일"]
PRINTED = ("valid_from", "valid_until")
FIELDS = {
    "unlimited": PRINTED,
    "months_after_issue": ("issued_on", *PRINTED),
    "fiscal_year_certificate": (*PRINTED, "fiscal_year_end", "fiscal_year_change"),
}
NEEDED = {  # any one of these, and the period can be told
    "unlimited": (),
    "months_after_issue": ("issued_on", "valid_until"),
    "fiscal_year_certificate": ("valid_until", "fiscal_year_end"),
}


class UploadForm(forms.Form):
    """The file of one document."""

    file = forms.FileField(
        label=_("파일"),
        max_length=255,
        help_text=_("PDF, PNG, JPG, HWP, HWPX, XLSX 가운데 하나, 20MB까지"),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(ENDINGS)}),
        error_messages={
            "required": _("파일을 고른 뒤 올리십시오."),
            "empty": _("파일에 내용이 없습니다. 파일이 열리는지 확인하고 다시 올리십시오."),
            "max_length": _("파일 이름이 너무 깁니다 (%(length)d자). %(max)d자까지로 줄여 다시 올리십시오."),
        },
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["file"].widget.attrs["data-max-bytes"] = settings.NARU_UPLOAD_BYTES


class DateField(forms.DateField):
    """A day, as the browser's date box sends it or as people write it in Korea."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(required=False, widget=widget, input_formats=FORMATS, **options)


class DatesForm(forms.Form):
    """The dates printed on a document; only those its kind of validity needs are asked."""

    issued_on = DateField(label=_("발급일"))
    valid_from = DateField(label=_("유효 시작일"))
    valid_until = DateField(label=_("유효 종료일"), help_text=_("서류에 적힌 유효기간의 마지막 날"))
    fiscal_year_end = DateField(
        label=_("직전 사업연도 말일"),
        help_text=_("유효기간이 적혀 있지 않을 때 계산에 씁니다. 12월 결산이면 지난해 12월 31일입니다."),
    )
    fiscal_year_change = forms.ChoiceField(
        label=_("직전이나 올해 사업연도에 창업·합병·분할했나요?"),
        required=False,
        choices=[("", _("아니요")), *EvidenceDocument.YearChange.choices],
        help_text=_("그렇다면 유효기간이 다르게 정해지므로 서류에 적힌 유효기간을 적어 주십시오 (E-05)."),
    )

    def __init__(self, *args: Any, rule: DocumentRule, **options: Any) -> None:
        super().__init__(*args, **options)
        self.rule = rule
        for name in set(self.fields) - set(FIELDS[rule.validity.kind]):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """The period does not end before it starts."""
        given = super().clean() or self.cleaned_data
        starts, ends = given.get("valid_from"), given.get("valid_until")
        if starts and ends and ends < starts:
            self.add_error("valid_until", _("종료일은 시작일과 같거나 뒤여야 합니다."))
        return given

    def dates(self) -> DocumentDates:
        """The dates as the action takes them; what is not asked is empty."""
        return DocumentDates(**{name: value for name, value in self.cleaned_data.items() if value})


def dates_needed(rule: DocumentRule, held: EvidenceDocument) -> bool:
    """Whether the document's period cannot be told without a date that is still missing."""
    needed = NEEDED[rule.validity.kind]
    return bool(needed) and not any(getattr(held, name) for name in needed)


def initial_dates(
    rule: DocumentRule, held: EvidenceDocument, suggested: Mapping[str, str]
) -> tuple[dict[str, Any], bool]:
    """What the date boxes show first: the dates kept, else those read from the file (then True)."""
    names = FIELDS[rule.validity.kind]
    kept = {name: getattr(held, name) for name in names if getattr(held, name)}
    if kept:
        return kept, False
    read = {name: date.fromisoformat(text) for name, text in suggested.items() if name in names}
    return read, bool(read)

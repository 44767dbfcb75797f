"""Which status sheet is taken out, and why."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from naru.portal.applications.status_sheet import SheetChoice
from naru.portal.ui.wording import localised


class StatusSheetForm(forms.Form):
    """One sheet and the reason for taking personal data out of the portal."""

    sheet = forms.ChoiceField(label=_("현황표"))
    reason = forms.CharField(
        label=_("내려받는 이유"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("예: 운영위원회 보고. 신청자의 이름과 이메일이 들어 있어 이유를 남깁니다."),
    )

    def __init__(self, *args: Any, sheets: Iterable[SheetChoice], **options: Any) -> None:
        super().__init__(*args, **options)
        self.sheets = {one.key: one for one in sheets}
        self.fields["sheet"].choices = [  # type: ignore[attr-defined]  # a choice field has them
            (
                key,
                _("%(call)s, %(round)s차, [%(code)s] %(title)s")
                % {
                    "call": localised(one.terms.title),
                    "round": one.round_id,
                    "code": one.form.code,
                    "title": localised(one.form.title),
                },
            )
            for key, one in self.sheets.items()
        ]

    def choice(self) -> SheetChoice:
        """The sheet chosen."""
        return self.sheets[self.cleaned_data["sheet"]]

"""The model check before an account; what goes with a withdrawal, a submission."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _


class ModelCheckForm(forms.Form):
    """The name of one model."""

    name = forms.CharField(
        label=_("모델 이름"),
        max_length=100,
        help_text=_("예: YOLOv8n, Llama-2-7b, 직접 만든 모델이면 바탕이 된 모델"),
    )


class WithdrawForm(forms.Form):
    """Why the application is taken back."""

    reason = forms.CharField(label=_("철회 사유"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class SubmitForm(forms.Form):
    """The key of one opened page, what it showed (`domain.receipt.marks`) and when it was made."""

    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    version = forms.CharField(max_length=20_000, required=False, widget=forms.HiddenInput)
    opened = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def clean_opened(self) -> datetime | None:
        """The instant; none when the page does not say it as we wrote it."""
        try:
            instant = datetime.fromisoformat(self.cleaned_data["opened"])
        except ValueError:
            return None
        return instant if instant.tzinfo else None

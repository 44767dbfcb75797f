"""Why one application may still be submitted, and until when."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ExceptionForm(forms.Form):
    """Reason and end of a late exception; the instant is read in Seoul time."""

    reason = forms.CharField(
        label=_("예외 사유"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("신청자와 감사가 읽습니다. 개인정보는 적지 마십시오."),
    )
    until = forms.DateTimeField(
        label=_("언제까지 (한국시간)"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("이 시각 정각부터는 다시 받지 않습니다."),
    )

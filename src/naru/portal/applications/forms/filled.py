"""A filled HWPX form handed in, and the preview of it confirmed."""

from django import forms
from django.utils.translation import gettext_lazy as _


class FilledForm(forms.Form):
    """The file of a filled form."""

    file = forms.FileField(
        label=_("채운 신청서 (HWPX)"),
        max_length=255,
        help_text=_("내려받은 양식을 채운 HWPX 파일, 5MB까지"),
        widget=forms.ClearableFileInput(attrs={"accept": ".hwpx"}),
        error_messages={"required": _("파일을 고른 뒤 올리십시오.")},
    )


class ConfirmForm(forms.Form):
    """What was read from the file, signed, so that exactly what was shown is put in."""

    read = forms.CharField(widget=forms.HiddenInput)

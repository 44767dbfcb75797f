"""How a reader narrows the list of events."""

from django import forms
from django.utils.translation import gettext_lazy as _


class EventFilter(forms.Form):
    """Each field may stay empty."""

    chain = forms.CharField(label=_("기록줄"), required=False, max_length=80)
    action = forms.CharField(
        label=_("행위"),
        required=False,
        max_length=80,
        help_text=_("앞부분만 적어도 됩니다. 예: applications."),
    )
    subject_type = forms.CharField(label=_("대상 종류"), required=False, max_length=80)
    subject_id = forms.CharField(label=_("대상 번호"), required=False, max_length=80)

"""How a reader narrows the list of events."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from naru.portal.audit import wording

ANY = ("", _("모두"))
DAY = {"type": "date"}


class EventFilter(forms.Form):
    """Each field may stay empty; a day that is none is told and left out."""

    chain = forms.CharField(label=_("기록줄"), required=False, max_length=80, widget=forms.Select)
    action = forms.CharField(label=_("행위"), required=False, max_length=80, widget=forms.Select)
    person = forms.CharField(label=_("행위자(시스템은 system)"), required=False, max_length=254)
    call = forms.CharField(label=_("사업공고"), required=False, max_length=64)
    since = forms.DateField(label=_("이 날부터"), required=False, widget=forms.DateInput(attrs=DAY))
    until = forms.DateField(label=_("이 날까지"), required=False, widget=forms.DateInput(attrs=DAY))
    subject_type = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    subject_id = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)

    def __init__(self, data: Any, chains: Iterable[str]) -> None:
        super().__init__(data)
        self.fields["action"].widget.choices = wording.choices()
        self.fields["chain"].widget.choices = [ANY, *((key, key) for key in chains)]

    def narrowed(self) -> dict[str, Any]:
        """The filters in use, as the keywords of `queries.events`."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class ReadFilter(forms.Form):
    """Who was shown what; each field may stay empty."""

    reader = forms.CharField(label=_("본 사람"), required=False, max_length=254)
    record_class = forms.CharField(label=_("자료 종류"), required=False, max_length=20, widget=forms.Select)
    record = forms.CharField(label=_("자료 번호"), required=False, max_length=80)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["record_class"].widget.choices = [ANY, *wording.CLASSES.items()]

    def narrowed(self) -> dict[str, Any]:
        """The filters in use, as the keywords of `queries.reads`."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

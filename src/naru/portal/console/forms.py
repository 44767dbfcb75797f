"""How an operator narrows the list of mails."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from naru.portal.console.kinds import title
from naru.portal.mail.queries import STATES

ANY = ("", _("모두"))
DAY = {"type": "date"}


class MailFilter(forms.Form):
    """Each field may stay empty; what is no choice or no date is told and left out."""

    state = forms.ChoiceField(
        required=False, choices=[ANY, *STATES.items()], widget=forms.HiddenInput
    )  # tabs
    name = forms.ChoiceField(label=_("종류"), required=False)
    to = forms.CharField(label=_("받는 사람"), required=False, max_length=254)
    since = forms.DateField(label=_("쓴 날부터"), required=False, widget=forms.DateInput(attrs=DAY))
    until = forms.DateField(label=_("쓴 날까지"), required=False, widget=forms.DateInput(attrs=DAY))
    about = forms.CharField(required=False, max_length=96, widget=forms.HiddenInput)

    def __init__(self, data: Any, names: Sequence[str]) -> None:
        super().__init__(data)
        kinds = sorted(((name, title(name)) for name in names), key=lambda kind: str(kind[1]))
        self.fields["name"].choices = [ANY, *kinds]  # type: ignore[attr-defined]

    def narrowed(self) -> dict[str, Any]:
        """The filters in use, as the keywords of `mail.queries.narrowed`."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

"""What people type about corrections and renewals: what is asked, the answer, more time, taking back."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from naru.portal.screening.actions.corrections import Asked
from naru.portal.screening.parts import PARTS
from naru.portal.ui.wording import localised

AREA = forms.Textarea({"rows": 3})


class AskForm(forms.Form):
    """One item of a request; only what is marked is asked for."""

    ask = forms.BooleanField(label=_("이 항목을 요청"), required=False)
    item = forms.ChoiceField(label=_("보완할 항목"))
    message = forms.CharField(label=_("요청 내용"), required=False, max_length=1000, widget=AREA)

    def __init__(self, *args: Any, documents: list[tuple[str, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(code, localised(title)) for code, title in documents]
        self.fields["item"].choices = [(_("서류"), choices), (_("신청 내용"), PARTS)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What is asked for is put in words."""
        given = super().clean() or self.cleaned_data
        if given.get("ask") and not (given.get("message") or "").strip():
            self.add_error("message", _("무엇을 어떻게 보완하는지 적으십시오."))
        return given


AskRows = forms.formset_factory(AskForm, extra=2, max_num=12)


def asked(rows: Any) -> list[Asked]:
    """What a valid formset asks for."""
    marked = [row.cleaned_data for row in rows if row.cleaned_data.get("ask")]
    return [Asked(item=one["item"], message=one["message"]) for one in marked]


class DueForm(forms.Form):
    """Until when."""

    due_at = forms.DateTimeField(
        label=_("기한"),
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("이 시각부터는 답변을 받지 않습니다."),
    )

    def __init__(self, data: Any = None, *, due_at: datetime | None) -> None:
        super().__init__(data, initial={"due_at": due_at})


class ExtendForm(DueForm):
    """More time, and why."""

    reason = forms.CharField(label=_("연장 사유"), max_length=500, widget=AREA)


class AnswerForm(forms.Form):
    """The applicant's answer."""

    answer = forms.CharField(label=_("답변"), max_length=2000, widget=AREA)


class TextForm(forms.Form):
    """The operator's words for one kind of request, in both languages."""

    ko = forms.CharField(label=_("한국어"), max_length=1000, widget=AREA)
    en = forms.CharField(label=_("영어"), max_length=1000, widget=AREA)

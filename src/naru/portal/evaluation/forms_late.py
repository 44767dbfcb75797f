"""What is typed after the closing: who gives a review anew, and until when."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from naru.portal.accounts.models import User


class ReopenForm(forms.Form):
    """Who takes the place of a review that was taken out, and until when."""

    reviewer = forms.ModelChoiceField(
        label=_("대신 맡을 평가위원"),
        queryset=User.objects.none(),
        empty_label=_("평가위원을 고르십시오"),
        help_text=_("이해충돌이 없고 이 신청을 맡은 적이 없는 평가위원만 나옵니다."),
    )
    due_at = forms.DateTimeField(
        label=_("평가 기한"),
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("이 시각이 지나거나 평가표를 확정하면 더 쓸 수 없습니다."),
    )

    def __init__(self, data: Any, people: Any, *, due_at: datetime) -> None:
        super().__init__(data, initial={"due_at": due_at})
        self.fields["reviewer"].queryset = people  # type: ignore[attr-defined]

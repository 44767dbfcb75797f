"""What a professor and a student type about the professor's confirmation."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DeclineForm(forms.Form):
    """Why the professor does not confirm, or takes it back."""

    reason = forms.CharField(
        label=_("사유"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("학생에게 메일로 전해지고 운영기관도 봅니다."),
    )


class ProfessorForm(forms.Form):
    """Another supervising professor of the same institution."""

    professor_name = forms.CharField(label=_("교수 이름"), max_length=80)
    professor_email = forms.EmailField(
        label=_("교수 이메일"), help_text=_("이 이메일로 로그인한 교수만 확인할 수 있습니다.")
    )
    department = forms.CharField(label=_("학과·부서"), max_length=120)

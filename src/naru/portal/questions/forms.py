"""What is typed about questions: a search, a question, an answer, an entry of the FAQ."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from naru.portal.questions.actions import EntryContent
from naru.portal.questions.models import FaqEntry, Question

CODE = re.compile(r"[A-Z]-\d\d")


class SearchForm(forms.Form):
    """Narrows the FAQ."""

    q = forms.CharField(label=_("찾을 말"), required=False, max_length=100)
    topic = forms.ChoiceField(
        label=_("주제"), required=False, choices=[("", _("모든 주제")), *FaqEntry.Topic.choices]
    )


class AskForm(forms.ModelForm[Question]):
    """A question to the desk."""

    class Meta:
        model = Question
        fields = ["title", "text", "public"]
        widgets = {"text": forms.Textarea(attrs={"rows": 8})}
        help_texts = {
            "text": _("주민등록번호, 전화번호, 다른 사람의 이름은 적지 마십시오."),
            "public": _("이름은 나오지 않습니다. 고르지 않으면 답은 나만 봅니다."),
        }


class AnswerForm(forms.Form):
    """The desk's answer, and the question as everybody will read it."""

    text = forms.CharField(label=_("답"), max_length=5000, widget=forms.Textarea(attrs={"rows": 8}))
    shown_text = forms.CharField(
        label=_("공개하는 질문"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("공개할 때만 쓰입니다. 이름, 회사, 연락처가 드러나지 않게 고치십시오."),
    )


class EntryForm(forms.ModelForm[FaqEntry]):
    """An entry of the FAQ."""

    clauses = forms.CharField(
        label=_("근거 조항"), max_length=200, help_text=_("부호를 쉼표로 나누어 적으십시오. 예: E-05, A-02")
    )

    class Meta:
        model = FaqEntry
        fields = ["topic", "place", "question_ko", "answer_ko", "question_en", "answer_en", "clauses"]
        widgets = {
            "answer_ko": forms.Textarea(attrs={"rows": 4}),
            "answer_en": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, known: frozenset[str] = frozenset(), **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = known
        if self.instance.pk:
            self.initial["clauses"] = ", ".join(self.instance.clauses)

    def clean_clauses(self) -> list[str]:
        """Codes of the call, each once; an answer without a clause is only an opinion."""
        codes = list(
            dict.fromkeys(part.strip().upper() for part in self.cleaned_data["clauses"].split(",") if part)
        )
        wrong = [code for code in codes if not CODE.fullmatch(code) or code not in self.known]
        if wrong:
            raise forms.ValidationError(
                _("공고에 없는 조항입니다: %(codes)s") % {"codes": ", ".join(wrong)}, code="unknown_clause"
            )
        return codes

    def content(self) -> EntryContent:
        """The entry as the action takes it."""
        given = self.cleaned_data
        return EntryContent(**(given | {"clauses": tuple(given["clauses"])}))

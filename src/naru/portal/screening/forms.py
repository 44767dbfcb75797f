"""What people type in screening: filters, decisions, corrections and their answers, reviews."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from naru.domain.support import REASONS
from naru.portal.applications.answers import DocumentDates
from naru.portal.applications.models import Application
from naru.portal.screening.models import Screening, TechnicalDecision, TechnicalReview
from naru.portal.ui.wording import localised

ANY = ("", _("모두"))
PROPOSALS = [
    ("passed", _("충족")),
    ("person", _("담당자 확인")),
    ("missing", _("자료 없음")),
    ("failed", _("미충족")),
]
PARTS = [
    ("plan", _("사용계획서")),
    ("kpis", _("성과지표")),
    ("models", _("모델")),
    ("declarations", _("확인 사항")),
    ("other", _("그 밖의 항목")),
]


class QueueFilter(forms.Form):
    """Which screenings to show."""

    decision = forms.ChoiceField(label=_("결정"), required=False, choices=[ANY, *Screening.Decision.choices])
    proposed = forms.ChoiceField(label=_("규칙의 판단"), required=False, choices=[ANY, *PROPOSALS])
    sector = forms.ChoiceField(
        label=_("부문"), required=False, choices=[ANY, ("private", _("민간")), ("public", _("공공"))]
    )
    product = forms.ChoiceField(label=_("상품"), required=False)

    def __init__(self, data: Any, products: list[tuple[str, Any]]) -> None:
        super().__init__(data)
        self.fields["product"].choices = [ANY, *((code, localised(title)) for code, title in products)]  # type: ignore[attr-defined]

    def narrowed(self) -> dict[str, str]:
        """The filters in use, as lookups on screenings; a value that is no choice is left out."""
        self.is_valid()
        places = {"sector": "application__sector", "product": "application__product"}
        return {places.get(name, name): value for name, value in self.cleaned_data.items() if value}


class DecideForm(forms.Form):
    """The decision on one screening."""

    decision = forms.ChoiceField(
        label=_("결정"),
        widget=forms.RadioSelect,
        choices=[("eligible", _("적격")), ("ineligible", _("부적격"))],
    )
    reason = forms.CharField(
        label=_("사유"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("규칙의 판단과 같으면 비워도 됩니다. 다르게 결정하면 조항과 근거를 적습니다."),
    )


class CorrectionForm(forms.Form):
    """A request to mend one item."""

    item = forms.ChoiceField(label=_("보완할 항목"))
    message = forms.CharField(label=_("요청 내용"), max_length=1000, widget=forms.Textarea({"rows": 3}))
    due_at = forms.DateTimeField(
        label=_("기한"),
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("이 시각부터는 답변을 받지 않습니다."),
    )

    def __init__(self, data: Any, documents: list[tuple[str, Any]], due_at: datetime) -> None:
        super().__init__(data, initial={"due_at": due_at})
        choices = [(code, localised(title)) for code, title in documents]
        self.fields["item"].choices = [(_("서류"), choices), (_("신청 내용"), PARTS)]  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """The applicant's answer, with a new document where one is asked for."""

    answer = forms.CharField(label=_("답변"), max_length=2000, widget=forms.Textarea({"rows": 4}))

    def dates(self) -> DocumentDates | None:
        """The dates of the new document; None when none is sent."""
        return None


class DocumentAnswerForm(AnswerForm):
    """An answer that may bring the document anew."""

    file = forms.FileField(
        label=_("새 파일"), required=False, help_text=_("앞서 낸 파일을 대신합니다. PDF 또는 그림 파일.")
    )
    issued_on = forms.DateField(
        label=_("발급일"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    valid_from = forms.DateField(
        label=_("유효 시작일"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    valid_until = forms.DateField(
        label=_("유효 종료일"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def dates(self) -> DocumentDates | None:
        """The dates of the new document; None when none is sent."""
        if not self.cleaned_data["file"]:
            return None
        names = ("issued_on", "valid_from", "valid_until")
        return DocumentDates(**{name: self.cleaned_data[name] for name in names})


class ResolveForm(forms.Form):
    """Which application of a unit stays."""

    NONE = "none"
    kept = forms.ChoiceField(label=_("남길 신청"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("사유"), max_length=1000, widget=forms.Textarea({"rows": 3}))

    def __init__(self, data: Any, group: list[Application]) -> None:
        super().__init__(data)
        self.group = {str(one.pk): one for one in group}
        numbers = [(pk, f"{one.number} {one.title}") for pk, one in self.group.items()]
        self.fields["kept"].choices = [*numbers, (self.NONE, _("모두 제외"))]  # type: ignore[attr-defined]

    def chosen(self) -> Application | None:
        """The application that stays, None for none."""
        return self.group.get(self.cleaned_data["kept"])


class ReviewForm(forms.Form):
    """A vendor's answer."""

    verdict = forms.ChoiceField(
        label=_("판정"), widget=forms.RadioSelect, choices=TechnicalReview.Verdict.choices
    )
    reason_code = forms.ChoiceField(label=_("사유"), help_text=_("판정과 같은 묶음에서 고릅니다."))
    note = forms.CharField(
        label=_("설명"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("조건부와 지원 불가에는 꼭 적습니다. 조건이 무엇인지, 무엇이 안 되는지."),
    )

    def __init__(self, data: Any, *, initial: dict[str, str] | None = None) -> None:
        super().__init__(data, initial=initial)
        groups = [
            (label, [(one.code, localised(one.text)) for one in REASONS if one.verdict == verdict])
            for verdict, label in TechnicalReview.Verdict.choices
        ]
        self.fields["reason_code"].choices = [("", _("고르십시오")), *groups]  # type: ignore[attr-defined]


class UnsupportedForm(forms.Form):
    """The decision where no vendor supports the models."""

    technical_decision = forms.ChoiceField(
        label=_("결정"), widget=forms.RadioSelect, choices=TechnicalDecision.Decision.choices
    )
    technical_reason = forms.CharField(label=_("사유"), max_length=1000, widget=forms.Textarea({"rows": 2}))


class ReasonForm(forms.Form):
    """A reason and nothing else."""

    reason = forms.CharField(label=_("사유"), max_length=1000, widget=forms.Textarea({"rows": 3}))

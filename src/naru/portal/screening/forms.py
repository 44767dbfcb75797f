"""What people type in screening: filters, decisions, reasons."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from naru.domain.decision import Outcome
from naru.domain.rulings import Ruled
from naru.portal.applications.models import Application
from naru.portal.screening.models import CertificateRenewal, Screening, TechnicalDecision
from naru.portal.ui.wording import localised

ANY = ("", _("모두"))
PROPOSALS = [
    ("passed", _("충족")),
    ("person", _("담당자 확인")),
    ("missing", _("자료 없음")),
    ("failed", _("미충족")),
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


class RuleForm(forms.Form):
    """The ruling on one finding; `mark` says on which."""

    after = forms.ChoiceField(label=_("이 판단을"), widget=forms.RadioSelect)
    ruling_reason = forms.CharField(
        label=_("사유"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("규칙과 다르게 정하면 적습니다. 신청자의 결과 통지에 보입니다."),
    )

    def __init__(self, data: Any, now: Ruled, mark: str) -> None:
        super().__init__(data, auto_id=f"id_{mark or 'own'}_%s", initial={"after": first_answer(now)})
        self.fields["after"].choices = answers_to(now)  # type: ignore[attr-defined]


def answers_to(now: Ruled) -> list[tuple[str, Any]]:
    """What may be said to a finding: as the rules found it (unless they ask), met, not met."""
    found = now.finding.outcome
    said = [(Outcome.PASSED.value, _("충족으로 정함")), (Outcome.FAILED.value, _("미충족으로 정함"))]
    if found is Outcome.PERSON:
        return said
    return [(found.value, _("규칙대로 확인")), *(one for one in said if one[0] != found)]


def first_answer(now: Ruled) -> str | None:
    """What is ticked beforehand: what holds now; nothing where the rules ask a person."""
    return None if now.outcome is Outcome.PERSON else now.outcome.value


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


class UnsupportedForm(forms.Form):
    """The decision where no vendor supports the models."""

    technical_decision = forms.ChoiceField(
        label=_("결정"), widget=forms.RadioSelect, choices=TechnicalDecision.Decision.choices
    )
    technical_reason = forms.CharField(label=_("사유"), max_length=1000, widget=forms.Textarea({"rows": 2}))


class ReasonForm(forms.Form):
    """A reason and nothing else."""

    reason = forms.CharField(label=_("사유"), max_length=1000, widget=forms.Textarea({"rows": 3}))


class RenewalFilter(forms.Form):
    """Which renewals to show."""

    state = forms.ChoiceField(
        label=_("상태"),
        required=False,
        choices=[ANY, ("due", _("갱신 전")), ("renewed", _("갱신함")), ("waived", _("면제함"))],
    )

    def narrowed(self, rows: QuerySet[CertificateRenewal]) -> QuerySet[CertificateRenewal]:
        """The rows of the state chosen; all for none."""
        state = self.cleaned_data.get("state") if self.is_valid() else ""
        if state == "due":
            return rows.filter(renewed_at=None, waived_at=None)
        return rows.exclude(**{f"{state}_at": None}) if state else rows

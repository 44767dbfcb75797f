"""What people fill in about appeals: the appeal, the operator's answer, who reviews again, the extra seat."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from naru.domain.appeal import APPEALABLE, REMEDIES, grounds_for
from naru.domain.call import Call as Terms
from naru.portal.accounts.models import User
from naru.portal.appeals import words
from naru.portal.appeals.actions.answering import Answer
from naru.portal.appeals.models import Appeal
from naru.portal.applications.forms.documents import ENDINGS
from naru.portal.evaluation.models import ScoreSheet
from naru.portal.ui.wording import localised

LENGTH = 4000


class ManyFiles(forms.ClearableFileInput):
    """A file box that takes several."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, each checked as one."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """A list, empty where nothing was chosen."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(one, initial) for one in given]


def _words(label: Any, help_text: Any = "", *, rows: int = 4, required: bool = True) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, help_text=help_text, max_length=LENGTH, required=required, widget=widget
    )


class FilingForm(forms.Form):
    """An appeal: against what, on which grounds, in whose words, with which files."""

    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    against = forms.ChoiceField(label=_("무엇에 이의가 있습니까?"), widget=forms.RadioSelect)
    grounds = forms.MultipleChoiceField(
        label=_("왜 잘못되었다고 생각합니까?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("해당하는 것을 모두 고르십시오."),
    )
    text = _words(
        _("자세한 내용"),
        _("무엇이 사실과 다른지, 어떤 서류나 항목을 보면 알 수 있는지 적어 주십시오."),
        rows=8,
    )
    attachments = FilesField(
        label=_("뒷받침하는 파일"),
        required=False,
        max_length=255,
        help_text=_("없어도 됩니다. PDF, PNG, JPG, HWP, HWPX, XLSX, 하나에 20MB까지, 5개까지"),
        widget=ManyFiles(attrs={"accept": ",".join(ENDINGS)}),
    )

    def __init__(self, *args: Any, told: str, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = APPEALABLE[told]  # type: ignore[index]  # a word of `Told`
        self.initial.setdefault("key", uuid4().hex)
        if len(kinds) == 1:
            self.initial["against"] = kinds[0]
        self.fields["against"].choices = [(one, words.AGAINST[one]) for one in kinds]  # type: ignore[attr-defined]
        fit = [one for one in words.GROUNDS if any(one in grounds_for(kind) for kind in kinds)]
        self.fields["grounds"].choices = [(one, _ground(one)) for one in fit]  # type: ignore[attr-defined]


def _ground(code: str) -> Any:
    label, explained = words.GROUNDS[code]
    return format_html('{}<br><span class="quiet">{}</span>', label, explained)


class QueueFilter(forms.Form):
    """Which appeals to show."""

    state = forms.ChoiceField(
        label=_("상태"),
        required=False,
        choices=[("", _("모두")), ("busy", _("끝나지 않은 것")), *Appeal.State.choices],
    )
    text = forms.CharField(label=_("번호나 기관"), required=False, max_length=80)


class ReasonForm(forms.Form):
    """Why: of an extension, or of sending a proposal back."""

    reason = _words(_("사유"), rows=3)


class AnswerForm(forms.Form):
    """The operator's answer; points and bonuses count only where they are put right."""

    verdict = forms.ChoiceField(label=_("답"), widget=forms.RadioSelect)
    code = forms.ChoiceField(
        label=_("각하하는 까닭"), required=False, choices=[("", _("각하가 아님")), *words.DISMISSALS.items()]
    )
    reason = _words(_("신청자에게 보낼 이유"), _("신청자가 읽는 글입니다. 조항과 사실을 적으십시오."), rows=6)
    bonuses = forms.MultipleChoiceField(
        label=_("증빙으로 확인한 가점"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, appeal: Appeal, terms: Terms, sheets: Sequence[ScoreSheet], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        remedies = REMEDIES[appeal.against]  # type: ignore[index]  # a word of `Against`
        self.fields["verdict"].choices = [  # type: ignore[attr-defined]
            *((one, _("인용: %s") % words.REMEDIES[one]) for one in remedies),
            ("rejected", _("기각: 살펴보았으나 받아들이지 않습니다")),
            ("dismissed", _("각하: 이의신청으로 다룰 수 없습니다")),
        ]
        self.sheets = sheets if "correct" in remedies else ()
        self.criteria = terms.criteria
        offered = [one for one in terms.bonuses if appeal.application.sector in one.parties]
        if self.sheets and offered:
            self.fields["bonuses"].choices = [(one.id, localised(one.title)) for one in offered]  # type: ignore[attr-defined]
        else:
            del self.fields["bonuses"]
        for sheet in self.sheets:
            for criterion in self.criteria:
                self.fields[_name(sheet, criterion.id)] = forms.IntegerField(
                    label=localised(criterion.title),
                    min_value=0,
                    max_value=criterion.points,
                    required=False,
                    initial=sheet.points[criterion.id],
                )

    def clean(self) -> dict[str, Any]:
        """A dismissal says of what kind it is."""
        given = super().clean() or self.cleaned_data
        if given.get("verdict") == "dismissed" and not given.get("code"):
            self.add_error("code", _("각하하는 까닭을 고르십시오."))
        return given

    def rows(self) -> list[tuple[ScoreSheet, list[Any]]]:
        """The sheets with the boxes of their points."""
        return [
            (sheet, [self[_name(sheet, criterion.id)] for criterion in self.criteria])
            for sheet in self.sheets
        ]

    def plain(self) -> list[Any]:
        """The boxes outside the table of points."""
        return [self[name] for name in ("verdict", "code", "reason", "bonuses") if name in self.fields]

    def answer(self) -> Answer:
        """The answer as the action takes it."""
        given = self.cleaned_data
        upheld = given["verdict"] in words.REMEDIES
        points = {
            sheet.assignment_id: {
                one.id: value for one in self.criteria if (value := given[_name(sheet, one.id)]) is not None
            }
            for sheet in self.sheets
        }
        return Answer(
            verdict="upheld" if upheld else given["verdict"],
            reason=given["reason"],
            code=given["code"] if given["verdict"] == "dismissed" else "",
            remedy=given["verdict"] if upheld else "",
            points=points,
            bonuses=given.get("bonuses", ()),
        )


def _name(sheet: ScoreSheet, criterion: str) -> str:
    return f"sheet-{sheet.assignment_id}-{criterion}"


class AppointForm(forms.Form):
    """Who reviews it again, among those who never saw it."""

    reviewers = forms.ModelMultipleChoiceField(
        label=_("새 평가위원"), queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reviewers"].queryset = people  # type: ignore[attr-defined]


class SeatForm(forms.Form):
    """A seat beyond the quota with its budget."""

    budget_line = forms.CharField(
        label=_("예산 항목"), max_length=120, help_text=_("이 서버의 비용을 내는 예산의 이름")
    )
    units = forms.IntegerField(
        label=_("예산 단위"), min_value=1, help_text=_("지원이 끝날 때까지의 비용을 예산 단위로 적습니다.")
    )
    reason = _words(_("사유"), rows=3)

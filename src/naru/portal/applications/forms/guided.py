"""The self-check's questions, one form each, read off a query string: nothing is stored, back works."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from naru.domain import call as domain
from naru.domain import selfcheck
from naru.portal.ui.wording import day, localised

DATE = {"type": "date"}
YES_NO = [("yes", _("예")), ("no", _("아니요"))]
NONE = "none"


class Question(forms.Form):
    """One question; its fields are named in the address, and `answers` is what it adds to the rest."""

    def __init__(self, *args: Any, terms: domain.Call, for_kind: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.terms, self.for_kind = terms, for_kind
        self.offer()

    def offer(self) -> None:
        """Fill in what the call offers to choose from."""

    def answers(self) -> dict[str, Any]:
        """The answers as `selfcheck.Answers` takes them."""
        return dict(self.cleaned_data)

    def choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        """Set what a field offers."""
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def names(self) -> tuple[str, ...]:
        """The keys of the query string that belong to this question."""
        return tuple(self.fields)


class KindQuestion(Question):
    """Which kind of applicant: every kind the call admits, then those it refuses (E-01 to E-03)."""

    kind = forms.ChoiceField(label=_("어디에 속해 있습니까?"), widget=forms.RadioSelect)

    def offer(self) -> None:
        """Every kind the call names."""
        admitted = [(kind.id, localised(kind.title)) for party in self.terms.parties for kind in party.kinds]
        excluded = [(kind.id, localised(kind.title)) for kind in self.terms.excluded_kinds]
        self.choices("kind", [*admitted, *excluded])


class LegalFormQuestion(Question):
    """A corporation or a sole proprietor (E-01)."""

    legal_form = forms.ChoiceField(
        label=_("법인입니까, 개인사업자입니까?"),
        choices=[("corporation", _("법인")), ("sole_proprietor", _("개인사업자"))],
        widget=forms.RadioSelect,
    )


class RoleQuestion(Question):
    """Staff or student (E-02)."""

    role = forms.ChoiceField(
        label=_("재직자입니까, 학생입니까?"),
        choices=[("staff", _("재직자 (교수)")), ("student", _("학생"))],
        widget=forms.RadioSelect,
        help_text=_(
            "서버는 교수마다 한 대입니다. 학생은 지도교수의 이름으로 신청하고 교수의 확인을 받습니다."
        ),
    )


class VariantQuestion(Question):
    """The type of venture (E-08)."""

    variant = forms.ChoiceField(
        label=_("벤처기업 확인서의 유형은 무엇입니까?"),
        widget=forms.RadioSelect,
        help_text=_("네 유형을 모두 받습니다."),
    )

    def offer(self) -> None:
        """The types of this kind."""
        kinds = [kind for party in self.terms.parties for kind in party.kinds if kind.id == self.for_kind]
        self.choices("variant", [(one.id, localised(one.title)) for kind in kinds for one in kind.variants])


class StartQuestion(Question):
    """When business began (E-06)."""

    started_on = forms.DateField(
        label=_("사업을 시작한 날은 언제입니까?"),
        widget=forms.DateInput(attrs=DATE),
        help_text=_("사업자등록증의 개업일"),
    )


class CertificateQuestion(Question):
    """The dates of the SME certificate; either is enough, neither is also an answer (E-05)."""

    valid_until = forms.DateField(
        label=_("확인서에 적힌 유효기간의 마지막 날"),
        required=False,
        widget=forms.DateInput(attrs=DATE),
        help_text=_("중소기업 확인서가 있으면 적으십시오. 아직 없으면 비워 두고 다음으로 가십시오."),
    )
    fiscal_year_end = forms.DateField(
        label=_("유효기간이 적혀 있지 않으면: 직전 사업연도의 마지막 날"),
        required=False,
        widget=forms.DateInput(attrs=DATE),
        help_text=_("예: 12월 결산이면 지난해 12월 31일. 이날에서 유효기간을 계산합니다."),
    )


class YouthQuestion(Question):
    """The youth bonus; the call's date is printed, so that nobody's birth date is asked (E-07)."""

    youth = forms.ChoiceField(
        label=_("청년기업 가점을 신청하려고 합니까?"),
        widget=forms.RadioSelect,
        help_text=_(
            "대표자가 여럿이면 가장 젊은 사람을 기준으로 고르십시오. 가점은 신청 자격과 관계없습니다."
        ),
    )

    def offer(self) -> None:
        """The call's own date."""
        bonus = selfcheck.bonus_by_birth(self.terms)
        cutoff = day(bonus.born_on_or_after) if bonus else ""
        self.choices(
            "youth",
            [
                ("no", _("아니요, 신청하지 않습니다")),
                ("after", _("예, 대표자가 %(cutoff)s 뒤에 태어났습니다") % {"cutoff": cutoff}),
                ("on", _("예, 대표자가 바로 그날 태어났습니다")),
                ("before", _("예, 그런데 대표자가 모두 그보다 먼저 태어났습니다")),
            ],
        )


class UseQuestion(Question):
    """Inference only, with a trained model (C-06)."""

    model_trained = forms.ChoiceField(
        label=_("쓸 모델의 학습을 이미 마쳤습니까?"), choices=YES_NO, widget=forms.RadioSelect
    )
    inference_only = forms.ChoiceField(
        label=_("빌린 서버를 추론에만 쓰겠습니까?"),
        choices=YES_NO,
        widget=forms.RadioSelect,
        help_text=_("빌린 서버에서 모델을 학습시킬 수는 없습니다."),
    )

    def answers(self) -> dict[str, Any]:
        """Yes and no as truth."""
        return {name: value == "yes" for name, value in self.cleaned_data.items()}


class CircumstancesQuestion(Question):
    """What may stand in the way: restrictions, sanctions, other programmes (E-09, E-10)."""

    circumstances = forms.MultipleChoiceField(
        label=_("해당하는 것을 모두 고르십시오."), widget=forms.CheckboxSelectMultiple
    )

    def offer(self) -> None:
        """Grounds and programmes of the call, and none of them."""
        titles = {ground.id: localised(ground.title) for ground in self.terms.exclusions}
        states = {"applied": _("%(name)s: 신청했습니다"), "selected": _("%(name)s: 선정되었습니다")}
        titles |= {
            f"{one.id}:{state}": text % {"name": localised(one.title)}
            for one in self.terms.other_programmes
            for state, text in states.items()
        }
        offered = [(code, titles[code]) for code in selfcheck.circumstances(self.terms)]
        self.choices("circumstances", [*offered, (NONE, _("해당하는 것이 없습니다"))])

    def clean_circumstances(self) -> tuple[str, ...]:
        """The codes; none of them stands alone."""
        chosen: list[str] = self.cleaned_data["circumstances"]
        if NONE in chosen and len(chosen) > 1:
            raise forms.ValidationError(
                _("'해당하는 것이 없습니다'와 다른 항목을 함께 고를 수 없습니다. 하나만 남기십시오.")
            )
        return tuple(code for code in chosen if code != NONE)


FORMS: dict[str, type[Question]] = {
    "kind": KindQuestion,
    "legal_form": LegalFormQuestion,
    "role": RoleQuestion,
    "variant": VariantQuestion,
    "started_on": StartQuestion,
    "certificate": CertificateQuestion,
    "youth": YouthQuestion,
    "use": UseQuestion,
    "circumstances": CircumstancesQuestion,
}


def pairs(query: QueryDict, *, without: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """The answers in a query string, keys of the questions only, those in `without` left out."""
    known = [name for form in FORMS.values() for name in form.base_fields]
    return [(name, one) for name in known if name not in without for one in query.getlist(name)]


def address(query: QueryDict) -> str:
    """The same answers as the end of an address (`?kind=sme`), carried on to another page; empty for none."""
    told = urlencode(pairs(query))
    return f"?{told}" if told else ""

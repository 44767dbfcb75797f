"""Invented values for the gallery: one of each component, in each of its states."""

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from naru.domain.decision import Finding, Outcome
from naru.domain.terms import Text
from naru.portal.ui import clock
from naru.portal.ui.components import YEAR, Chart, Event, File, Series, Tab, YearStep, year


class SampleForm(forms.Form):
    """A field of every kind the portal uses."""

    name = forms.CharField(
        label=_("기업명"), max_length=60, help_text=_("사업자등록증에 적힌 이름 그대로 적습니다.")
    )
    email = forms.EmailField(label=_("담당자 이메일"), required=False)
    product = forms.ChoiceField(
        label=_("상품"), choices=[("", _("고르세요")), ("60", "60 TOPS"), ("120", "120 TOPS")]
    )
    sector = forms.ChoiceField(
        label=_("부문"),
        choices=[("private", _("민간부문")), ("public", _("공공부문"))],
        widget=forms.RadioSelect,
        help_text=_("부문에 따라 내야 할 서류가 달라집니다."),
    )
    stages = forms.MultipleChoiceField(
        label=_("지원이 필요한 단계"),
        choices=[("conversion", _("모델변환(포팅)")), ("optimisation", _("모델 최적화"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    starts_on = forms.DateField(label=_("시작 예정일"), widget=forms.DateInput(attrs={"type": "date"}))
    plan = forms.CharField(
        label=_("사용계획"), widget=forms.Textarea, help_text=_("목적과 목표를 숫자로 적습니다.")
    )
    certificate = forms.FileField(label=_("중소기업 확인서"), required=False, help_text=_("PDF, 10 MB까지"))
    agreed = forms.BooleanField(label=_("추론에만 쓰고 학습에는 쓰지 않겠습니다."))


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleClause:
    """A clause as the call file holds it, in little."""

    ko: str
    en: str
    place: str


CLAUSES = {
    "E-05": SampleClause(
        ko="중소기업 확인서는 마지막 회계연도가 끝나고 석 달 뒤부터 한 해 동안 유효합니다.",
        en="An SME certificate is valid for one year, from three months after the last fiscal year's end.",
        place="2-1",
    ),
}
FINDINGS = (
    Finding(
        clause="E-05",
        code="certificate_expired",
        outcome=Outcome.FAILED,
        reason=Text(
            ko="중소기업 확인서가 접수마감 전에 끝났습니다.", en="The SME certificate ended before the close."
        ),
        facts=(("유효 기간", "2024-04-01 – 2025-03-10"), ("접수마감", "2025-03-17 15:00")),
        mend=Text(
            ko="다시 발급받아 보완 기한 안에 올려 주세요.",
            en="Upload a renewed one within the correction period.",
        ),
    ),
    Finding(
        clause="E-07",
        code="born_on_cutoff",
        outcome=Outcome.PERSON,
        reason=Text(
            ko="대표자의 생일이 기준일과 같습니다.",
            en="The representative was born on the cutoff date itself.",
        ),
        facts=(("생년월일", "1985-02-12"),),
    ),
    Finding(
        clause="E-04",
        code="one_unit",
        outcome=Outcome.PASSED,
        reason=Text(ko="같은 기업의 다른 신청이 없습니다.", en="The company has no other live application."),
    ),
    Finding(
        clause="E-11",
        code="certificate_missing",
        outcome=Outcome.MISSING,
        reason=Text(ko="재직증명서가 없습니다.", en="The employment certificate is missing."),
        mend=Text(ko="신청 서류에서 올려 주세요.", en="Upload it among the documents."),
    ),
)


def _steps() -> list[YearStep]:
    notes = {"applications": _("420건"), "screening": _("391건"), "evaluation": _("3일 남음")}
    return year("evaluation", notes)


def _blocked() -> list[YearStep]:
    return [
        YearStep(label=label, state="done" if place < 4 else "blocked" if place == 4 else "next")  # noqa: PLR2004
        for place, (_code, label) in enumerate(YEAR)
    ]


def _charts() -> list[tuple[str, Chart]]:
    products = ["60 TOPS", "120 TOPS", "240 TOPS"]
    private = Series(label=_("민간부문"), values=[142, 70, 31])
    public = Series(label=_("공공부문"), values=[61, 48, 39])
    kinds: tuple[Any, ...] = ("bar", "stacked", "hbar", "line")
    return [
        (
            f"sample-{kind}",
            Chart(
                kind=kind,
                title=_("상품별 신청"),
                labels=products,
                series=[private, public] if kind != "hbar" else [private],
                unit=_("건"),
                label_heading=_("상품"),
            ),
        )
        for kind in kinds
    ]


def _rows() -> list[dict[str, Any]]:
    names = ("가온누리", "다온소프트", "라온비전", "마루정보", "한빛나래대학교")
    states = (
        ("ok", _("선정됨")),
        ("wait", _("대기")),
        ("bad", _("부적격")),
        ("active", _("심사 중")),
        ("neutral", _("철회")),
    )
    return [
        {
            "number": f"2025-N-{place:04d}",
            "name": name,
            "sector": _("공공부문") if place == len(names) else _("민간부문"),
            "score": Fraction(9137 - 311 * place, 100),
            "tone": tone,
            "state": state,
        }
        for place, (name, (tone, state)) in enumerate(zip(names, states, strict=True), start=1)
    ]


def samples(mood: str) -> dict[str, Any]:
    """The context of the gallery page."""
    now = clock.now()
    broken = SampleForm(data={"name": "", "email": "not-an-address", "sector": "private"}, prefix="broken")
    tones = ("ok", "bad", "warn", "info", "active", "wait", "neutral")
    tone_labels = (
        _("선정됨"),
        _("부적격"),
        _("보완 필요"),
        _("안내"),
        _("진행 중"),
        _("확인 대기"),
        _("해당 없음"),
    )
    return {
        "later": now + timedelta(days=2, hours=4, minutes=30),
        "soon": now + timedelta(hours=5, minutes=12),
        "past": now - timedelta(days=3),
        "tones": list(zip(tones, tone_labels, strict=True)),
        "steps": _steps(),
        "blocked_steps": _blocked(),
        "found": FINDINGS,
        "clauses": CLAUSES,
        "fact_pairs": [(_("접수번호"), "2025-N-0001"), (_("상품"), "120 TOPS"), (_("대표 생년월일"), None)],
        "rows": _rows(),
        "page_obj": Paginator(range(240), 20).page(4),
        "tab_items": [
            Tab(label=_("신청자 화면"), url=reverse("ui_gallery"), current=mood != "staff"),
            Tab(label=_("담당자 화면"), url=reverse("ui_gallery_staff"), current=mood == "staff", count=12),
        ],
        "form": SampleForm(),
        "broken": broken,
        "charts": _charts(),
        "history": [
            Event(at=now - timedelta(days=9), title=_("제출"), by="김가상", tone="active"),
            Event(
                at=now - timedelta(days=4),
                title=_("보완요청"),
                by="박운영",
                detail=_("재직증명서"),
                tone="warn",
            ),
            Event(at=now - timedelta(days=1), title=_("적격"), by="박운영", tone="ok"),
        ],
        "documents": [
            File(
                name="사업계획서.pdf", url="/ui/", size=3_412_000, kind="PDF", tone="ok", status=_("확인됨")
            ),
            File(
                name=_("중소기업 확인서"),
                tone="warn",
                status=_("내야 함"),
                note=_("접수마감 전까지 올려 주세요."),
            ),
            File(
                name="등기부등본.pdf", url="/ui/", size=88_000, kind="PDF", tone="bad", status=_("암호 걸림")
            ),
        ],
        "scores": [
            (_("활용 목적"), Fraction(2467, 100), 30),
            (_("연구개발 분야"), 4, 5),
            (_("활용 내용"), 41, 50),
        ],
        "money": 1_250_000_000,
    }

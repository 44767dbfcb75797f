"""The rows of the form: performance targets and models, each checked on its own and kept even when wrong."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from naru.domain.catalogue import Match
from naru.portal.applications.catalogue import catalogue
from naru.portal.applications.models import Kpi
from naru.portal.ui.wording import localised

ROWS = 10  # of each kind, at most
NOT_A_NUMBER = _("숫자만 적어 주십시오. 단위는 단위 칸에 적습니다. 예: 42.5")
SAME = _("목표 값이 지금 값과 같습니다. 12월에 무엇이 달라지는지 적어 주십시오.")
TOO_LOW = _("높을수록 좋다고 했는데 목표가 지금보다 낮습니다. 값이나 '어느 쪽이 좋은가요?'를 고쳐 주십시오.")
TOO_HIGH = _("낮을수록 좋다고 했는데 목표가 지금보다 높습니다. 값이나 '어느 쪽이 좋은가요?'를 고쳐 주십시오.")
TOO_LONG = _(
    "%(limit_value)d자까지 적을 수 있습니다 (지금 %(show_value)d자). 줄여 주십시오. 지우지 않았습니다."
)
TOO_EXACT = {
    "max_digits": _("18자리까지 적을 수 있습니다."),
    "max_decimal_places": _("소수점 아래 네 자리까지 적을 수 있습니다."),
    "max_whole_digits": _("정수 부분은 14자리까지 적을 수 있습니다."),
}


class FigureField(forms.DecimalField):
    """An exact number; thousands may be parted by commas."""

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # the stubs say int
        """The number without its commas."""
        found: Decimal | None = super().to_python(value.replace(",", "") if isinstance(value, str) else value)
        return found


def short(label: Any, limit: int, help_text: Any, missing: Any = "", **attrs: Any) -> forms.CharField:
    """A line of at most `limit` characters; nothing is cut off, the server says what is too long."""
    return forms.CharField(
        label=label,
        required=bool(missing),
        help_text=help_text,
        error_messages={"required": missing},
        validators=[MaxLengthValidator(limit, TOO_LONG)],
        widget=forms.TextInput(attrs={"autocomplete": "off", **attrs}),
    )


def _number(label: Any, help_text: Any) -> FigureField:
    return FigureField(
        label=label,
        max_digits=18,
        decimal_places=4,
        help_text=help_text,
        error_messages={"invalid": NOT_A_NUMBER, "required": _("값을 적어 주십시오."), **TOO_EXACT},
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )


class KpiForm(forms.Form):
    """One performance target; an empty row is none."""

    use_required_attribute = False
    name = short(
        _("지표 이름"),
        100,
        _("무엇을 재나요? 예: 1초에 처리하는 영상 수"),
        _("지표 이름을 적어 주십시오."),
        list="kpi-names",
    )
    unit = short(
        pgettext_lazy("kpi", "단위"), 32, _("예: 장/초, %, ms"), _("단위를 적어 주십시오."), list="kpi-units"
    )
    direction = forms.ChoiceField(
        label=_("어느 쪽이 좋은가요?"),
        help_text=_("예: 처리 속도는 높을수록, 응답 시간은 낮을수록"),
        choices=[(Kpi.Direction.HIGHER, _("높을수록 좋음")), (Kpi.Direction.LOWER, _("낮을수록 좋음"))],
        initial=Kpi.Direction.HIGHER,
    )
    baseline = _number(_("지금 값"), _("지금 장비에서 잰 값. 없으면 0"))
    target = _number(_("12월 목표 값"), _("결과점검에서 이 값과 견줍니다 (P-04)"))
    how_measured = short(
        _("재는 방법"),
        300,
        _("누가 재도 같은 값이 나오게 적어 주십시오. 예: 시험 영상 1,000장의 평균"),
        _("재는 방법을 적어 주십시오."),
    )

    def clean_unit(self) -> str:
        """A unit is words or a sign, no number."""
        unit: str = self.cleaned_data["unit"]
        if unit.replace(".", "").replace(",", "").isdigit():
            raise forms.ValidationError(_("숫자가 아니라 단위를 적어 주십시오. 예: 장/초, %"))
        return unit

    def clean(self) -> dict[str, Any]:
        """The target lies on the better side of the baseline."""
        given = super().clean() or self.cleaned_data
        baseline, target = given.get("baseline"), given.get("target")
        if isinstance(baseline, Decimal) and isinstance(target, Decimal):
            higher = given.get("direction") != Kpi.Direction.LOWER
            if target == baseline:
                self.add_error("target", SAME)
            elif higher and target < baseline:
                self.add_error("target", TOO_LOW)
            elif not higher and target > baseline:
                self.add_error("target", TOO_HIGH)
        return given


class ModelForm(forms.Form):
    """One model: its own name, and its family when the support table has it."""

    use_required_attribute = False
    name = short(
        _("모델 이름"),
        100,
        _("두세 글자를 적으면 표에 있는 이름이 나옵니다. 예: YOLOv8n"),
        _("모델 이름을 적어 주십시오."),
        list="model-names",
    )
    family = forms.ChoiceField(
        label=_("지원 모델 표의 계열"),
        required=False,
        help_text=_("분야별로 안내서에 적힌 그대로입니다. 표에 없으면 '표에 없음'으로 둡니다."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["family"].choices = families()  # type: ignore[attr-defined]


def families() -> list[tuple[str, Any]]:
    """The support table as grouped choices, fields in printed order."""
    table = catalogue()
    return [
        ("", _("표에 없음")),
        *(
            (
                localised(field.title),
                [(family.key, entry.printed) for entry, family in table.entries() if entry.field == field.id],
            )
            for field in table.fields
        ),
    ]


def verdict(name: str, family: str) -> Match | None:
    """What the table says of a model: by the family chosen, else by its name; None without either."""
    table = catalogue()
    chosen = table.by_key().get(family)
    if chosen is not None:
        return Match(verdict="listed", families=(chosen,), by="printed")
    return table.find(name) if name.strip() else None


def model_names() -> list[str]:
    """Names to suggest while typing: printed entries first, then members of the families."""
    table = catalogue()
    printed = [entry.printed for entry, _family in table.entries()]
    return list(dict.fromkeys([*printed, *(alias for family in table.families for alias in family.aliases)]))

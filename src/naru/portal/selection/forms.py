"""The questions of the selection room, the reason of a relaxation, a capacity entered."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from naru.domain import call as terms
from naru.domain.bound import READINGS, bound_of
from naru.domain.run import Settings
from naru.portal.organisations.models import Supplier
from naru.portal.selection import words
from naru.portal.selection.models import SelectionOutcome, ServerGroup
from naru.portal.ui.wording import localised


class WhatIfForm(forms.Form):
    """What a run may decide differently from the call; an empty answer leaves the call's own rule."""

    reading = forms.ChoiceField(label=_("공공부문 기준"), required=False)
    share = forms.DecimalField(
        label=_("공공부문 상한(%)"), min_value=1, max_value=100, decimal_places=2, required=False
    )
    min_score = forms.DecimalField(
        label=_("과락 기준(점)"), min_value=0, max_value=100, decimal_places=2, required=False
    )
    spill = forms.BooleanField(label=_("남는 자리를 다른 상품으로 넘김"), required=False)

    def __init__(self, data: Any, *, call: terms.Call) -> None:
        super().__init__(data)
        self.own = bound_of(call.constraints[0] if call.constraints else None).reading
        as_called = _("공고대로: %(reading)s") % {"reading": words.READING_LABELS[self.own]}
        others = [(reading, words.READING_LABELS[reading]) for reading in READINGS if reading != self.own]
        self.fields["reading"].choices = [("", as_called), *others]  # type: ignore[attr-defined]
        if call.constraints:
            called = words.float_free(call.constraints[0].share * 100)
            self.fields["share"].widget.attrs["placeholder"] = _("공고 %(share)s") % {"share": called}
        else:
            del self.fields["share"]
        if call.selection.spill != "water_filling":
            del self.fields["spill"]

    def settings(self, round_id: str, reason: str = "") -> Settings:
        """The settings asked for; the call's own while the answers cannot be read."""
        said = self.cleaned_data if self.is_valid() else {}
        mark, share = said.get("min_score"), said.get("share")
        return Settings(
            round=round_id,
            reading=said.get("reading") or None,
            min_score=None if mark is None else Fraction(mark),
            share=None if share is None else Fraction(share) / 100,
            spill=bool(said.get("spill")),
            reason=reason,
        )


class ReasonForm(forms.Form):
    """Why a run departs from the call's rule."""

    reason = forms.CharField(label=_("기준을 바꾸는 사유"), max_length=500, required=False, strip=True)

    def __init__(self, data: Any = None, *, needed: bool = False) -> None:
        """`needed` marks the field; that a reason is there is the action's rule."""
        super().__init__(data)
        self.fields["reason"].required = needed


class ReplaceForm(forms.Form):
    """Why a result that counts already is to be replaced; read by those whose result changes."""

    replacing_reason = forms.CharField(
        label=_("확정된 결과를 대신하는 사유"), max_length=500, required=False, strip=True
    )

    def __init__(self, data: Any = None, *, needed: bool = False) -> None:
        """`needed` marks the field; that a reason is there is the action's rule."""
        super().__init__(data)
        self.fields["replacing_reason"].required = needed


class CapacityForm(forms.Form):
    """Servers of one product at one pair of vendor and cloud company."""

    product = forms.ChoiceField(label=_("상품"))
    vendor = forms.ChoiceField(label=_("AI 반도체사"))
    cloud = forms.ChoiceField(label=_("클라우드사"))
    capacity = forms.IntegerField(label=_("대수"), min_value=0, max_value=10_000)

    def __init__(
        self, data: Any, *, call: terms.Call, suppliers: dict[str, Supplier], own: list[Supplier]
    ) -> None:
        """`own` narrows the choice to the suppliers a person acts for; empty leaves it open."""
        super().__init__(data)
        self.suppliers = suppliers
        self.fields["product"].choices = [  # type: ignore[attr-defined]
            (resource.id, localised(resource.title)) for resource in call.resources
        ]
        for kind in Supplier.Kind.values:
            mine = [one for one in own if one.kind == kind]
            offered = mine or [one for one in suppliers.values() if one.kind == kind]
            self.fields[kind].choices = [(one.code, one.name) for one in offered]  # type: ignore[attr-defined]

    def group(self) -> dict[str, Any]:
        """Product, vendor, cloud and capacity as the action takes them."""
        said = self.cleaned_data
        return said | {kind: self.suppliers[said[kind]] for kind in Supplier.Kind.values}


class TrialForm(forms.Form):
    """What if one server group had another number of servers?"""

    group = forms.ChoiceField(label=_("어느 서버"))
    servers = forms.IntegerField(label=_("바꿔 볼 대수"), min_value=0, max_value=10_000)

    def __init__(self, data: Any, *, groups: Sequence[ServerGroup], titles: dict[str, Any]) -> None:
        super().__init__(data)
        self.groups = {str(group.pk): group for group in groups}
        self.fields["group"].choices = [  # type: ignore[attr-defined]
            (key, f"{localised(titles.get(one.product))} · {one.vendor}@{one.cloud} ({one.capacity})")
            for key, one in self.groups.items()
        ]

    def asked(self) -> tuple[ServerGroup, int] | None:
        """The group and its number; None while the question cannot be read."""
        if not self.is_valid():
            return None
        return self.groups[self.cleaned_data["group"]], self.cleaned_data["servers"]


class ListFilter(forms.Form):
    """Narrow the public list."""

    number = forms.CharField(label=_("접수번호"), max_length=32, required=False, strip=True)
    product = forms.ChoiceField(label=_("상품"), required=False)
    status = forms.ChoiceField(label=_("결과"), required=False)

    def __init__(self, data: Any, *, titles: dict[str, Any]) -> None:
        super().__init__(data)
        everything = ("", _("전체"))
        self.fields["product"].choices = [everything, *((key, localised(t)) for key, t in titles.items())]  # type: ignore[attr-defined]
        self.fields["status"].choices = [everything, *((key, w[1]) for key, w in words.OUTCOMES.items())]  # type: ignore[attr-defined]

    def narrow(self, found: QuerySet[SelectionOutcome]) -> QuerySet[SelectionOutcome]:
        """The outcomes asked for; all of them while the answers cannot be read."""
        said = self.cleaned_data if self.is_valid() else {}
        if said.get("number"):
            found = found.filter(application__number__icontains=said["number"])
        for key in ("product", "status"):
            if said.get(key):
                found = found.filter(**{key: said[key]})
        return found

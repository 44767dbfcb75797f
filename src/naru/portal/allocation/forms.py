"""What people fill in about awards: filters, a delivery, a withdrawal, the month of the ledger."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from naru.domain.handover import Delivery
from naru.portal.allocation.models import Award
from naru.portal.allocation.queries import ACTIVE, Narrowing
from naru.portal.calls.models import Call


class BoardFilter(forms.Form):
    """Narrows the board."""

    state = forms.ChoiceField(label=_("상태"), required=False)
    product = forms.ChoiceField(label=_("상품"), required=False)
    text = forms.CharField(label=_("접수번호·기관·과제"), required=False, max_length=80)

    def __init__(self, *args: Any, products: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", _("전체")), *Award.State.choices]  # type: ignore[attr-defined]
        self.fields["product"].choices = [("", _("전체")), *products]  # type: ignore[attr-defined]

    def narrowing(self) -> Narrowing:
        """The narrowing asked for; a wrong value narrows nothing."""
        asked = self.cleaned_data if self.is_valid() else {}
        return Narrowing(**{key: asked.get(key, "") for key in ("state", "product", "text")})


class DeliveryForm(forms.Form):
    """A delivered server as the cloud company states it."""

    reference = forms.CharField(
        label=_("클라우드사 서버 번호"), max_length=128, help_text=_("귀사 시스템의 번호입니다.")
    )
    address = forms.CharField(
        label=_("접속 주소"), max_length=200, help_text=_("이용자가 접속할 주소와 포트. 예: 203.0.113.7:22")
    )
    tops_int8 = forms.IntegerField(label=_("AI 가속기 (TOPS, INT8)"), min_value=0)
    cores = forms.IntegerField(label=_("CPU 코어 (개)"), min_value=0)
    clock_ghz = forms.DecimalField(label=_("CPU 클럭 (GHz)"), min_value=0, max_digits=6, decimal_places=3)
    memory_gb = forms.IntegerField(label=_("메모리 (GB)"), min_value=0)
    ssd_tb = forms.DecimalField(label=_("SSD (TB)"), min_value=0, max_digits=8, decimal_places=3)
    link_gbps = forms.DecimalField(label=_("회선 (Gbps)"), min_value=0, max_digits=8, decimal_places=3)

    def delivery(self) -> Delivery:
        """The figures as the rule takes them."""
        names = ("tops_int8", "cores", "clock_ghz", "memory_gb", "ssd_tb", "link_gbps")
        return Delivery(**{name: self.cleaned_data[name] for name in names})


class SignatureForm(forms.Form):
    """The word given with a signature."""

    agreed = forms.BooleanField(label=_("협약 내용을 모두 읽었고 이에 동의합니다."))


class WithdrawalForm(forms.Form):
    """Why a place is given up."""

    reason = forms.CharField(label=_("중도포기 사유"), widget=forms.Textarea(attrs={"rows": 4}))
    understood = forms.BooleanField(label=_("되돌릴 수 없고, 다음 해 참여가 제한될 수 있음을 알고 있습니다."))


class LeaverForm(forms.Form):
    """Whose giving up is tried out; nothing is written."""

    leaver = forms.CharField(label=_("접수번호"), max_length=32, help_text=_("예: 2025-npu-0001"))

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call = call

    def clean_leaver(self) -> Award:
        """The award of that receipt number that lasts."""
        number = self.cleaned_data["leaver"].strip()
        found = Award.objects.filter(call=self.call, application__number=number, state__in=ACTIVE)
        award = found.select_related("application__organisation", "server").first()
        if award is None:
            raise forms.ValidationError(_("이 번호로 이용 중이거나 준비 중인 할당이 없습니다."))
        return award


class MonthForm(forms.Form):
    """A month of the ledger."""

    month = forms.DateField(
        label=_("월"),
        input_formats=["%Y-%m"],
        widget=forms.DateInput(format="%Y-%m", attrs={"type": "month"}),
        help_text=_("예: 2025-05"),
    )

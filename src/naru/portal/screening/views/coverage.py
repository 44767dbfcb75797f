"""/screening/coverage/: how far the vendors are before evaluation opens; asked, silent and unsupported."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from naru.domain.decision import Refused
from naru.portal.accounts.access import actor, role_required
from naru.portal.audit.reading import reads
from naru.portal.organisations.models import Supplier
from naru.portal.screening import actions, pages, queries, vendors
from naru.portal.screening import coverage as covered
from naru.portal.screening.views.queue import tabs
from naru.portal.ui import clock
from naru.portal.ui.refusals import attempt, sentence
from naru.portal.ui.wording import localised

ROWS = 50


@require_http_methods(["GET", "POST"])
@role_required("operator", "auditor")
def coverage(request: HttpRequest) -> HttpResponse:
    """How far each vendor is per product and who supports what; the round is routed from here."""
    desk = pages.desk()
    if request.method == "POST":
        return _route(request, desk)
    products = {code: localised(title) for code, title in desk.products()}
    rows = covered.vendors(desk.call, desk.round.id, clock.now())
    reach = covered.reach(desk.call, desk.round.id, list(products))
    refused = Paginator(covered.refused(desk.call, desk.round.id), ROWS).get_page(request.GET.get("page"))
    context = {
        "desk": desk,
        "rows": _named(rows, products),
        "late": _late(rows),
        "reach": [(products[one.product], one) for one in reach],
        "unasked": sum(one.unasked for one in reach),
        "waiting": sum(one.waiting for one in reach),
        "undecided": queries.undecided_unsupported(desk.call, desk.round.id).count(),
        "refused": refused,
        "models": {one.pk: vendors.models_of(one) for one in refused},
        "titles": products,
        "matrix": vendors.matrix(),
        "tabs": tabs("coverage"),
    }
    return render(request, "screening/coverage.html", context)


def _named(rows: list[dict[str, object]], products: dict[str, str]) -> list[dict[str, object]]:
    """The rows with their product's title, each vendor's in the call's order of products."""
    order = list(products)
    ordered = sorted(
        rows, key=lambda row: (row["vendor__code"], order.index(str(row["application__product"])))
    )
    return [row | {"product": products[str(row["application__product"])]} for row in ordered]


def _late(rows: list[dict[str, object]]) -> list[tuple[object, object, int]]:
    """Each vendor with answers past due: its code, name and how many over all products."""
    found: dict[object, tuple[object, object, int]] = {}
    for row in rows:
        if row["late"]:
            _code, name, count = found.get(row["vendor__code"], ("", row["vendor__name"], 0))
            found[row["vendor__code"]] = (row["vendor__code"], name, count + int(str(row["late"])))
    return list(found.values())


def _route(request: HttpRequest, desk: pages.Desk) -> HttpResponse:
    if not actor(request).has_role("operator"):
        raise Http404
    try:
        made = actions.route_round(by=actor(request), at=clock.now(), call=desk.call, round_id=desk.round.id)
    except Refused as refusal:
        messages.error(request, sentence(refusal.finding, desk.call.slug))
    else:
        messages.success(request, _("기술검토 %(count)s건을 요청했습니다.") % {"count": len(made)})
    return redirect("screening:coverage")


@require_http_methods(["GET", "POST"])
@role_required("operator")
@reads("technical_review")
def silence(request: HttpRequest, code: str) -> HttpResponse:
    """Count a vendor's answers past due as a no, after looking at what that means."""
    desk = pages.desk()
    vendor = get_object_or_404(Supplier, kind=Supplier.Kind.VENDOR, code=code)
    if request.method == "POST":
        done = _("기한이 지난 검토를 답 없음으로 정리했습니다.")
        given = {"call": desk.call, "round_id": desk.round.id, "vendor": vendor}
        attempt(request, actions.settle_silence, done, **given)
        return redirect("screening:coverage")
    count = vendors.past_due(desk.call, desk.round.id, clock.now()).filter(vendor=vendor).count()
    context = {
        "title": _("답 없음으로 정리"),
        "question": _("%(vendor)s의 기한이 지난 검토 %(count)s건을 답 없음으로 정리합니까?")
        % {"vendor": vendor, "count": count},
        "consequences": [
            _("지원 불가로 세고, 사유 부호는 '답 없음'으로 따로 남습니다."),
            _("다른 반도체사도 모두 불가라면 사람이 제외할지 결정합니다."),
            _("심사 화면에서 한 건씩 다시 답하게 할 수 있습니다."),
        ],
        "confirm_label": _("답 없음으로 정리"),
        "cancel_url": reverse("screening:coverage"),
    }
    return render(request, "ui/confirm.html", context)

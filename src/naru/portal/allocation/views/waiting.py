"""/allocation/waiting-list/: who waits and what a refill would offer, its run, its record; auditors read."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from naru.codec.record import dump_record
from naru.domain.decision import Refused
from naru.domain.periods import day_in
from naru.portal.accounts.access import actor, role_required
from naru.portal.allocation import actions, pages, queries
from naru.portal.allocation.forms import LeaverForm
from naru.portal.allocation.models import RefillBatch
from naru.portal.allocation.views.staff import products_of, the_call
from naru.portal.audit.reading import reads
from naru.portal.ui import clock
from naru.portal.ui.components import Tab
from naru.portal.ui.refusals import sentence

ROWS = 50
SHOWN = 20  # of the latest refills and of the latest offers


@require_safe
@role_required("operator", "auditor")
@reads("award")
def waiting_list(request: HttpRequest) -> HttpResponse:
    """The waiting list of a product, what a refill of all products would offer now, and what was offered."""
    call, now = the_call(), clock.now()
    titles = products_of(call)
    asked = request.GET.get("product", "")
    product = asked if asked in dict(titles) else titles[0][0]
    form = LeaverForm(request.GET if request.GET.get("leaver") else None, call=call)
    leaver = form.cleaned_data["leaver"] if form.is_valid() else None
    plan = queries.refill_plan(call, now, leaver)
    batches = list(queries.batches(call)[:SHOWN])
    today = day_in(queries.terms_of(call).zone, now)
    context = {
        "call": call,
        "product": product,
        "tab_items": [
            Tab(label=label, url=f"?product={code}", current=code == product) for code, label in titles
        ],
        "titles": dict(titles),
        "plan": plan,
        "one": plan.of(product),
        "page": Paginator(plan.of(product).considered, ROWS).get_page(request.GET.get("page")),
        "form": form,
        "leaver": leaver,
        "batches": batches,
        "done": next((one for one in batches if one.day == today), None),
        "offers": [(one, *pages.offer_state(one, now)) for one in queries.offers(call)[:SHOWN]],
    }
    return render(
        request, "allocation/waiting_list.html", context, status=422 if form.errors else 200
    )  # fmt: skip


@require_POST
@role_required("operator")
def refill(request: HttpRequest) -> HttpResponse:
    """Offer every free place, as the person saw it in the preview."""
    call, now = the_call(), clock.now()
    try:
        batch = actions.refill(by=actor(request), at=now, call=call, seen=request.POST.get("seen", ""))
    except Refused as refusal:
        messages.error(request, sentence(refusal.finding, call.slug))
        return redirect("allocation:waiting_list")
    if batch.decided_at == now:
        count = batch.offers.count()
        messages.success(request, _("충원을 실행했습니다. 제안 %(count)s건을 보냈습니다.") % {"count": count})
    else:
        messages.info(request, _("오늘 충원은 이미 끝났습니다. 바뀐 것은 없습니다. 내일 다시 실행하십시오."))
    return redirect("allocation:waiting_list")


@require_safe
@role_required("operator", "auditor")
@reads("award")
def refill_record(_request: HttpRequest, pk: int) -> HttpResponse:
    """The record of one refill as a file that `naru refill verify` repeats."""
    batch = get_object_or_404(RefillBatch.objects.select_related("call"), pk=pk)
    name = f"{batch.call.slug}-refill-{batch.day:%Y-%m-%d}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(dump_record(batch.record), content_type="application/json", headers=headers)

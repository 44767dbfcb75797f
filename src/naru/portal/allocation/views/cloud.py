"""/orders/: what a cloud company has to deliver, and the form that states what it delivered."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from naru.domain.decision import Outcome
from naru.domain.handover import check_delivery
from naru.portal.accounts.access import actor, role_required
from naru.portal.allocation import actions, queries
from naru.portal.allocation.access import orders_of, own_order
from naru.portal.allocation.delivery import told
from naru.portal.allocation.forms import DeliveryForm
from naru.portal.allocation.models import Server
from naru.portal.audit.reading import reads
from naru.portal.ui import wording
from naru.portal.ui.refusals import attempt

ROWS = 50
UNSHOWN = ("figures", "findings", "award__application__clouds", "award__application__edits")  # long to decode


@require_safe
@role_required("cloud")
@reads("award")
def orders(request: HttpRequest) -> HttpResponse:
    """The orders of the person's company: to deliver, delivered, in use, returned, each cut into pages."""
    orders = orders_of(actor(request)).defer(*UNSHOWN)
    found = list(orders.order_by("ordered_at", "pk"))
    groups = []
    for state in Server.State:
        rows = Paginator([server for server in found if server.state == state], ROWS)
        groups.append((state, state.label, rows.get_page(request.GET.get(state))))
    due = sum(server.state == Server.State.ORDERED for server in found)
    return render(request, "allocation/orders.html", {"groups": groups, "due": due, "total": len(found)})


@require_http_methods(["GET", "POST"])
@role_required("cloud")
@reads("award")
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """One order; its POST states the delivery, checked figure by figure."""
    server = own_order(actor(request), pk)
    product = queries.terms_of(server.award.call).resource(server.award.product)
    form = DeliveryForm(
        request.POST or None,
        initial={**server.figures, "address": server.address, "reference": server.cloud_reference},
    )
    status = 200
    if form.is_valid():
        short = [one for one in check_delivery(product, form.delivery()) if one.outcome != Outcome.PASSED]
        for finding in short:
            field = dict(finding.facts)["figure"]
            form.add_error(field, f"{wording.localised(finding.reason)} ({finding.clause})")
        if not short and attempt(
            request, actions.deliver_server, _("인도를 기록했습니다. 이용자의 인수를 기다립니다."),
            server=server, reference=form.cleaned_data["reference"], address=form.cleaned_data["address"],
            figures=form.delivery(),
        ):  # fmt: skip
            return redirect("allocation:orders")
    if form.errors:
        status = 422
    editable = server.state in {Server.State.ORDERED, Server.State.DELIVERED}
    context = {
        "server": server,
        "award": server.award,
        "product": product,
        "findings": told(server.findings),
        "form": form,
        "editable": editable,
    }
    return render(request, "allocation/order.html", context, status=status)

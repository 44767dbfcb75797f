"""/allocation/: the operator's board, one award, the budget; auditors read."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from naru.portal.accounts.access import role_required
from naru.portal.allocation import actions, pages, queries
from naru.portal.allocation.delivery import told
from naru.portal.allocation.forms import BoardFilter, MonthForm
from naru.portal.allocation.models import Award
from naru.portal.audit.reading import reads
from naru.portal.calls.models import Call
from naru.portal.screening import owed
from naru.portal.selection.models import MatchingRun
from naru.portal.ui import clock, wording
from naru.portal.ui.refusals import attempt

ROWS = 50


def the_call() -> Call:
    """The call the staff rooms open with; 404 before the first."""
    call = queries.newest_call()
    if call is None:
        raise Http404(_("공고가 아직 없습니다."))
    return call


def products_of(call: Call) -> list[tuple[str, str]]:
    """(code, title) of the call's products."""
    return [(one.id, wording.localised(one.title)) for one in queries.terms_of(call).resources]


@require_safe
@role_required("operator", "auditor")
@reads("award")
def board(request: HttpRequest) -> HttpResponse:
    """Every award with its next step."""
    call = the_call()
    products = products_of(call)
    form = BoardFilter(request.GET, products=products)
    page = Paginator(queries.awards(call, form.narrowing()), ROWS).get_page(request.GET.get("page"))
    counts = queries.counts(call)
    context = {
        "call": call,
        "form": form,
        "page": page,
        "rows": [
            (award, pages.TONES[award.state], pages.next_step(award, lapsing=lapsing))
            for award, lapsing in ((award, award.lapsing) for award in page)  # type: ignore[attr-defined]  # annotated
        ],
        "products": dict(products),
        "counts": [(state, state.label, counts[state]) for state in Award.State],
        "total": sum(counts.values()),
        "to_open": queries.matchings_to_open(call),
    }
    return render(request, "allocation/board.html", context)


@require_safe
@role_required("operator", "auditor")
@reads("award")
def award(request: HttpRequest, pk: int) -> HttpResponse:
    """One award: who, what, what happened, what is to do, and what stands in the way (E-05)."""
    found = queries.award_with_story(pk)
    if found is None:
        raise Http404(_("그런 할당이 없습니다."))
    terms = queries.terms_of(found.call)
    server = getattr(found, "server", None)
    waiting = found.state == Award.State.AGREEMENT
    lapsing = list(owed.outstanding_of(found.application)) if waiting else []
    titles = {rule.code: wording.localised(rule.title) for rule in terms.documents}
    context = {
        "award": found,
        "tone": pages.TONES[found.state],
        "next_step": pages.next_step(found, lapsing=bool(lapsing)),
        "lapsing": [(row, titles[row.document]) for row in lapsing],
        "story": pages.story(found),
        "product": terms.resource(found.product),
        "agreement": getattr(found, "agreement", None),
        "server": server,
        "findings": told(server.findings) if server else [],
    }
    return render(request, "allocation/award.html", context)


@require_POST
@role_required("operator")
def open_awards(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the awards of a confirmed matching."""
    run = get_object_or_404(MatchingRun, pk=pk)
    attempt(request, actions.open_awards, _("배정된 신청의 할당을 열었습니다."), matching=run)
    return redirect("allocation:board")


@require_POST
@role_required("operator")
def countersign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign an agreement for the operator."""
    found = get_object_or_404(Award, pk=pk)
    attempt(
        request, actions.countersign, _("협약이 체결되었습니다. 이제 서버를 주문할 수 있습니다."), award=found
    )
    return redirect("allocation:award", pk)


@require_POST
@role_required("operator")
def order_server(request: HttpRequest, pk: int) -> HttpResponse:
    """Order the server through the manual engine."""
    found = get_object_or_404(Award, pk=pk)
    attempt(
        request,
        actions.order_server,
        _("서버를 주문했습니다. 클라우드사가 인도하면 검사합니다."),
        award=found,
    )
    return redirect("allocation:award", pk)


@require_POST
@role_required("operator")
def return_server(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the server back."""
    found = get_object_or_404(Award, pk=pk)
    attempt(request, actions.return_server, _("서버를 회수했습니다."), award=found)
    return redirect("allocation:award", pk)


@require_safe
@role_required("operator", "auditor")
def budget(request: HttpRequest) -> HttpResponse:
    """The ledger by product and month."""
    return _budget(request, the_call(), MonthForm())


def _budget(request: HttpRequest, call: Call, form: MonthForm) -> HttpResponse:
    titles = dict(products_of(call))
    sheet = queries.budget_sheet(call, clock.now())
    support = queries.terms_of(call).support
    context = {
        "call": call,
        "sheet": sheet,
        "titles": [titles[product] for product in sheet.products],
        "form": form,
        "support": support,
        "closable": sheet.closable,
    }
    return render(request, "allocation/budget.html", context, status=422 if form.errors else 200)


@require_POST
@role_required("operator")
def record_month(request: HttpRequest) -> HttpResponse:
    """Enter a month in the ledger."""
    form = MonthForm(request.POST)
    call = the_call()
    if not form.is_valid():
        return _budget(request, call, form)
    month = form.cleaned_data["month"]
    attempt(request, actions.record_month, _("그 달의 비용을 기록했습니다."), call=call, month=month)
    return redirect("allocation:budget")


@require_POST
@role_required("operator")
def close_call(request: HttpRequest) -> HttpResponse:
    """End the support: return every server."""
    attempt(request, actions.close_call, _("지원을 마감하고 서버를 모두 회수했습니다."), call=the_call())
    return redirect("allocation:budget")

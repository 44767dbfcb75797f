"""/technical-review/: a vendor's room. It shows model facts alone: no company, no plan, no person."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from naru.domain.decision import Refused
from naru.domain.support import BY_CODE
from naru.portal.accounts.access import actor, role_required
from naru.portal.applications.catalogue import catalogue
from naru.portal.organisations.models import Supplier
from naru.portal.organisations.queries import supplier_of
from naru.portal.screening import actions, pages, queries
from naru.portal.screening.forms import ReviewForm
from naru.portal.ui import clock
from naru.portal.ui.components import Tab

ROWS = 50


def _vendor(request: HttpRequest) -> Supplier:
    """The vendor this person acts for."""
    vendor = supplier_of(actor(request), Supplier.Kind.VENDOR)
    if vendor is None:
        raise PermissionDenied(_("AI 반도체사의 담당자로 등록된 계정만 볼 수 있습니다."))
    return vendor


@require_safe
@role_required("vendor")
def reviews(request: HttpRequest) -> HttpResponse:
    """What waits for this vendor's word, and what it has answered."""
    vendor = _vendor(request)
    answered = request.GET.get("show") == "answered"
    mine = queries.my_reviews(vendor)
    waiting, done = mine.filter(verdict=""), mine.exclude(verdict="")
    page = Paginator(done if answered else waiting, ROWS).get_page(request.GET.get("page"))
    counts = (waiting.count(), done.count())
    tabs = [
        Tab(label=_("답변할 것"), url="?", current=not answered, count=counts[0]),
        Tab(label=_("답변한 것"), url="?show=answered", current=answered, count=counts[1]),
    ]
    context = {
        "vendor": vendor,
        "page": page,
        "tabs": tabs,
        "answered": answered,
        "waiting": counts[0],
        "families": catalogue().by_key(),
        "titles": dict(pages.desk().products()),
        "reasons": {code: reason.text for code, reason in BY_CODE.items()},
    }
    return render(request, "screening/reviews.html", context)


@require_http_methods(["GET", "POST"])
@role_required("vendor")
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """One application's models and this vendor's answer."""
    vendor = _vendor(request)
    row = get_object_or_404(queries.my_reviews(vendor), pk=pk)
    claim = pages.claim_for(row.application, vendor.code)
    form = ReviewForm(request.POST or None, initial={"verdict": claim or ""})
    refusal = None
    if not row.verdict and form.is_valid():
        try:
            actions.answer_review(by=actor(request), at=clock.now(), review=row, **form.cleaned_data)
        except Refused as refused:
            refusal = refused.finding
        else:
            messages.success(request, _("답변을 저장했습니다."))
            following = queries.my_reviews(vendor).filter(verdict="").first()
            return (
                redirect("screening:review", pk=following.pk) if following else redirect("screening:reviews")
            )
    context = {
        "vendor": vendor,
        "review": row,
        "form": None if row.verdict else form,
        "refusal": refusal,
        "claim": claim,
        "claims": pages.matrix().vendor(vendor.code),
        "families": catalogue().by_key(),
        "reason": BY_CODE.get(row.reason_code),
        "product": pages.desk(row.application.call.slug).terms.resource(row.application.product).title,
    }
    return render(request, "screening/review.html", context)

"""/technical-review/: a vendor's room. It shows model facts: no plan, no person, no name the call hides."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from naru.domain.decision import Refused
from naru.domain.support import BY_CODE
from naru.portal.accounts.access import actor, role_required
from naru.portal.applications.catalogue import catalogue
from naru.portal.audit.reading import reads
from naru.portal.organisations.models import Supplier
from naru.portal.organisations.queries import supplier_of
from naru.portal.screening import actions, pages, queries, vendors
from naru.portal.screening.forms_technical import ReviewForm, SeveralForm
from naru.portal.ui import clock
from naru.portal.ui.components import Tab

ROWS = 50


def _vendor(request: HttpRequest) -> Supplier:
    """The vendor this person acts for."""
    vendor = supplier_of(actor(request), Supplier.Kind.VENDOR)
    if vendor is None:
        raise PermissionDenied(_("AI 반도체사의 담당자로 등록된 계정만 볼 수 있습니다."))
    return vendor


@require_http_methods(["GET", "POST"])
@role_required("vendor")
@reads("technical_review")
def reviews(request: HttpRequest) -> HttpResponse:
    """What waits for this vendor's word, and what it has answered; a POST answers those marked alike."""
    vendor = _vendor(request)
    answered = request.GET.get("show") == "answered"
    mine = queries.my_reviews(vendor)
    waiting, done = mine.filter(verdict=""), mine.exclude(verdict="")
    form, refusal = SeveralForm(request.POST or None, waiting), None
    if form.is_valid():
        chosen = list(form.cleaned_data["review"])
        try:
            actions.answer_reviews(by=actor(request), at=clock.now(), reviews=chosen, said=form.said())
        except Refused as refused:
            refusal = refused.finding
        else:
            messages.success(request, _("%(count)s건의 답변을 저장했습니다.") % {"count": len(chosen)})
            return redirect("screening:reviews")
    counts = queries.answered_counts(mine)
    paginator = Paginator(done if answered else waiting, ROWS)
    paginator.count = counts[1] if answered else counts[0]  # counted already
    page = paginator.get_page(request.GET.get("page"))
    tabs = [
        Tab(label=_("답변할 것"), url="?", current=not answered, count=counts[0]),
        Tab(label=_("답변한 것"), url="?show=answered", current=answered, count=counts[1]),
    ]
    desk = pages.desk()
    context = {
        "vendor": vendor,
        "page": page,
        "rows": [pages.seen(row, desk.terms, vendors.matrix().vendor(vendor.code)) for row in page],
        "tabs": tabs,
        "answered": answered,
        "waiting": counts[0],
        "next_due": page[0].due_at if len(page) and not answered else None,
        "form": form,
        "refusal": refusal,
        "named": pages.named(desk.terms),
        "families": catalogue().by_key(),
        "titles": dict(desk.products()),
        "reasons": {code: reason.text for code, reason in BY_CODE.items()},
    }
    return render(request, "screening/reviews.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@role_required("vendor")
@reads("technical_review")
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """One application's models and this vendor's answer."""
    vendor = _vendor(request)
    row = get_object_or_404(queries.my_reviews(vendor), pk=pk)
    claims = vendors.matrix().vendor(vendor.code)
    terms = pages.desk(row.application.call.slug, row.application.round_id).terms
    seen = pages.seen(row, terms, claims)
    form = ReviewForm(request.POST or None, initial={"verdict": seen.claim or ""})
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
    context: dict[str, Any] = {
        "vendor": vendor,
        "review": row,
        "seen": seen,
        "form": None if row.verdict else form,
        "refusal": refusal,
        "claims": claims,
        "families": catalogue().by_key(),
        "reason": BY_CODE.get(row.reason_code),
        "product": terms.resource(row.application.product).title,
        **_around(vendor, row.pk),
    }
    return render(request, "screening/review.html", context)


def _around(vendor: Supplier, pk: int) -> dict[str, Any]:
    """The reviews before and after this one among those that wait, and its place."""
    waiting = list(queries.my_reviews(vendor).filter(verdict="").values_list("pk", flat=True))
    if pk not in waiting:
        return {"waiting": len(waiting), "following": waiting[0] if waiting else None}
    place = waiting.index(pk)
    return {
        "waiting": len(waiting),
        "place": place + 1,
        "before": waiting[place - 1] if place else None,
        "following": waiting[place + 1] if place + 1 < len(waiting) else None,
    }

"""/applications/<pk>/offer/ and .../waiting/: a place offered, and where somebody stands on the list."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from naru.domain.budget import last_start
from naru.domain.periods import day_in
from naru.portal.accounts.access import actor, role_required
from naru.portal.accounts.models import User
from naru.portal.allocation import actions, pages, queries
from naru.portal.allocation.models import Offer
from naru.portal.applications import queries as applications
from naru.portal.applications.models import Application
from naru.portal.ui import clock
from naru.portal.ui.refusals import attempt


def _own(user: User, pk: int) -> Application:
    related = ("organisation", "call", "offer__vendor", "offer__cloud", "award")
    return get_object_or_404(applications.own(user).select_related(*related), pk=pk)


@require_http_methods(["GET", "POST"])
@role_required("applicant")
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """A place offered, with what follows from either answer; its POST answers."""
    application = _own(actor(request), pk)
    found: Offer | None = getattr(application, "offer", None)
    if found is None:
        raise Http404
    if request.method == "POST":
        return _answer(request, found)
    terms = queries.terms_of(application.call)
    state, tone = pages.offer_state(found, clock.now())
    context = {
        "application": application,
        "offer": found,
        "open": found.answer == "" and found.expires_at > clock.now(),
        "state": state,
        "tone": tone,
        "product": terms.resource(found.product),
        "clause": terms.clause(terms.refill.clause),
        "support": terms.support,
        "contact": terms.contact,
        "award": getattr(application, "award", None),
    }
    return render(request, "allocation/offer.html", context)


def _answer(request: HttpRequest, found: Offer) -> HttpResponse:
    if request.POST.get("answer") == Offer.Answer.ACCEPTED:
        done = _("자리를 받았습니다. 협약을 읽고 서명해 주세요.")
        if attempt(request, actions.accept_offer, done, offer=found):
            return redirect("allocation:agreement", found.application_id)
    elif request.POST.get("answer") == Offer.Answer.DECLINED:
        done = _("제안을 사양했습니다. 불이익은 없습니다.")
        attempt(request, actions.decline_offer, done, offer=found)
    return redirect("allocation:offer", found.application_id)


@require_safe
@role_required("applicant")
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """Where an application stands on the waiting list, what was said of it last, and what must happen."""
    application = _own(actor(request), pk)
    if not queries.listed([application]):
        raise Http404
    terms = queries.terms_of(application.call)
    refill = terms.refill
    last_day = last_start(terms.support.ends, refill.min_months)
    context = {
        "application": application,
        "standing": queries.standing_of(application),
        "product": terms.resource(application.product),
        "clause": terms.clause(refill.clause),
        "refill": refill,
        "last_day": last_day,
        "over": day_in(terms.zone, clock.now()) > last_day,
        "award": getattr(application, "award", None),
        "offer": getattr(application, "offer", None),
    }
    return render(request, "allocation/place.html", context)

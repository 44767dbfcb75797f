"""/applications/<id>/models/: an applicant keeps some of the models, so that a vendor can support them."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from naru.domain.decision import Refused
from naru.portal.accounts.access import actor
from naru.portal.applications import queries
from naru.portal.applications.models import Application
from naru.portal.screening import actions, vendors
from naru.portal.screening.forms_technical import NarrowForm
from naru.portal.ui import clock


@require_http_methods(["GET", "POST"])
@login_required
def narrow(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own models: what was applied for, what is kept, and the form while something may be given up."""
    own = Application.objects.filter(queries.theirs(actor(request)), state=Application.State.SUBMITTED)
    application = get_object_or_404(own.select_related("call", "organisation", "narrowing"), pk=pk)
    now = vendors.models_of(application)
    settled = application.settled_at is not None or application.announced_at is not None
    form = NarrowForm(request.POST or None, [row.name for row in now])
    context = {
        "application": application,
        "now": now,
        "form": form if len(now) > 1 and not settled else None,
        "settled": settled,
        "narrowing": getattr(application, "narrowing", None),
    }
    if form.is_valid():
        try:
            actions.narrow_models(
                by=actor(request), at=clock.now(), application=application, **form.cleaned_data
            )
        except Refused as refused:
            context["refusal"] = refused.finding
        else:
            return redirect("screening:narrow", pk)
    return render(request, "screening/narrow.html", context)

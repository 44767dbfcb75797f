"""The late exception of one application: granted and confirmed by two operators."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from naru.domain.decision import Refused
from naru.portal.accounts.access import actor, role_required
from naru.portal.applications import actions, queries
from naru.portal.applications.forms.exception import ExceptionForm
from naru.portal.applications.views.status import frame_of
from naru.portal.audit.reading import reads
from naru.portal.ui import clock
from naru.portal.ui.refusals import attempt


@require_http_methods(["GET", "POST"])
@role_required("operator")
@reads("application")
def exception(request: HttpRequest, pk: int) -> HttpResponse:
    """What was granted so far; the form to grant one; the button of the second person."""
    application = get_object_or_404(queries.outlines(), pk=pk)
    every = application.late_exceptions.select_related("granted_by", "confirmed_by", "receipt")
    rows = list(every.order_by("-granted_at", "-pk"))
    waiting = next((row for row in rows if row.confirmed_at is None and row.ended_at is None), None)
    if request.POST.get("act") == "confirm" and waiting is not None:
        done = _("예외를 확정하고 신청자에게 메일로 알렸습니다.")
        attempt(request, actions.confirm_exception, done, exception=waiting)
        return redirect("applications:exception", pk)
    form = ExceptionForm(request.POST if request.POST.get("act") == "grant" else None)
    context = frame_of(application, "detail") | {"form": form, "rows": rows, "waiting": waiting}
    if form.is_valid():
        try:
            actions.grant_exception(
                by=actor(request), at=clock.now(), application=application, **form.cleaned_data
            )
        except Refused as refusal:
            context["refusal"] = refusal.finding
        else:
            return redirect("applications:exception", pk)
    return render(request, "applications/exception.html", context)

"""The register of restrictions (참여제한): operators keep it, auditors read it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from naru.portal.accounts.access import actor, role_required
from naru.portal.audit.reading import reads
from naru.portal.organisations import actions, queries
from naru.portal.organisations.forms import GROUNDS, LiftForm, RegisterFilter, RestrictionForm
from naru.portal.ui import clock

ROWS = 50


@require_safe
@role_required("operator", "auditor")
@reads("organisation")
def restrictions(request: HttpRequest) -> HttpResponse:
    """The register, latest first."""
    form = RegisterFilter(request.GET)
    narrowed = form.cleaned_data if form.is_valid() else {}
    today = timezone.localdate(clock.now())
    found = queries.register(text=narrowed.get("text", ""), on=today if narrowed.get("in_force") else None)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "today": today, "grounds": GROUNDS}
    return render(request, "organisations/restrictions.html", context)


@require_http_methods(["GET", "POST"])
@role_required("operator")
def new_restriction(request: HttpRequest) -> HttpResponse:
    """Enter a restriction that another body decided."""
    form = RestrictionForm(request.POST or None)
    if form.is_valid():
        actions.record_restriction(by=actor(request), at=clock.now(), entry=form.entry())
        messages.success(request, _("참여제한을 등록했습니다."))
        return redirect("organisations:restrictions")
    return render(request, "organisations/new_restriction.html", {"form": form})


@require_http_methods(["GET", "POST"])
@role_required("operator")
@reads("organisation")
def lift_restriction(request: HttpRequest, pk: int) -> HttpResponse:
    """End a restriction before its time, with a reason."""
    restriction = get_object_or_404(queries.register(), pk=pk)
    form = LiftForm(request.POST or None)
    if form.is_valid():
        try:
            actions.lift_restriction(
                by=actor(request), at=clock.now(), restriction=restriction, reason=form.cleaned_data["reason"]
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("참여제한을 해제했습니다. 기록은 남습니다."))
            return redirect("organisations:restrictions")
    return render(request, "organisations/lift_restriction.html", {"form": form, "restriction": restriction})

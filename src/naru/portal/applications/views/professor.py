"""/confirmations/: the professor's word on students' applications."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from naru.portal.accounts.access import actor
from naru.portal.applications import actions, queries
from naru.portal.ui.refusals import attempt


@require_safe
@login_required
def confirmations(request: HttpRequest) -> HttpResponse:
    """Students waiting, and the unit's one server."""
    rows = list(queries.confirmations(actor(request)))
    return render(request, "applications/confirmations.html", {"rows": rows})


@require_POST
@login_required
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm one; another professor's student does not exist (404)."""
    application = get_object_or_404(queries.confirmations(actor(request)), pk=pk)
    attempt(request, actions.confirm_student, _("학생의 신청을 확인했습니다."), application=application)
    return redirect("applications:confirmations")

"""The consents of an application with their whole history, and taking one back."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from naru.domain import call as domain
from naru.portal.applications import actions, fields, queries, sections
from naru.portal.applications.models import Application
from naru.portal.applications.views.access import own
from naru.portal.calls import queries as calls
from naru.portal.ui.refusals import attempt


@require_http_methods(["GET", "POST"])
@login_required
def consents(request: HttpRequest, pk: int) -> HttpResponse:
    """What was answered, when and by whom; a consent that stands may be taken back at any time."""
    application = own(request, pk, queries.outlines())
    if request.method == "POST":
        attempt(
            request,
            actions.withdraw_consent,
            _("동의를 철회했습니다. 철회한 때와 사람을 기록했습니다."),
            application=application,
            code=request.POST.get("code", ""),
        )
        return redirect("applications:consents", pk)
    terms = calls.terms(calls.current(application.call))
    return render(
        request,
        "applications/consents.html",
        {"application": application, "call": application.call, "rows": _rows(application, terms)},
    )


def _rows(application: Application, terms: domain.Call) -> list[dict[str, Any]]:
    history = list(application.consents.select_related("answered_by", "call_version"))
    return [
        {
            "consent": one,
            "code": one.id,
            "history": [row for row in history if row.code == one.id],
            "stands": fields.stands(history, one.id),
        }
        for one in sections.asked(terms, application)
    ]

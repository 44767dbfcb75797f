"""/applications/<id>/corrections/: what the applicant is asked to mend, and until when."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from naru.domain.decision import Refused
from naru.portal.accounts.access import actor
from naru.portal.applications import actions as applications
from naru.portal.applications import queries
from naru.portal.applications.models import Application
from naru.portal.calls import queries as calls
from naru.portal.screening import actions
from naru.portal.screening.forms import PARTS, AnswerForm, DocumentAnswerForm
from naru.portal.screening.models import CorrectionRequest
from naru.portal.ui import clock


@require_http_methods(["GET", "POST"])
@login_required
def corrections(request: HttpRequest, pk: int) -> HttpResponse:
    """The applicant's own requests; a POST with `correction` answers one."""
    own = Application.objects.filter(queries.theirs(actor(request))).exclude(number=None)
    application = get_object_or_404(own.select_related("version", "call").defer("version__snapshot"), pk=pk)
    titles: dict[str, Any] = {rule.code: rule.title for rule in calls.terms(application.version).documents}
    parts: dict[str, Any] = dict(PARTS)
    now = clock.now()
    refusal = None
    cards = []
    for row in application.corrections.order_by("answered_at", "due_at"):
        form = _form(request, row, titles) if row.answered_at is None and now < row.due_at else None
        if form is not None and form.is_bound and form.is_valid():
            try:
                _answer(request, row, form)
            except Refused as refused:
                refusal = refused.finding
            else:
                messages.success(request, _("답변을 보냈습니다. 운영기관이 다시 심사합니다."))
                return redirect("screening:corrections", pk=pk)
        cards.append((row, titles.get(row.item) or parts.get(row.item, parts["other"]), form))
    if request.method == "POST" and not any(form and form.is_bound for _row, _title, form in cards):
        raise Http404
    waiting = [row.due_at for row, _title, form in cards if form is not None]
    context = {
        "application": application,
        "cards": cards,
        "refusal": refusal,
        "next_due": min(waiting, default=None),
    }
    return render(request, "screening/corrections.html", context)


def _form(request: HttpRequest, row: CorrectionRequest, titles: dict[str, Any]) -> AnswerForm:
    kind = DocumentAnswerForm if row.item in titles else AnswerForm
    mine = request.method == "POST" and request.POST.get("correction") == str(row.pk)
    return kind(request.POST if mine else None, request.FILES if mine else None, auto_id=f"c{row.pk}_%s")


def _answer(request: HttpRequest, row: CorrectionRequest, form: AnswerForm) -> None:
    """Two acts of the applicant: the new document, when one is sent, and the answer."""
    dates, at, who = form.dates(), clock.now(), actor(request)
    if dates is not None:
        file = form.cleaned_data["file"]
        applications.attach_document(
            by=who,
            at=at,
            application=row.application,
            code=row.item,
            filename=file.name,
            content=file.read(),
            dates=dates,
            until=row.due_at,
        )
    actions.answer_correction(by=who, at=at, correction=row, answer=form.cleaned_data["answer"])

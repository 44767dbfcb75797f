"""/applications/<id>/corrections/: what the applicant is asked to mend, and until when."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from naru.domain.decision import Refused
from naru.portal.accounts.access import actor
from naru.portal.applications import queries
from naru.portal.applications.models import Application
from naru.portal.applications.views import bringing
from naru.portal.applications.views.documents import Card
from naru.portal.calls import queries as calls
from naru.portal.screening import actions
from naru.portal.screening.forms_corrections import AnswerForm
from naru.portal.screening.models import CorrectionRequest
from naru.portal.screening.parts import PARTS
from naru.portal.ui import clock


@dataclass(slots=True, kw_only=True)
class Request:
    """One request on the page: while it may be answered its form, and its document where one is asked."""

    row: CorrectionRequest
    title: Any
    form: AnswerForm | None = None
    asked: bringing.Asked | None = None
    card: Card | None = None


@require_http_methods(["GET", "POST"])
@login_required
def corrections(request: HttpRequest, pk: int) -> HttpResponse:
    """The applicant's own requests; a POST with `correction` answers one, with `bring` its document comes."""
    own = Application.objects.filter(queries.theirs(actor(request))).exclude(number=None)
    application = get_object_or_404(
        own.select_related("version", "call", "organisation").defer("version__snapshot"), pk=pk
    )
    cards = _requests(request, application)
    page = reverse("screening:corrections", args=[pk])
    sent = next((one for one in cards if one.asked is not None and one.asked.is_sent(request)), None)
    if sent is not None and sent.asked is not None:
        sent.card = bringing.take(request, sent.asked)
        if sent.card is None:
            return bringing.kept(request, sent.asked, page)
        if bringing.wants_part(request):
            return bringing.part(request, sent.asked, sent.card, status=422)
    answered = next((one for one in cards if one.form is not None and one.form.is_bound), None)
    if request.method == "POST" and sent is None and answered is None:
        raise Http404
    refusal = None
    if answered is not None and answered.form is not None and answered.form.is_valid():
        try:
            actions.answer_correction(
                by=actor(request), at=clock.now(), correction=answered.row, **answered.form.cleaned_data
            )
        except Refused as refused:
            refusal = refused.finding
        else:
            messages.success(request, _("답변을 보냈습니다."))
            return redirect(page)
    context = _context(application, cards) | {"refusal": refusal}
    return render(request, "screening/corrections.html", context, status=200 if sent is None else 422)


def _requests(request: HttpRequest, application: Application) -> list[Request]:
    """Every request in the order of the page: the unanswered first."""
    rules = {rule.code: rule for rule in calls.terms(application.version).documents}
    parts: dict[str, Any] = dict(PARTS)
    held = {row.code: row for row in application.documents.select_related("file")}
    now, found = clock.now(), []
    for row in application.corrections.order_by("answered_at", "due_at"):
        rule = rules.get(row.item)
        title = rule.title if rule else parts.get(row.item, parts["other"])
        one = Request(row=row, title=title)
        if row.open and now < row.due_at:
            mine = request.method == "POST" and request.POST.get("correction") == str(row.pk)
            one.form = AnswerForm(request.POST if mine else None, auto_id=f"c{row.pk}_%s")
            if rule is not None:
                one.asked = bringing.Asked(
                    application=application,
                    rule=rule,
                    until=row.due_at,
                    held=held.get(rule.code),
                    key=row.pk,
                    in_place=True,
                )
                one.card = one.asked.card
        found.append(one)
    return found


def _context(application: Application, cards: list[Request]) -> dict[str, Any]:
    waiting = [one.row.due_at for one in cards if one.form is not None]
    return {
        "application": application,
        "cards": cards,
        "next_due": min(waiting, default=None),
        "answered": sum(one.row.answered_at is not None for one in cards),
        "asked": sum(one.row.withdrawn_at is None for one in cards),
    }

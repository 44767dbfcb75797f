"""Certificates to renew: the applicant's page, and the operators' list of what is outstanding."""

from collections.abc import Iterator
from datetime import datetime, time

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from naru.domain import call as domain
from naru.domain.decision import Finding, Refused
from naru.portal.accounts.access import actor, role_required
from naru.portal.applications import queries
from naru.portal.applications.models import Application
from naru.portal.applications.views import bringing
from naru.portal.audit.reading import reads
from naru.portal.calls import queries as calls
from naru.portal.screening import actions, owed, pages
from naru.portal.screening.forms import ReasonForm, RenewalFilter
from naru.portal.screening.models import CertificateRenewal
from naru.portal.screening.standing import item_name
from naru.portal.screening.views.queue import tabs
from naru.portal.ui import clock
from naru.portal.ui.refusals import attempt

ROWS = 50


@require_http_methods(["GET", "POST"])
@login_required
def renewals(request: HttpRequest, pk: int) -> HttpResponse:
    """One's certificates to renew; a POST with `bring` brings the new one, its dates settle it."""
    own = Application.objects.filter(queries.theirs(actor(request)), state=Application.State.SUBMITTED)
    application = get_object_or_404(
        own.select_related("version", "call", "organisation").defer("version__snapshot"), pk=pk
    )
    terms = calls.terms(calls.current(application.call))
    page, refusal, cards, status = reverse("screening:renewals", args=[pk]), None, [], 200
    for row, asked in _asked(application, terms):
        card = asked.card if asked else None
        if asked is not None and asked.is_sent(request):
            card = bringing.take(request, asked)
            if card is None:
                refusal = _settled(request, row) if request.GET.get("act") == bringing.DATES else None
                if refusal is None:
                    return bringing.kept(request, asked, page)
                card = asked.card
            elif bringing.wants_part(request):
                return bringing.part(request, asked, card, status=422)
            status = 422
        cards.append((row, item_name(terms, row.document), card))
    waiting = [row.needed_by for row, _title, card in cards if card is not None]
    context = {
        "application": application,
        "cards": cards,
        "refusal": refusal,
        "next_due": _midnight(min(waiting)) if waiting else None,
    }
    return render(request, "screening/renewals.html", context, status=status)


def _asked(
    application: Application, terms: domain.Call
) -> Iterator[tuple[CertificateRenewal, bringing.Asked | None]]:
    """Each renewal, with its document while it is outstanding: the file that lapses is not shown as held."""
    rules = {rule.code: rule for rule in terms.documents}
    held = {row.code: row for row in application.documents.select_related("file")}
    for row in application.renewals.select_related("before"):
        now = held.get(row.document)
        asked = bringing.Asked(
            application=application,
            rule=rules[row.document],
            until=_midnight(terms.support.ends),
            held=now if now is not None and now.file_id != row.before_id else None,
            key=row.pk,
        )
        yield row, asked if row.outstanding else None


def _settled(request: HttpRequest, row: CertificateRenewal) -> Finding | None:
    """Settle the task by the document and the dates it now has; what stands in the way is the answer."""
    try:
        actions.settle_renewal(by=actor(request), at=clock.now(), renewal=row)
    except Refused as refused:
        return refused.finding
    return None


def _midnight(day: object) -> datetime:
    """The instant a day begins in Seoul."""
    return timezone.make_aware(datetime.combine(day, time()))  # type: ignore[arg-type]  # a date


@require_safe
@role_required("operator", "auditor")
@reads("screening")
def outstanding(request: HttpRequest) -> HttpResponse:
    """Every renewal of the call, the outstanding first."""
    desk = pages.desk(request.GET.get("call", ""), request.GET.get("round", ""))
    form = RenewalFilter(request.GET)
    page = Paginator(form.narrowed(owed.renewals(desk.call)), ROWS).get_page(request.GET.get("page"))
    rows = [(row, item_name(desk.terms, row.document)) for row in page]
    context = {"desk": desk, "form": form, "page": page, "rows": rows, "tabs": tabs("renewals")}
    return render(request, "screening/outstanding.html", context)


@require_http_methods(["GET", "POST"])
@role_required("operator")
def waive(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the server be ordered without the renewed certificate, with a reason."""
    rows = CertificateRenewal.objects.filter(renewed_at=None, waived_at=None).select_related("application")
    row = get_object_or_404(rows, pk=pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        done = _("갱신을 면제했습니다.")
        attempt(request, actions.waive_renewal, done, renewal=row, **form.cleaned_data)
        return redirect("screening:outstanding")
    context = {
        "title": _("갱신 면제"),
        "question": _("%(number)s: 갱신한 확인서 없이 서버를 주문하게 합니까?")
        % {"number": row.application.number},
        "consequences": [
            _("확인서의 유효기간은 할당 전에 끝났거나 끝납니다 (E-05)."),
            _("면제한 사람과 사유가 기록으로 남습니다."),
        ],
        "form": form,
        "confirm_label": _("면제하기"),
        "cancel_url": reverse("screening:outstanding"),
    }
    return render(request, "ui/confirm.html", context)

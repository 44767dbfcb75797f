"""/screening/<id>/: claim, evidence, findings and the decision on one page."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from naru.domain.decision import Refused
from naru.domain.support import BY_CODE, standing
from naru.portal.accounts.access import actor, must_send_as, role_required
from naru.portal.accounts.models import Role
from naru.portal.applications.models import EvidenceDocument
from naru.portal.audit.reading import reads
from naru.portal.calls import queries as calls
from naru.portal.organisations import queries as organisations
from naru.portal.screening import actions, pages, queries
from naru.portal.screening.forms import DecideForm, ReasonForm, UnsupportedForm
from naru.portal.screening.models import Screening, TechnicalReview
from naru.portal.screening.views.findings import card_rows
from naru.portal.ui import clock


@require_http_methods(["GET", "POST"])
@role_required("operator", "auditor")
@reads("screening")
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """The card; an operator's POST with `act` decides, asks for a correction, judges anew or lets go on."""
    must_send_as(request, "operator")
    screening = get_object_or_404(queries.card(pk))
    terms = calls.terms(screening.version)
    act = request.POST.get("act", "")
    form_data = {name: request.POST if act == name else None for name in ("decide", "unsupported", "rule")}
    forms: dict[str, Any] = {
        "decide": DecideForm(form_data["decide"]),
        "unsupported": UnsupportedForm(form_data["unsupported"]),
    }
    rows = card_rows(
        queries.ruled(screening),
        screening.application.documents.all(),
        mark=request.POST.get("mark", ""),
        data=form_data["rule"],
        may=actor(request).has_role(Role.OPERATOR),
    )
    if act == "rule":
        forms["rule"] = next((row.form for row in rows if row.mark == request.POST.get("mark", "")), None)
    refusal = None
    if request.method == "POST":
        try:
            if _done(request, screening, act, forms):
                return redirect("screening:card", pk=pk)
        except Refused as refused:
            refusal = refused.finding
    context = _context(screening, terms) | {"forms": forms, "refusal": refusal, "rows": rows}
    return render(request, "screening/card.html", context)


def _done(request: HttpRequest, screening: Screening, act: str, forms: dict[str, Any]) -> bool:
    """Carry the act out; False when its form has errors."""
    who: dict[str, Any] = {"by": actor(request), "at": clock.now()}
    if act == "find":
        actions.find(application=screening.application, **who)
        messages.success(request, _("지금의 자료로 다시 판단했습니다."))
        return True
    form = forms.get(act)
    if form is None or not form.is_valid():
        return False
    said = form.cleaned_data
    if act == "decide":
        actions.decide(screening=screening, decision=said["decision"], reason=said["reason"], **who)
        messages.success(request, _("결정을 저장했습니다."))
    elif act == "rule":
        mark, reason = request.POST.get("mark", ""), said["ruling_reason"]
        actions.rule_finding(screening=screening, mark=mark, after=said["after"], reason=reason, **who)
        messages.success(request, _("판단을 정했습니다. 앞의 판단도 기록에 남습니다."))
    else:
        actions.decide_unsupported(
            application=screening.application,
            decision=said["technical_decision"],
            reason=said["technical_reason"],
            **who,
        )
        messages.success(request, _("기술검토 결과에 대한 결정을 저장했습니다."))
    return True


def _context(screening: Screening, terms: Any) -> dict[str, Any]:
    application = screening.application
    reviews = list(application.technical_reviews.all())
    register = queries.register(terms, [application.unit]).get(application.unit, [])
    return {
        "screening": screening,
        "application": application,
        "rulings": list(screening.rulings.all()),
        "clauses": pages.clauses(terms),
        "titles": {rule.code: rule.title for rule in terms.documents},
        "product": terms.resource(application.product).title,
        "register": register,
        "reviews": [(review, pages.claim_for(application, review.vendor.code)) for review in reviews],
        "organisation": application.organisation,
        "let_in_late": queries.let_in_late(application) if getattr(screening, "late", True) else [],
        "status": organisations.latest_status(application.organisation),
        "reasons": {code: reason.text for code, reason in BY_CODE.items()},
        "standing": standing(queries.answers(reviews)),
        "technical": getattr(application, "technical_decision", None),
        "duplicates": [
            number
            for pk, number in queries.held_units(application.call, [application.unit]).get(
                application.unit, []
            )
            if pk != application.pk
        ],
        "decided": screening.decision in ("eligible", "ineligible"),
    }


@require_safe
@role_required("operator", "auditor")
@reads("document")
def document(_request: HttpRequest, pk: int, document: int) -> FileResponse:
    """An evidence document of the application, as a download."""
    row = get_object_or_404(
        EvidenceDocument.objects.select_related("file"), pk=document, application__screening=pk
    )
    return FileResponse(
        row.file.content.open("rb"),
        as_attachment=True,
        filename=row.filename,
        content_type=row.file.media_type or "application/octet-stream",
    )


@require_http_methods(["GET", "POST"])
@role_required("operator")
@reads("technical_review")
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a vendor answer again, after looking at what that means."""
    review = get_object_or_404(
        TechnicalReview.objects.select_related("vendor", "application__screening").exclude(verdict=""), pk=pk
    )
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        actions.reopen_review(
            by=actor(request), at=clock.now(), review=review, reason=form.cleaned_data["reason"]
        )
        messages.success(request, _("반도체사가 다시 답할 수 있습니다."))
        return redirect("screening:card", pk=review.application.screening.pk)
    context = {
        "title": _("기술검토 다시 받기"),
        "question": _("%(vendor)s의 답변을 지우고 다시 받습니까?") % {"vendor": review.vendor},
        "consequences": [_("지금의 판정은 감사 기록에만 남습니다."), _("반도체사의 목록에 다시 나타납니다.")],
        "form": form,
        "confirm_label": _("다시 받기"),
        "cancel_url": reverse("screening:card", args=[review.application.screening.pk]),
    }
    return render(request, "ui/confirm.html", context)

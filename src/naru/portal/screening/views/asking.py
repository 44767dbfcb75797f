"""/screening/<id>/ask/ and the operator's acts on a request: several items at once, more time, taken back."""

from datetime import datetime, time, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from naru.domain.decision import Refused
from naru.portal.accounts.access import actor, role_required
from naru.portal.audit.reading import reads
from naru.portal.calls import queries as calls
from naru.portal.screening import actions, queries, texts
from naru.portal.screening.forms import ReasonForm
from naru.portal.screening.forms_corrections import AskRows, DueForm, ExtendForm, TextForm, asked
from naru.portal.screening.models import CorrectionRequest
from naru.portal.ui import clock
from naru.portal.ui.refusals import attempt


def due_after(now: datetime, days: int) -> datetime:
    """A proposal for the due instant: six in the evening, some days on."""
    day = timezone.localdate(now) + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(18)))


@require_http_methods(["GET", "POST"])
@role_required("operator")
@reads("screening")
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """What the findings suggest, each with its words filled in, to be marked, changed and asked together."""
    screening = get_object_or_404(queries.card(pk))
    application, terms, data = screening.application, calls.terms(screening.version), request.POST or None
    documents = [
        (rule.code, rule.title)
        for rule in terms.documents
        if application.kind in rule.kinds or application.sector in rule.parties
    ]
    found = [queries.as_finding(row) for row in screening.findings.all()]
    waiting = {row.item for row in application.corrections.all() if row.open}
    proposed = [
        {"ask": one.item not in waiting, "item": one.item, "message": one.message}
        for one in texts.proposals(terms, found, application.applicant.language)
    ]
    rows = AskRows(data, initial=proposed, form_kwargs={"documents": documents}, prefix="asks")
    allowed = terms.corrections  # without it in the call the operator names the day
    due = DueForm(data, due_at=due_after(clock.now(), allowed.answer_days) if allowed else None)
    context = {"screening": screening, "application": application, "rows": rows, "due": due}
    if data and rows.is_valid() and due.is_valid():
        try:
            made = actions.request_corrections(
                by=actor(request),
                at=clock.now(),
                application=application,
                asked=asked(rows),
                due_at=due.cleaned_data["due_at"],
            )
        except Refused as refusal:
            context["refusal"] = refusal.finding
        else:
            messages.success(
                request, _("보완 %(count)s건을 요청하고 신청자에게 메일을 보냅니다.") % {"count": len(made)}
            )
            return redirect("screening:card", pk)
    return render(request, "screening/ask.html", context)


@require_http_methods(["GET", "POST"])
@role_required("operator")
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """More time for one request, with its reason."""
    row = _request(pk)
    allowed = calls.terms(row.application.screening.version).corrections
    later = due_after(max(clock.now(), row.due_at), allowed.extension_days) if allowed else None
    form = ExtendForm(request.POST or None, due_at=later)
    if form.is_valid():
        done = _("기한을 늘리고 신청자에게 메일을 보냅니다.")
        attempt(request, actions.extend_correction, done, correction=row, **form.cleaned_data)
        return redirect("screening:card", row.application.screening.pk)
    consequences = [_("신청자에게 새 기한과 사유를 메일로 알립니다."), _("앞의 기한은 감사 기록에 남습니다.")]
    return _confirm(request, row, form, _("보완 기한 늘리기"), consequences, _("기한 늘리기"))


@require_http_methods(["GET", "POST"])
@role_required("operator")
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one request back, with its reason."""
    row = _request(pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        done = _("보완 요청을 취소하고 신청자에게 메일을 보냅니다.")
        attempt(request, actions.withdraw_correction, done, correction=row, **form.cleaned_data)
        return redirect("screening:card", row.application.screening.pk)
    consequences = [
        _("신청자는 이 항목에 답하지 않아도 됩니다."),
        _("취소한 요청과 사유는 기록으로 남습니다."),
    ]
    return _confirm(request, row, form, _("보완 요청 취소"), consequences, _("요청 취소하기"))


def _request(pk: int) -> CorrectionRequest:
    rows = (
        queries.open_corrections()
        .select_related("application__screening__version")
        .defer("application__screening__version__snapshot")
    )
    return get_object_or_404(rows, pk=pk)


def _confirm(
    request: HttpRequest,
    row: CorrectionRequest,
    form: ReasonForm | ExtendForm,
    title: str,
    consequences: list[str],
    label: str,
) -> HttpResponse:
    context = {
        "title": title,
        "question": f"{row.application.number}: {row.message}",
        "consequences": consequences,
        "form": form,
        "confirm_label": label,
        "cancel_url": reverse("screening:card", args=[row.application.screening.pk]),
    }
    return render(request, "ui/confirm.html", context)


@require_http_methods(["GET", "POST"])
@role_required("operator")
def wording(request: HttpRequest, kind: str = "") -> HttpResponse:
    """The words of each kind of request; a POST to one kind keeps the operator's own."""
    known = texts.texts()
    if kind and kind not in known:
        raise Http404
    form = TextForm(request.POST if kind else None)
    if kind and form.is_valid():
        done = _("문구를 저장했습니다.")
        attempt(request, actions.keep_text, done, code=kind, **form.cleaned_data)
        return redirect("screening:texts")
    rows = [
        (code, form if code == kind and form.is_bound else TextForm(initial={"ko": text.ko, "en": text.en}))
        for code, text in known.items()
    ]
    shown = {"rows": rows, "places": texts.PLACES, "titles": texts.TITLES}
    return render(request, "screening/texts.html", shown)

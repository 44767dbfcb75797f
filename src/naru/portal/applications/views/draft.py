"""Working on an application: its form, its documents, submission, receipt, withdrawal."""

from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from naru.domain.decision import Refused
from naru.domain.papers import document_groups
from naru.portal.accounts.access import actor
from naru.portal.applications import actions, queries
from naru.portal.applications.answers import KpiAnswer, ModelAnswer
from naru.portal.applications.forms.answers import AnswersForm, KpiRows, ModelRows, filled, stored
from naru.portal.applications.forms.check import DocumentForm, SubmitForm, WithdrawForm
from naru.portal.applications.models import Application
from naru.portal.applications.views.access import own, readable
from naru.portal.applications.views.status import context_of
from naru.portal.calls import queries as calls
from naru.portal.organisations.models import Supplier
from naru.portal.ui import clock
from naru.portal.ui.refusals import attempt


@require_safe
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """One's applications."""
    rows = list(queries.own(actor(request)))
    return render(request, "applications/index.html", {"rows": rows, "open": calls.open_rounds(clock.now())})


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form: everything is saved together and nothing is required until submission."""
    application = own(request, pk)
    context = context_of(application, "edit")
    if application.state == Application.State.SUBMITTED:
        return redirect(application)
    terms, data = context["terms"], request.POST or None
    clouds = [(one.code, one.name) for one in Supplier.objects.filter(kind=Supplier.Kind.CLOUD)]
    form = AnswersForm(
        data, terms=terms, application=application, clouds=clouds, initial=stored(application, terms)
    )
    kpis = KpiRows(data, prefix="kpis", initial=list(application.kpis.values(*KPI)))
    models = ModelRows(data, prefix="models", initial=list(application.models.values(*MODEL)))
    if data and form.is_valid() and kpis.is_valid() and models.is_valid():
        answers = form.answers(
            tuple(KpiAnswer(**row) for row in filled(kpis)),
            tuple(ModelAnswer(**row) for row in filled(models)),
        )
        try:
            actions.save_answers(by=actor(request), at=clock.now(), application=application, answers=answers)
        except Refused as refusal:
            context["refusal"] = refusal.finding
        else:
            messages.success(request, _("저장했습니다. 아직 제출된 것은 아닙니다."))
            return redirect("applications:edit", pk)
    context |= {"form": form, "kpis": kpis, "models": models}
    return render(request, "applications/edit.html", context)


MODEL = ("name", "family", "primary")
KPI = ("name", "unit", "direction", "baseline", "target", "how_measured")


@require_http_methods(["GET", "POST"])
@login_required
def documents(request: HttpRequest, pk: int, code: str = "") -> HttpResponse:
    """The documents owed by the answers, each with its own upload."""
    application = own(request, pk)
    context = context_of(application, "documents")
    groups = document_groups(context["terms"], queries.applicant(application))
    form = DocumentForm(request.POST or None, request.FILES or None)
    if code and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            actions.attach_document(
                by=actor(request),
                at=clock.now(),
                application=application,
                code=code,
                filename=upload.name,
                content=upload.read(),
                dates=form.dates(),
            )
        except Refused as refusal:
            context["refusal"] = refusal.finding
        else:
            messages.success(request, _("서류를 올렸습니다."))
            return redirect("applications:documents", pk)
    held = {document.code: document for document in application.documents.all()}
    context |= {
        "groups": [[(rule, held.get(rule.code)) for rule in group] for group in groups],
        "form": form if code else DocumentForm(),
        "code": code,
    }
    return render(request, "applications/documents.html", context)


@require_safe
@login_required
def download(request: HttpRequest, pk: int, document: int) -> HttpResponseBase:
    """One document, as an attachment, to the applicant, operators and auditors."""
    found = next((one for one in readable(request, pk).documents.all() if one.pk == document), None)
    if found is None:
        raise Http404
    return FileResponse(
        found.file.content.open("rb"),
        as_attachment=True,
        filename=found.filename,
        content_type=found.file.media_type,
        headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"},
    )


@require_http_methods(["GET", "POST"])
@login_required
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand it in: a page of its own, so that nothing is submitted by accident."""
    application = own(request, pk)
    context = context_of(application, "submit")
    form = SubmitForm(request.POST or None, initial={"key": uuid4().hex})
    if form.is_valid():
        try:
            actions.submit(by=actor(request), at=clock.now(), application=application, **form.cleaned_data)
        except Refused as refusal:
            context["refusal"] = refusal.finding
        else:
            return redirect("applications:receipt", pk)
    context["form"] = form
    return render(request, "applications/submit.html", context)


@require_safe
@login_required
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt of the latest submission, to print."""
    application = readable(request, pk)
    made = application.receipts.order_by("-revision").first()
    if made is None:
        raise Http404
    return render(
        request, "applications/receipt.html", context_of(application, "receipt") | {"receipt": made}
    )


@require_http_methods(["GET", "POST"])
@login_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back, knowing what follows."""
    application = own(request, pk)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        done = _("신청을 철회했습니다.")
        attempt(request, actions.withdraw, done, application=application, **form.cleaned_data)
        return redirect(application)
    again = _("접수 마감 전이면 고쳐서 다시 제출할 수 있고 접수번호는 그대로입니다 (A-03).")
    over = _("접수가 마감되어 다시 제출할 수 없습니다 (A-03).")
    context = {
        "base_template": "base.html",
        "title": _("신청 철회"),
        "question": _("%(number)s 신청을 거두어들일까요?") % {"number": application.number},
        "consequences": [
            _("심사와 평가 대상에서 빠집니다."),
            again if context_of(application)["open"] else over,
            _("제출했던 내용과 접수증은 기록으로 남습니다."),
        ],
        "form": form,
        "confirm_label": _("철회하기"),
        "cancel_url": reverse("applications:detail", args=[pk]),
        "danger": True,
    }
    return render(request, "ui/confirm.html", context)

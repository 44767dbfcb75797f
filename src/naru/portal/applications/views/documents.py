"""The evidence documents of an application: what is owed, uploading, dates, taking away, reading one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from naru.domain.admission import DocumentRule
from naru.domain.decision import Finding, Refused
from naru.portal.accounts.access import actor
from naru.portal.applications import actions, queries, refused_files
from naru.portal.applications.answers import DocumentDates
from naru.portal.applications.forms.documents import DatesForm, UploadForm, dates_needed, initial_dates
from naru.portal.applications.judging import judge_upload
from naru.portal.applications.models import Application, StoredFile
from naru.portal.applications.papers import Paper, papers
from naru.portal.applications.views.access import own, readable
from naru.portal.applications.views.status import context_of
from naru.portal.audit.reading import reads
from naru.portal.calls import queries as calls
from naru.portal.ui import clock
from naru.portal.ui.uploads import was_cut

FRAGMENT = "X-Fragment"  # the script of the page asks for one document's part of it only


@dataclass(frozen=True, slots=True)
class Card:
    """A document on the page, with its two forms and what was refused just now."""

    paper: Paper
    upload: UploadForm
    dates: DatesForm | None
    suggested: bool
    owes_dates: bool
    refused: tuple[Finding, ...] = ()


@require_safe
@login_required
def documents(request: HttpRequest, pk: int) -> HttpResponse:
    """The documents owed by the answers, each with how it stands and its own upload."""
    return _page(request, own(request, pk))


@require_http_methods(["GET", "POST"])
@login_required
def attach(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Upload one document; the script gets that document's part of the page, a form the whole page."""
    application = own(request, pk)
    if request.method == "GET":
        return redirect(f"{reverse('applications:documents', args=[pk])}#{code}")
    form, refused = take_file(request, application, code)
    if form.is_valid() and not refused:
        return _done(request, pk, code, _("서류를 올렸습니다."))
    return _page(request, application, code=code, upload=form, refused=refused)


def take_file(
    request: HttpRequest, application: Application, code: str, until: datetime | None = None
) -> tuple[UploadForm, tuple[Finding, ...]]:
    """Judge and keep the file that was sent; kept when the form is valid and nothing is refused."""
    form = UploadForm(request.POST, request.FILES, auto_id=f"{code}_%s")
    act: Any = {"by": actor(request), "at": clock.now(), "application": application, "code": code}
    try:
        if was_cut(request):
            raise refused_files.file_too_long(settings.NARU_UPLOAD_BYTES)
        if form.is_valid():
            file = judge_upload(upload=form.cleaned_data["file"], until=until, **act)
            actions.attach_document(file=file, dates=DocumentDates(), until=until, **act)
    except refused_files.FileRefused as refusal:
        return form, refusal.findings
    except Refused as refusal:
        return form, (refusal.finding,)
    return form, ()


def take_dates(
    request: HttpRequest, application: Application, rule: DocumentRule, until: datetime | None = None
) -> tuple[DatesForm, tuple[Finding, ...]]:
    """Keep the dates that were sent; kept when the form is valid and nothing is refused."""
    form = DatesForm(request.POST, rule=rule, auto_id=f"{rule.code}_%s")
    act: Any = {"by": actor(request), "at": clock.now(), "application": application, "code": rule.code}
    if form.is_valid():
        try:
            actions.date_document(dates=form.dates(), until=until, **act)
        except Refused as refusal:
            return form, (refusal.finding,)
    return form, ()


@require_POST
@login_required
def dates(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Keep the dates a person has read on a document."""
    application = own(request, pk)
    rule = next(
        (one for one in calls.terms(calls.current(application.call)).documents if one.code == code), None
    )
    if rule is None:
        raise Http404
    form, refused = take_dates(request, application, rule)
    if form.is_valid() and not refused:
        return _done(request, pk, code, _("날짜를 저장했습니다."))
    return _page(request, application, code=code, dates=None if refused else form, refused=refused)


@require_http_methods(["GET", "POST"])
@login_required
def remove(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Take one document away, after asking."""
    application = own(request, pk)
    held = next((one for one in application.documents.all() if one.code == code), None)
    if held is None:
        raise Http404
    back = f"{reverse('applications:documents', args=[pk])}#{code}"
    if request.method == "POST":
        try:
            actions.remove_document(by=actor(request), at=clock.now(), application=application, code=code)
        except Refused as refusal:
            return _page(request, application, code=code, refused=(refusal.finding,))
        messages.success(request, _("서류를 지웠습니다."))
        return redirect(back)
    context = {
        "base_template": "base.html",
        "title": _("서류 지우기"),
        "question": _("%(file)s을(를) 지울까요?") % {"file": held.filename},
        "consequences": [
            _("제출하기 전에 다시 올릴 수 있습니다."),
            _("다른 파일로 바꾸려면 지우지 않고 바로 올리면 됩니다."),
        ],
        "confirm_label": _("지우기"),
        "cancel_url": back,
        "danger": True,
    }
    return render(request, "ui/confirm.html", context)


@require_safe
@login_required
@reads("document")
def download(request: HttpRequest, pk: int, document: int) -> HttpResponseBase:
    """One document, as an attachment, to the applicant, operators and auditors."""
    found = next((one for one in readable(request, pk).documents.all() if one.pk == document), None)
    if found is None:
        raise Http404
    return served(found.file, found.filename)


def served(file: StoredFile, filename: str) -> FileResponse:
    """A stored file as an attachment that no browser opens by itself, whatever it holds."""
    return FileResponse(
        file.content.open("rb"),
        as_attachment=True,
        filename=filename,
        content_type=file.media_type or "application/octet-stream",
        headers={
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "private, no-store",
        },
    )


def _done(request: HttpRequest, pk: int, code: str, said: str) -> HttpResponse:
    """The document's part anew for the script; else back to it on the page."""
    if FRAGMENT in request.headers:
        return _page(request, own(request, pk), code=code, said=said)
    messages.success(request, said)
    return redirect(f"{reverse('applications:documents', args=[pk])}#{code}")


def _page(
    request: HttpRequest,
    application: Application,
    *,
    code: str = "",
    upload: UploadForm | None = None,
    dates: DatesForm | None = None,
    refused: tuple[Finding, ...] = (),
    said: str = "",
) -> HttpResponse:
    """The page, or one document's part of it; 422 when what was sent is not taken."""
    context = context_of(application, "documents")
    cards = [
        card_of(paper, upload, dates, refused) if paper.rule.code == code else card_of(paper)
        for paper in papers(application, context["terms"], queries.applicant(application))
    ]
    mine = next((card for card in cards if card.paper.rule.code == code), None)
    status = 422 if refused or (upload and upload.errors) or (dates and dates.errors) else 200
    if FRAGMENT in request.headers and mine is not None:
        context |= {"card": mine, "said": said}
        return render(request, "applications/document.html", context, status=status)
    elsewhere = refused if mine is None else ()  # the answers no longer ask for it, or the call never did
    context |= {"cards": cards, "refused": elsewhere, "max_bytes": settings.NARU_UPLOAD_BYTES}
    return render(request, "applications/documents.html", context, status=status if mine else 200)


def card_of(
    paper: Paper,
    upload: UploadForm | None = None,
    dates: DatesForm | None = None,
    refused: tuple[Finding, ...] = (),
) -> Card:
    """How the document shows: what was sent just now, else what is kept, else the dates read from it."""
    code, held, suggested = paper.rule.code, paper.held, False
    if held is not None and dates is None:
        initial, suggested = initial_dates(paper.rule, held, held.file.suggestions)
        dates = DatesForm(rule=paper.rule, initial=initial, auto_id=f"{code}_%s")
    return Card(
        paper=paper,
        upload=upload or UploadForm(auto_id=f"{code}_%s"),
        dates=dates if held is not None else None,
        suggested=suggested,
        owes_dates=held is not None and dates_needed(paper.rule, held),
        refused=refused,
    )

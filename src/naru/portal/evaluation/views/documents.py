"""/evaluation/mine/<id>/documents/: the evidence of one's own application, each opening written down."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from naru.domain.decision import Refused
from naru.portal.accounts.access import actor, role_required
from naru.portal.applications.views.documents import served
from naru.portal.audit.reading import reads
from naru.portal.evaluation import actions, queries
from naru.portal.evaluation import documents as papers
from naru.portal.ui import clock


def locked(row: Any) -> tuple[str, str] | None:
    """What has to be done before an assignment opens: (what to say, page); None when it is open."""
    if not row.pledged:
        return _("신청 내용을 열기 전에 서약해 주십시오."), "evaluation:pledge"
    if row.declaration_id is None:
        return _("신청 내용을 열기 전에 이해관계를 밝혀 주십시오."), "evaluation:declaration"
    return None


def to_unlock(request: HttpRequest, row: Any) -> HttpResponse | None:
    """Lead to what has to be done first, if anything."""
    missing = locked(row)
    if missing is None:
        return None
    messages.warning(request, missing[0])
    return redirect(missing[1], row.application.call.slug)


@require_safe
@role_required("reviewer")
@reads("document")
def documents(request: HttpRequest, pk: int) -> HttpResponse:
    """The documents there are, by their titles."""
    row = get_object_or_404(queries.desk(actor(request), clock.now()).prefetch_related(None), pk=pk)
    if first := to_unlock(request, row):
        return first
    context = {"assignment": row, "application": row.application, "documents": papers.titled(row.application)}
    return render(request, "evaluation/documents.html", context)


@require_safe
@role_required("reviewer")
@reads("document")
def download(request: HttpRequest, pk: int, document: int) -> HttpResponseBase:
    """One document as an attachment; the reading is one event."""
    row = get_object_or_404(queries.desk(actor(request), clock.now()).prefetch_related(None), pk=pk)
    if first := to_unlock(request, row):
        return first
    try:
        found = actions.open_document(by=actor(request), at=clock.now(), assignment=row, document=document)
    except Refused as refused:
        raise Http404 from refused
    extension = found.filename.rpartition(".")[2]
    return served(found.file, f"{row.application.number}-{found.code}.{extension}")

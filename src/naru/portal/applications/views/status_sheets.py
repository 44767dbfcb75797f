"""The status sheets [2-1]/[2-2]: the operator takes one out as XLSX; everybody of staff sees who did."""

from tempfile import TemporaryFile

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from naru.documents.kinds import KINDS
from naru.documents.sheet import write_sheet
from naru.portal.accounts.access import actor, refusal, role_required
from naru.portal.applications import actions, queries
from naru.portal.applications.forms.status_sheet import StatusSheetForm
from naru.portal.applications.status_sheet import choices_of, sheet_of
from naru.portal.audit.reading import reads
from naru.portal.calls import queries as calls
from naru.portal.ui import clock


@require_http_methods(["GET", "POST"])
@role_required("operator", "auditor")
@reads("application")
def status_sheets(request: HttpRequest) -> HttpResponseBase:
    """Choose a sheet and say why; the answer is the file. The list below says who took which."""
    person, now = actor(request), clock.now()
    may = person.has_role("operator")
    if request.method == "POST" and not may:
        raise PermissionDenied(refusal("operator"))
    sheets = [
        sheet
        for call in calls.published()
        for sheet in choices_of(call, calls.terms(call.newest_first[0]))  # type: ignore[attr-defined]
    ]
    form = StatusSheetForm(request.POST or None, sheets=sheets) if may else None
    if form is not None and form.is_valid():
        choice = form.choice()
        _export, rows = actions.export_status_sheet(
            by=person, at=now, choice=choice, reason=form.cleaned_data["reason"]
        )
        made_at = timezone.localtime(now).strftime("%Y-%m-%d %H:%M")
        file = TemporaryFile()  # noqa: SIM115 - the response closes it when it is sent
        write_sheet(sheet_of(choice, rows, made_at), file)
        file.seek(0)
        return FileResponse(
            file,
            as_attachment=True,
            filename=choice.filename,
            content_type=KINDS["xlsx"].media_type,
            headers={"Cache-Control": "private, no-store"},
        )
    context = {"form": form, "sheets": sheets, "exports": queries.sheet_exports()}
    return render(request, "applications/status_sheets.html", context)

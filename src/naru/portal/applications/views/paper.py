"""The application form as an HWPX file: of an application with its answers, or blank for anybody."""

from io import BytesIO

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from naru.documents.hwpx_form import write_form
from naru.documents.kinds import KINDS
from naru.portal.applications.answers import Answers
from naru.portal.applications.paper.kept import answers_of, cloud_names, form_of_application
from naru.portal.applications.paper.printing import Asked, Whose, asked, form_of, printed
from naru.portal.applications.views.access import own
from naru.portal.calls import queries as calls


@require_safe
@login_required
def form_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The form of one's own application with what has been answered so far."""
    application = own(request, pk)
    form = form_of_application(application, calls.terms(calls.current(application.call)))
    return _file(form, answers_of(application), f"이용신청서_{application.number or application.pk}.hwpx")


@require_safe
def blank_form(_request: HttpRequest, slug: str, code: str) -> HttpResponseBase:
    """The empty form of a sector, by the code the call gives it; needs no account."""
    call = get_object_or_404(calls.published(), slug=slug)
    terms = calls.terms(call.newest_first[0])  # type: ignore[attr-defined]  # set by the query
    for party in terms.parties:
        if (form := form_of(terms, party.id)) is not None and form.code == code:
            return _file(
                asked(terms, party, cloud_names(), Whose()), Answers(), f"이용신청서_{slug}_{code}.hwpx"
            )
    raise Http404


def _file(form: Asked, answers: Answers, filename: str) -> FileResponse:
    return FileResponse(
        BytesIO(write_form(printed(form, answers))),
        as_attachment=True,
        filename=filename,
        content_type=KINDS["hwpx"].media_type,
        headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"},
    )

"""A filled HWPX form put into the draft: first what would change and what has no place, then the save."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from naru.documents import form_labels
from naru.documents.filled_form import read_filled
from naru.domain.decision import Refused
from naru.portal.accounts.access import actor
from naru.portal.applications import actions
from naru.portal.applications.forms.filled import ConfirmForm, FilledForm
from naru.portal.applications.models import Application
from naru.portal.applications.paper.kept import answers_of, form_of_application
from naru.portal.applications.paper.placing import Proposal, propose
from naru.portal.applications.views.access import own
from naru.portal.applications.views.status import context_of
from naru.portal.ui import clock

SALT = "naru.applications.filled"
HOUR = 3600  # seconds a preview may be confirmed for


@require_http_methods(["GET", "POST"])
@login_required
def filled(request: HttpRequest, pk: int) -> HttpResponse:
    """Upload a filled form, look at what it would change, put it in by the ordinary save."""
    application = own(request, pk)
    context = context_of(application, "edit")
    if application.state == Application.State.SUBMITTED:
        return redirect(application)
    context["form"] = FilledForm()
    if "read" in request.POST:
        return _confirmed(request, application, context)
    if request.method == "POST":
        context["form"] = form = FilledForm(request.POST, request.FILES)
        if form.is_valid():
            upload = form.cleaned_data["file"]
            found = read_filled(upload.read(), upload.name)
            if isinstance(found, form_labels.FilledForm):
                context |= _preview(application, context, found)
            else:
                context["refused"] = found
    return render(request, "applications/filled.html", context)


def _confirmed(request: HttpRequest, application: Application, context: dict[str, Any]) -> HttpResponse:
    """Put in what was shown; when the draft changed since, show it anew instead."""
    try:
        said = signing.loads(request.POST["read"], salt=SALT, max_age=HOUR)
        read, saves = form_labels.FilledForm.of(said["read"]), said["saves"]
        mine = said["application"] == application.pk
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        mine = False
    if not mine:
        messages.error(request, _("미리보기가 오래되었습니다. 파일을 다시 올려 주십시오."))
        return redirect("applications:filled", application.pk)
    if saves != application.saves:
        messages.warning(request, _("그 사이에 신청서가 바뀌었습니다. 바뀔 내용을 다시 확인해 주십시오."))
        return render(request, "applications/filled.html", context | _preview(application, context, read))
    proposal = _proposal(application, context, read)
    try:
        actions.save_answers(
            by=actor(request), at=clock.now(), application=application, answers=proposal.answers
        )
    except Refused as refusal:
        context["refused"] = (refusal.finding,)
        return render(request, "applications/filled.html", context)
    messages.success(
        request,
        _("파일에서 %(count)d가지를 옮겨 적었습니다. 아직 제출된 것은 아닙니다.")
        % {"count": len(proposal.changes)},
    )
    return redirect("applications:edit", application.pk)


def _proposal(application: Application, context: dict[str, Any], read: form_labels.FilledForm) -> Proposal:
    return propose(form_of_application(application, context["terms"]), read, answers_of(application))


def _preview(
    application: Application, context: dict[str, Any], read: form_labels.FilledForm
) -> dict[str, Any]:
    said = {"read": read.data(), "saves": application.saves, "application": application.pk}
    signed = signing.dumps(said, salt=SALT, compress=True)
    return {
        "proposal": _proposal(application, context, read),
        "confirm": ConfirmForm(initial={"read": signed}),
    }

"""Files that wait for the malware scanner: what they are, whose, and another look at them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from naru.portal.accounts.access import actor, role_required
from naru.portal.applications import actions, queries, reasons
from naru.portal.applications.judging import judge_again
from naru.portal.applications.models import StoredFile
from naru.portal.audit.reading import reads
from naru.portal.ui import clock

SAID = {
    StoredFile.Verdict.ACCEPTED: (messages.SUCCESS, _("통과했습니다.")),
    StoredFile.Verdict.REFUSED: (messages.WARNING, _("받을 수 없는 파일입니다. 신청자에게 메일을 보냅니다.")),
    StoredFile.Verdict.QUARANTINED: (
        messages.WARNING,
        _("아직 검사할 수 없습니다. 검사기가 답하지 않습니다."),
    ),
}


@require_safe
@role_required("operator", "auditor")
@reads("document")
def quarantine(request: HttpRequest) -> HttpResponse:
    """Every quarantined file, the longest waiting first."""
    rows = [(file, reasons.findings(file.reasons)) for file in queries.quarantined()]
    context = {"rows": rows, "may": actor(request).has_role("operator")}
    return render(request, "applications/quarantine.html", context)


@require_POST
@role_required("operator")
def rescan(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at one file again, now."""
    file = next((one for one in queries.quarantined() if one.pk == pk), None)
    if file is None:
        raise Http404
    judged = judge_again(file)
    after = actions.rescan_file(by=actor(request), at=clock.now(), file=file, judged=judged)
    level, said = SAID[StoredFile.Verdict(after.verdict)]
    messages.add_message(request, level, said)
    return redirect("applications:quarantine")

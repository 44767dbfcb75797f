"""/evaluation/remind/: a press that mails the reviewers who still owe sheets."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from naru.domain.decision import Refused
from naru.portal.accounts.access import actor, role_required
from naru.portal.evaluation import actions
from naru.portal.screening.pages import desk
from naru.portal.ui import clock
from naru.portal.ui.wording import localised


@require_POST
@role_required("operator")
def remind(request: HttpRequest) -> HttpResponse:
    """Mail them, and say how many; a refusal says why with its clause."""
    here = desk(request.GET.get("call", ""), request.GET.get("round", ""))
    try:
        sent = actions.remind_reviewers(
            by=actor(request), at=clock.now(), call=here.call, round_id=here.round.id
        )
    except Refused as refused:
        found = refused.finding
        mend = localised(found.mend) if found.mend else ""
        messages.warning(request, f"{localised(found.reason)} {mend} ({found.clause})")
    else:
        messages.success(request, _("평가위원 %(count)s명에게 알림을 보냅니다.") % {"count": sent})
    return redirect(f"{reverse('evaluation:coverage')}?call={here.call.slug}&round={here.round.id}")

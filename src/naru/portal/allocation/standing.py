"""What the applicant's page shows of the award: agreement, server, and where to give it up."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from naru.portal.allocation.models import Award, Server
from naru.portal.allocation.queries import ACTIVE
from naru.portal.applications.models import Application
from naru.portal.applications.standing import Line

RELATED = ("award__agreement", "award__server")
STEPS = {"in_use": "progress", "ended": "checks"}
TONES = {
    "agreement": "wait",
    "ordered": "active",
    "in_use": "ok",
    "withdrawn": "neutral",
    "excluded": "bad",
    "ended": "neutral",
}


def lines(application: Application, at: datetime) -> Iterator[Line]:  # noqa: ARG001 - states, not dates
    """The award with what its person has to do, and the way out of it while it lasts."""
    award = getattr(application, "award", None)
    if award is None:
        return
    asked, page = _asked(award)
    yield Line(
        step=STEPS.get(award.state, "allocation"),
        label=_("할당"),
        state=award.get_state_display(),
        tone=TONES[award.state],
        asked=asked,
        url=reverse(page, args=[application.pk]),
    )
    if award.state in ACTIVE:
        yield Line(
            step="allocation",
            label=_("중도포기"),
            state="",
            way_out=True,
            note=_("포기하면 참여제한이 따를 수 있습니다 (L-03)."),
            url=reverse("allocation:withdrawal", args=[application.pk]),
        )


def _asked(award: Award) -> tuple[str, str]:
    """What is asked of the awardee, and the page to open."""
    if award.state == Award.State.AGREEMENT:
        signed = hasattr(award, "agreement")
        return ("" if signed else _("협약을 읽고 서명하십시오.")), "allocation:agreement"
    server = getattr(award, "server", None)
    delivered = server is not None and server.state == Server.State.DELIVERED
    return (_("서버를 확인하고 인수하십시오.") if delivered else ""), "allocation:server"

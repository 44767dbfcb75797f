"""What the applicant's page shows of the award: agreement, server, and where to give it up."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from naru.portal.allocation import queries
from naru.portal.allocation.models import Award, Offer, Server
from naru.portal.allocation.pages import TONES, offer_state, offer_story, story
from naru.portal.allocation.queries import ACTIVE
from naru.portal.applications.models import Application
from naru.portal.applications.standing import Line, Terms, Told

RELATED = (
    "award__agreement__signed_by",
    "award__agreement__countersigned_by",
    "award__server",
    "award__cloud",
    "award__withdrawal__withdrawn_by",
    "offer__answered_by",
)
STEPS = {"in_use": "progress", "ended": "checks"}


def told(applications: Sequence[Application], at: datetime, terms: Terms) -> Told:  # noqa: ARG001 - states, not dates
    """The award with what its person has to do, the way out of it while it lasts, and its story.

    Before it the place on the waiting list, and the place offered (L-03).
    """
    yield from _before(applications, at)
    selected = [one for one in applications if one.settled_at and not getattr(one, "award", None)]
    places = queries.promised(selected) if selected else {}
    for application in applications:
        if application.pk in places:
            yield application, _way_out(application)
        award = getattr(application, "award", None)
        if award is None:
            continue
        award.application = application  # the same row: not to be read again
        yield application, _standing(award)
        if award.state in ACTIVE:
            yield application, _way_out(application)
        for event in story(award):
            yield application, event


def _before(applications: Sequence[Application], at: datetime) -> Told:
    """What stands of those without an award: the offer with its answer, or the wait."""
    announced = [one for one in applications if one.announced_at and not getattr(one, "award", None)]
    waiting = queries.listed(announced) if announced else set()
    for application in applications:
        offer = getattr(application, "offer", None)
        if offer is not None:
            for event in offer_story(offer):
                yield application, event
        if getattr(application, "award", None):
            continue
        if offer is not None:
            yield application, _offer(offer, at)
        elif application.pk in waiting and application.state == Application.State.SUBMITTED:
            yield application, _waiting(application)


def _offer(offer: Offer, at: datetime) -> Line:
    state, tone = offer_state(offer, at)
    is_open = not offer.answer and offer.expires_at > at
    return Line(
        step="allocation",
        label=_("충원 제안"),
        state=state,
        tone=tone,
        asked=_("빈 자리를 받을지 답하십시오.") if is_open else "",
        due=offer.expires_at if is_open else None,
        url=reverse("allocation:offer", args=[offer.application_id]),
    )


def _waiting(application: Application) -> Line:
    return Line(
        step="allocation",
        label=_("대기 순위"),
        state=_("대기 중"),
        tone="wait",
        note=_("빈 자리가 나면 순위대로 메일로 제안합니다 (L-03)."),
        url=reverse("allocation:place", args=[application.pk]),
    )


def _standing(award: Award) -> Line:
    asked, page = _asked(award)
    return Line(
        step=STEPS.get(award.state, "allocation"),
        label=_("할당"),
        state=award.get_state_display(),
        tone=TONES[award.state],
        asked=asked,
        url=reverse(page, args=[award.application_id]),
    )


def _way_out(application: Application) -> Line:
    return Line(
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

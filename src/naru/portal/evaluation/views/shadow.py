"""/evaluation/shadow/: where reviewers disagree and what leniency would move; operator and auditor only."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from naru.portal.accounts.access import role_required
from naru.portal.audit.reading import reads
from naru.portal.calls import queries as calls
from naru.portal.evaluation import shadow
from naru.portal.evaluation.views.pool import rooms
from naru.portal.screening.pages import desk
from naru.portal.ui.components import Tab

ROWS = 50
SORTS: dict[str, Any] = {
    "rank": lambda one: (one.application.product, one.rank),
    "moved": lambda one: one.moved,
    "spread": lambda one: one.apart.spread if one.apart else -1,
    "deviation": lambda one: one.apart.variance if one.apart else -1,
}


@require_safe
@role_required("operator", "auditor")
@reads("evaluation")
def shadows(request: HttpRequest) -> HttpResponse:
    """The second look; shut until the seats are frozen, as every score is (C-04)."""
    every = calls.rounds()
    if not every:
        return render(request, "evaluation/no_call.html")
    here = desk(request.GET.get("call", ""), request.GET.get("round", ""), every)
    frozen = bool(calls.quotas_of(here.call, here.round.id))
    found = shadow.look(here.call, here.round.id, here.terms) if frozen else None
    places = list(found.places) if found else []
    views = {
        "": (_("모든 신청"), places),
        "apart": (_("점수가 갈린 신청"), [one for one in places if one.flagged]),
        "moved": (_("자리가 달라지는 신청"), [one for one in places if one.moved]),
    }
    show = request.GET.get("show", "") if request.GET.get("show", "") in views else ""
    sort = request.GET.get("sort", "")
    key = SORTS.get(sort.removeprefix("-"), SORTS["rank"])
    listed = sorted(views[show][1], key=key, reverse=sort.startswith("-"))
    query = f"?call={here.call.slug}&round={here.round.id}"
    context = {
        "desk": here,
        "room_tabs": rooms("shadow"),
        "frozen": frozen,
        "scoring": here.terms.scoring,
        "titles": {one.id: one.title for one in here.terms.resources},
        "page": Paginator(listed, ROWS).get_page(request.GET.get("page")),
        "reviewers": found.reviewers if found else [],
        "flagged": len(views["apart"][1]),
        "tabs": [
            Tab(label=label, url=f"{query}&show={name}", current=name == show, count=len(rows))
            for name, (label, rows) in views.items()
        ],
    }
    return render(request, "evaluation/shadow.html", context)

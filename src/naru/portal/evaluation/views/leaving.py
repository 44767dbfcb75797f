"""/evaluation/pool/<id>/leave/: who takes over when a reviewer leaves midway, looked at before it is done."""

from collections import Counter

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from naru.domain.decision import Refused
from naru.portal.accounts.access import actor, role_required
from naru.portal.audit.reading import reads
from naru.portal.evaluation import actions, queries
from naru.portal.evaluation.forms import ReasonForm
from naru.portal.screening.pages import clauses, desk
from naru.portal.ui import clock


@require_http_methods(["GET", "POST"])
@role_required("operator")
@reads("evaluation")
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """The open sheets, and to whom they would go; a POST with the reason does it."""
    here = desk(request.GET.get("call", ""), request.GET.get("round", ""))
    one = get_object_or_404(queries.reviewers(), pk=pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    refusal = None
    if form.is_valid():
        try:
            made = actions.replace_reviewer(
                by=actor(request),
                at=clock.now(),
                call=here.call,
                round_id=here.round.id,
                reviewer=one,
                reason=form.cleaned_data["reason"],
            )
        except Refused as refused:
            refusal = refused.finding
        else:
            messages.success(
                request, _("평가표 %(count)s건을 다른 위원에게 맡겼습니다.") % {"count": len(made)}
            )
            return redirect("evaluation:pool")
    seats = list(queries.open_seats(one, here.call, here.round.id))
    closing = queries.closing(here.call, here.round.id)
    ready = bool(seats) and closing is None
    plan = (
        queries.plan_panels(
            here.call, here.round.id, queries.reviewers(), here.terms.scoring.min_reviews, leaving=one
        )
        if ready
        else None
    )
    takes = Counter(plan.people[who] for _row, who in plan.pairs) if plan else Counter()
    context = {
        "reviewer": one,
        "desk": here,
        "seats": len(seats),
        "form": form,
        "plan": plan,
        "closing": closing,
        "takes": sorted(takes.items(), key=lambda pair: (-pair[1], pair[0].name)),
        "refusal": refusal,
        "clauses": clauses(here.terms),
    }
    return render(request, "evaluation/leave.html", context)

"""/evaluation/declaration/<call>/: the organisations of a new batch, and with which there is an interest."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from naru.domain.decision import Refused
from naru.portal.accounts.access import actor, role_required
from naru.portal.audit.reading import reads
from naru.portal.evaluation import actions, queries
from naru.portal.evaluation.forms_people import InterestsForm
from naru.portal.screening.pages import clauses, desk
from naru.portal.ui import clock


@require_http_methods(["GET", "POST"])
@role_required("reviewer")
@reads("evaluation")
def declaration(request: HttpRequest, slug: str) -> HttpResponse:
    """Say of each organisation whether there is an interest; then the rest opens."""
    here = desk(slug)
    reviewer = actor(request)
    if queries.pledged(here.call, reviewer) is None:
        return redirect("evaluation:pledge", slug)
    organisations = list(
        {row.application.organisation_id: row.application.organisation
         for row in queries.undeclared(reviewer, here.call)}.values()
    )  # fmt: skip
    form = InterestsForm(request.POST if request.method == "POST" else None, organisations)
    refusal = None
    if form.is_valid():
        try:
            actions.declare_interests(by=reviewer, at=clock.now(), call=here.call, interests=form.interests())
        except Refused as refused:
            refusal = refused.finding
        else:
            messages.success(request, _("이해관계를 밝혔습니다. 남은 신청의 내용과 평가표가 열렸습니다."))
            return redirect("evaluation:mine")
    context = {
        "call": here.call,
        "terms": here.terms,
        "organisations": organisations,
        "form": form,
        "refusal": refusal,
        "clauses": clauses(here.terms),
    }
    return render(request, "evaluation/declaration.html", context)

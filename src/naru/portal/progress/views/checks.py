"""/progress/checks/: the midpoint and final checks handed in, and a person's verdict on each."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from naru.portal.accounts.access import actor, refusal, role_required
from naru.portal.audit.reading import reads
from naru.portal.progress import actions, queries, words
from naru.portal.progress.forms import CheckFilter, VerdictForm
from naru.portal.ui.refusals import attempt

ROWS = 50


@require_safe
@role_required("operator", "auditor")
@reads("progress")
def queue(request: HttpRequest) -> HttpResponse:
    """The checks handed in, those waiting longest first."""
    form = CheckFilter(request.GET or None)
    narrowed = form.cleaned_data if form.is_valid() else {}
    found = queries.checks(narrowed.get("kind", ""), undecided=bool(narrowed.get("undecided")))
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": [(one, words.PROPOSALS.get(one.proposed), words.VERDICT_TONES[one.verdict]) for one in page],
        "waiting": queries.checks(undecided=True).count(),
    }
    return render(request, "progress/checks.html", context)


@require_http_methods(["GET", "POST"])
@role_required("operator", "auditor")
@reads("progress")
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """One check: target beside measured, the rules' proposal; its POST is the operator's verdict."""
    found = get_object_or_404(queries.checks().prefetch_related("results"), pk=pk)
    form = VerdictForm(request.POST or None)
    if request.method == "POST" and not actor(request).has_role("operator"):
        raise PermissionDenied(refusal("operator"))
    if form.is_valid() and attempt(
        request, actions.decide_check, _("판정을 기록했습니다."), check=found, **form.cleaned_data
    ):
        return redirect("progress:check", pk)
    terms = queries.terms_of(found.award.call)
    context = {
        "check": found,
        "award": found.award,
        "form": form,
        "lines": queries.kpi_lines(found.award, found),
        "findings": words.plain(queries.stored_findings(found)[-1:]),  # the whole; each KPI has its row
        "clauses": words.clauses(terms),
        "proposal": words.PROPOSALS.get(found.proposed),
        "tone": words.VERDICT_TONES[found.verdict],
    }
    return render(request, "progress/check.html", context, status=422 if request.method == "POST" else 200)

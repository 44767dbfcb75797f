"""/progress/cases/: restriction cases with their due process: notice, opinion, decision."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from naru.portal.accounts.access import actor, refusal, role_required
from naru.portal.audit.reading import reads
from naru.portal.progress import actions, queries, words
from naru.portal.progress.forms import CaseFilter, DecisionForm, NoticeForm
from naru.portal.ui import clock
from naru.portal.ui.refusals import attempt

ROWS = 50


@require_safe
@role_required("operator", "auditor")
@reads("progress")
def index(request: HttpRequest) -> HttpResponse:
    """The cases, latest notice first."""
    form = CaseFilter(request.GET or None)
    opened = form.is_valid() and form.cleaned_data["opened"]
    page = Paginator(queries.cases(opened=opened), ROWS).get_page(request.GET.get("page"))
    calls = {one.award.call_id: one.award.call for one in page}
    terms = {key: queries.terms_of(call) for key, call in calls.items()}
    context = {
        "form": form,
        "page": page,
        "rows": [
            {
                "case": one,
                "ground": words.ground_word(terms[one.award.call_id], one.ground),
                "tone": words.CASE_TONES[one.state],
                "hearing_ends": words.hearing_ends(one),
            }
            for one in page
        ],
        "open": queries.cases(opened=True).count(),
    }
    return render(request, "progress/cases.html", context)


@require_http_methods(["GET", "POST"])
@role_required("operator")
@reads("progress")
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Give notice of a case against an awardee."""
    award = get_object_or_404(queries.stories(), pk=pk)
    terms = queries.terms_of(award.call)
    form = NoticeForm(request.POST or None, terms=terms, initial={"ground": request.GET.get("ground")})
    done = _("사전 통지를 기록했습니다. 의견 제출 기한까지 기다립니다.")
    if form.is_valid() and attempt(request, actions.notice_case, done, award=award, **form.cleaned_data):
        return redirect("progress:award", pk)
    context = {
        "award": award,
        "form": form,
        "clause": words.clauses(terms)[terms.sanction.clause],
        "days": terms.sanction.hearing_days,
        "claims": [
            (one, queries.clawback(award, terms, one.id)) for one in terms.sanction.grounds if one.clawback
        ],
    }
    return render(request, "progress/notice.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
@role_required("operator", "auditor")
@reads("progress")
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """One case along its due process; its POST is the operator's decision."""
    found = get_object_or_404(queries.cases(), pk=pk)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and not actor(request).has_role("operator"):
        raise PermissionDenied(refusal("operator"))
    if form.is_valid() and attempt(
        request, actions.decide_case, _("결정을 기록했습니다."), case=found, **form.cleaned_data
    ):
        return redirect("progress:case", pk)
    terms, process = queries.terms_of(found.award.call), queries.process(found, clock.now())
    context = {
        "case": found,
        "award": found.award,
        "form": form,
        "process": process,
        "readiness": words.plain([process.readiness])[0],
        "hearing_ends": words.hearing_ends(found),
        "decision_ends": words.last_minute(process.decision_until),
        "ground": words.ground_word(terms, found.ground),
        "clause": words.clauses(terms)[found.clause],
        "tone": words.CASE_TONES[found.state],
        "phase": words.PHASES[process.phase],
        "steps": words.case_steps(found, process.phase, process.decision_until),
        "events": words.case_events(found),
    }
    return render(request, "progress/case.html", context, status=422 if request.method == "POST" else 200)

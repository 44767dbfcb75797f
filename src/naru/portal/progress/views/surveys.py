"""The survey: the awardee's form and answers, and the operator's list of who has not answered (P-05)."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from naru.domain.periods import day_in, end_of_day
from naru.portal.accounts.access import actor, role_required
from naru.portal.allocation.access import own_award
from naru.portal.audit.reading import reads
from naru.portal.progress import actions, queries, words
from naru.portal.progress.forms import SurveyForm
from naru.portal.ui import clock
from naru.portal.ui.refusals import attempt

ROWS = 50


@require_http_methods(["GET", "POST"])
@role_required("applicant")
def own(request: HttpRequest, pk: int) -> HttpResponse:
    """The questions once the use has ended; afterwards what was answered."""
    award = own_award(actor(request), pk)
    form = SurveyForm(request.POST or None)
    done = _("설문에 답했습니다. 고맙습니다.")
    if form.is_valid() and attempt(
        request, actions.answer_survey, done, award=award, answers=form.cleaned_data
    ):
        return redirect("progress:survey", pk)
    terms, at = queries.terms_of(award.call), clock.now()
    days, survey = queries.survey_days(award, terms), getattr(award, "survey", None)
    opened = days is not None and day_in(terms.zone, at) >= days[0]
    context = {
        "award": award,
        "form": form,
        "survey": survey,
        "answers": words.survey_rows(survey),
        "opened": opened,
        "opens": days and days[0],
        "due": days and end_of_day(terms.zone, days[1]),
        "clause": terms.clause("P-05"),
    }
    return render(request, "progress/survey.html", context, status=422 if request.method == "POST" else 200)


@require_safe
@role_required("operator", "auditor")
@reads("progress")
def unanswered(request: HttpRequest) -> HttpResponse:
    """Who of the newest call (or `?call=`) has an open survey and no answer, due first."""
    calls = queries.calls_with_awards()
    if not calls:
        return render(request, "progress/wall_empty.html")
    call = next((one for one in calls if one.slug == request.GET.get("call")), calls[0])
    terms, at = queries.terms_of(call), clock.now()
    owing = queries.unanswered(call, at, terms)
    page = Paginator(owing, ROWS).get_page(request.GET.get("page"))
    page.object_list = queries.with_cases(page.object_list)
    context = {
        "call": call,
        "calls": calls,
        "page": page,
        "open": len(owing),
        "overdue": sum(one.overdue for one in owing),
        "answered": queries.answered(call),
        "case_tones": words.CASE_TONES,
        "ground": queries.SURVEY_MISSING,
        "clause": terms.clause("P-05"),
    }
    return render(request, "progress/surveys.html", context)

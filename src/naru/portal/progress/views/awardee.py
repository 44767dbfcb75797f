"""The awardee's side: what is owed, the monthly report, statements, checks, an opinion in a case."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from naru.domain.decision import Finding, Refused
from naru.portal.accounts.access import actor, role_required
from naru.portal.allocation.access import awards_of, own_award
from naru.portal.allocation.models import Award
from naru.portal.calls.queries import in_force as versions_in_force
from naru.portal.calls.queries import terms as terms_in
from naru.portal.progress import actions, queries, words
from naru.portal.progress.forms import FinalForm, MidpointForm, OpinionForm, ReportForm, StatementForm
from naru.portal.progress.models import Check
from naru.portal.ui import clock
from naru.portal.ui.gathering import gather
from naru.portal.ui.refusals import attempt

ROWS = 20


@require_safe
@role_required("applicant")
def mine(request: HttpRequest) -> HttpResponse:
    """The person's awards with what each owes; a single one opens at once."""
    at = clock.now()
    mine = awards_of(actor(request)).select_related("survey").order_by("application__number")
    page = Paginator(mine, ROWS).get_page(request.GET.get("page"))
    awards = list(page.object_list)
    if page.paginator.count == 1:
        return redirect("progress:report", awards[0].application_id)
    gather(awards, queries.HANDED_IN)
    in_force = {version.call_id: terms_in(version) for version in versions_in_force()}
    rows = []
    for award in awards:
        terms = in_force[award.call_id]
        one = queries.standing(award, at, terms)
        rows.append((award, words.clock_word(terms, one.clock), words.next_step(one)))
    return render(request, "progress/mine.html", {"rows": rows, "page": page})


@require_http_methods(["GET", "POST"])
@role_required("applicant")
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """What is owed and by when; its POST reports a month."""
    award = own_award(actor(request), pk)
    if request.method == "GET":
        return _progress_page(request, award)
    terms = queries.terms_of(award.call)
    months = queries.months_to_report(award, clock.now(), terms)
    form = ReportForm(request.POST, months=months, terms=terms)
    done = _("진도를 보고했습니다.")
    if form.is_valid() and attempt(request, actions.report_month, done, award=award, **form.cleaned_data):
        return redirect("progress:report", pk)
    return _progress_page(request, award, report_form=form)


@require_POST
@role_required("applicant")
def statement(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand in the reason statement of a month."""
    award = own_award(actor(request), pk)
    terms = queries.terms_of(award.call)
    owed = queries.standing(award, clock.now(), terms).owed
    form = StatementForm(request.POST, owed=owed, terms=terms)
    done = _("유지사유서를 냈습니다.")
    if form.is_valid() and attempt(request, actions.state_reason, done, award=award, **form.cleaned_data):
        return redirect("progress:report", pk)
    return _progress_page(request, award, statement_form=form)


def _progress_page(
    request: HttpRequest,
    award: Award,
    report_form: ReportForm | None = None,
    statement_form: StatementForm | None = None,
) -> HttpResponse:
    prefetch_related_objects([award], "reports", "reason_statements", "checks", "restriction_cases")
    at, terms = clock.now(), queries.terms_of(award.call)
    one = queries.standing(award, at, terms)
    months = queries.months_to_report(award, at, terms)
    links = {
        "midpoint_check": "progress:midpoint",
        "final_check": "progress:final",
        "survey": "progress:survey",
    }
    tasks = words.task_rows(terms, one.tasks)
    checks = {check.kind: check for check in award.checks.all()}
    context = {
        "award": award,
        "standing": one,
        "stage": words.clock_word(terms, one.clock),
        "next_step": words.next_step(one),
        "tasks": [(task, links.get(task["obligation"])) for task in tasks],
        "months": months,
        "report_form": report_form
        or ReportForm(months=months, terms=terms, initial={"stage": one.clock.stage if one.clock else None}),
        "statement_form": statement_form or StatementForm(owed=one.owed, terms=terms),
        "clause": words.clauses(terms)["P-02"],
        "stall_months": max(stage.stall_months or 0 for stage in terms.stages),
        "reminder": one.clock is not None and one.clock.reminder,
        "reports": words.report_rows(terms, one),
        "checks": [
            (
                f"progress:{kind}",
                kind.label,
                checks.get(kind),
                words.VERDICT_TONES[_verdict(checks.get(kind))],
            )
            for kind in Check.Kind
        ],
        "cases": [
            (case, words.ground_word(terms, case.ground), words.CASE_TONES[case.state])
            for case in award.restriction_cases.all()
        ],
    }
    bound = report_form or statement_form
    return render(request, "progress/report.html", context, status=422 if bound else 200)


def _verdict(check: Check | None) -> str:
    return check.verdict if check else ""


@require_http_methods(["GET", "POST"])
@role_required("applicant")
def midpoint(request: HttpRequest, pk: int) -> HttpResponse:
    """The material of the midpoint check; it may be replaced until the decision."""
    award = own_award(actor(request), pk)
    check = award.checks.filter(kind=Check.Kind.MIDPOINT).first()
    form = MidpointForm(request.POST or None, initial={"summary": check.summary} if check else None)
    if form.is_valid():
        summary = form.cleaned_data["summary"]
        act = {"award": award, "kind": Check.Kind.MIDPOINT, "summary": summary}
        if attempt(request, actions.submit_check, _("중간점검 자료를 냈습니다."), **act):
            return redirect("progress:midpoint", pk)
    context = _check_context(award, check, Check.Kind.MIDPOINT) | {"form": form}
    return render(request, "progress/midpoint.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
@role_required("applicant")
def final(request: HttpRequest, pk: int) -> HttpResponse:
    """The final check: a measured value for every KPI of the application."""
    award = own_award(actor(request), pk)
    check = award.checks.filter(kind=Check.Kind.FINAL).prefetch_related("results").first()
    lines = queries.kpi_lines(award, check)
    form = FinalForm(request.POST or None, lines=lines, initial=_final_values(check, lines))
    if form.is_valid():
        act = {"award": award, "kind": Check.Kind.FINAL, "summary": form.cleaned_data["summary"]}
        given = {"results": form.results(), "notes": form.notes()}
        if attempt(request, actions.submit_check, _("결과점검 자료를 냈습니다."), **act, **given):
            return redirect("progress:final", pk)
    context = _check_context(award, check, Check.Kind.FINAL) | {"form": form, "lines": lines}
    return render(request, "progress/final.html", context, status=422 if request.method == "POST" else 200)


def _final_values(check: Check | None, lines: list[queries.KpiLine]) -> dict[str, Any]:
    values: dict[str, Any] = {"summary": check.summary} if check else {}
    for line in lines:
        if line.result:
            values[f"measured_{line.kpi.pk}"] = line.measured
            values[f"note_{line.kpi.pk}"] = line.result.note
    return values


def _check_context(award: Award, check: Check | None, kind: Check.Kind) -> dict[str, Any]:
    terms = queries.terms_of(award.call)
    closed: Finding | None = None
    try:
        queries.check_opens(award, kind, clock.now())
    except Refused as refusal:
        closed = words.plain([refusal.finding])[0]
    one = queries.standing(award, clock.now(), terms)
    due = next((words.due_at(terms, task) for task in one.tasks if task.obligation == f"{kind}_check"), None)
    return {
        "award": award,
        "check": check,
        "closed": closed,
        "due": due,
        "clause": words.clauses(terms)["P-03" if kind == Check.Kind.MIDPOINT else "P-04"],
        "editable": closed is None and not (check and check.verdict),
        "tone": words.VERDICT_TONES[check.verdict] if check else "",
    }


@require_http_methods(["GET", "POST"])
@role_required("applicant")
def case(request: HttpRequest, pk: int, case: int) -> HttpResponse:
    """A restriction case against the awardee: what is held against it, and its opinion until the deadline."""
    award = own_award(actor(request), pk)
    found = get_object_or_404(queries.cases().filter(award=award), pk=case)
    form = OpinionForm(request.POST or None, initial={"text": found.statement})
    done = _("의견을 냈습니다.")
    if form.is_valid() and attempt(request, actions.state_opinion, done, case=found, **form.cleaned_data):
        return redirect("progress:own_case", pk, case)
    at = clock.now()
    terms, process = queries.terms_of(award.call), queries.process(found, at)
    context = {
        "case": found,
        "award": award,
        "form": form,
        "process": process,
        "hearing_ends": words.hearing_ends(found),
        "ground": words.ground_word(terms, found.ground),
        "clause": words.clauses(terms)[found.clause],
        "tone": words.CASE_TONES[found.state],
        "steps": words.case_steps(found, process.phase, process.decision_until),
        "events": words.case_events(found),
        "may_state": process.phase != "decided" and at < found.hearing_until,
    }
    return render(request, "progress/own_case.html", context, status=422 if request.method == "POST" else 200)

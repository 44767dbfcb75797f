"""/progress/: the progress wall and one award's story; operators act elsewhere, auditors read."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from naru.domain.call import Call as Terms
from naru.domain.progress import judge_progress
from naru.portal.accounts.access import role_required
from naru.portal.audit.reading import reads
from naru.portal.progress import queries, words
from naru.portal.progress.forms import WallFilter
from naru.portal.ui import clock, wording

ROWS = 50


@require_safe
@role_required("operator", "auditor")
@reads("progress")
def wall(request: HttpRequest) -> HttpResponse:
    """Every award of the newest call (or `?call=`), month by month."""
    calls = queries.calls_with_awards()
    if not calls:
        return render(request, "progress/wall_empty.html")
    call = next((one for one in calls if one.slug == request.GET.get("call")), calls[0])
    at, terms = clock.now(), queries.terms_of(call)
    form = WallFilter(request.GET or None, terms=terms)
    narrowing = form.narrowing()
    everyone = queries.standings(queries.awards_on_wall(call), at, terms)
    months = queries.months_of(everyone, terms)
    shown = [one for one in everyone if narrowing.keeps(one)]
    page = Paginator(shown, ROWS).get_page(request.GET.get("page"))
    context = {
        "call": call,
        "calls": calls,
        "form": form,
        "months": [words.month_word(month, short=True) for month in months],
        "rows": [_row(one, queries.cells(one, months, terms, at), terms) for one in page],
        "page": page,
        "total": len(everyone),
        "counts": queries.counts(everyone, terms, at),
        "stages": [(place, stage.title) for place, stage in enumerate(terms.stages, start=1)],
    }
    return render(request, "progress/wall.html", context)


def _row(one: queries.Standing, cells: list[queries.Cell], terms: Terms) -> dict[str, Any]:
    products = {each.id: each.title for each in terms.resources}
    pressing = [words.task_word(task) for task in one.pressing]
    return {
        "award": one.award,
        "product": wording.localised(products[one.award.product]),
        "cells": [(cell, words.cell_word(terms, cell)) for cell in cells],
        "stage": words.wall_word(terms, one.clock) if one.awardee else one.award.get_state_display(),
        "pressing": pressing[:1],
        "more": len(pressing) - 1,
        "overdue": any(task.state == "overdue" for task in one.tasks),
    }


@require_safe
@role_required("operator", "auditor")
@reads("progress")
def award(request: HttpRequest, pk: int) -> HttpResponse:
    """One award: its clock, reports, statements, checks, cases, what is owed."""
    found = get_object_or_404(queries.stories(), pk=pk)
    at, terms = clock.now(), queries.terms_of(found.call)
    one = queries.standing(found, at, terms)
    context = {
        "award": found,
        "standing": one,
        "tone": words.AWARD_TONES[found.state],
        "stage": words.clock_word(terms, one.clock),
        "tasks": words.task_rows(terms, one.tasks),
        "next_step": words.next_step(one),
        "findings": words.plain(judge_progress(terms, one.awardee, at)) if one.awardee else (),
        "clauses": words.clauses(terms),
        "reports": words.report_rows(terms, one),
        "answers": words.survey_rows(getattr(found, "survey", None)),
        "checks": [(check, words.VERDICT_TONES[check.verdict]) for check in found.checks.all()],
        "cases": [
            (case, words.ground_word(terms, case.ground), words.CASE_TONES[case.state])
            for case in found.restriction_cases.all()
        ],
    }
    return render(request, "progress/award.html", context)

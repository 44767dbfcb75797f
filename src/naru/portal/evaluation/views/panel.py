"""/evaluation/applications/<id>/: one application's reviewers, their final points, and who may be asked."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from naru.domain.decision import Finding, Refused
from naru.portal.accounts.access import actor, must_send_as, role_required
from naru.portal.accounts.models import User
from naru.portal.applications.models import Application
from naru.portal.audit.reading import reads
from naru.portal.calls import queries as calls
from naru.portal.evaluation import actions, grounds, pages, queries, recomputing
from naru.portal.evaluation.forms import AssignForm, ReasonForm, RemoveForm
from naru.portal.evaluation.models import EvaluationClosing, ReviewAssignment, ScoreSheet
from naru.portal.screening.pages import clauses
from naru.portal.ui import clock


def _people(application: Application) -> Any:
    """Those who may be asked, as rows a form can offer."""
    free = [one.pk for one in queries.free_reviewers(application)]
    return User.objects.filter(pk__in=free).order_by("name", "pk")


def _barred(row: Application) -> list[tuple[User, tuple[Finding, ...]]]:
    """Who may not be asked, with every ground; by name."""
    people = list(queries.reviewers())
    found = grounds.findings([row], people)
    return [(one, found[row.pk, one.pk]) for one in people if (row.pk, one.pk) in found]


def _free(row: Application, barred: list[tuple[User, tuple[Finding, ...]]]) -> Any:
    """Those who may be asked, as rows a form can offer."""
    out = [one.pk for one, _told in barred]
    return queries.reviewers().exclude(pk__in=out).exclude(assignments__application=row)


@require_http_methods(["GET", "POST"])
@role_required("operator", "auditor")
@reads("evaluation")
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """The panel of one application; an operator's POST asks further reviewers."""
    must_send_as(request, "operator")
    row = get_object_or_404(
        Application.objects.select_related("call", "version", "organisation", "professor", "applicant").defer(
            "version__snapshot"
        ),
        pk=pk,
        state=Application.State.SUBMITTED,
    )
    operator = actor(request).has_role("operator")
    closing = queries.closing(row.call, row.round_id)
    barred = [] if closing else _barred(row)
    asking = operator and not closing
    form = AssignForm(request.POST or None, _free(row, barred)) if asking else None
    refusal = None
    if form is not None and form.is_valid():
        people = list(form.cleaned_data["reviewers"])
        try:
            actions.assign(by=actor(request), at=clock.now(), application=row, reviewers=people)
        except Refused as refused:
            refusal = refused.finding
        else:
            messages.success(request, _("평가위원 %(count)s명을 배정했습니다.") % {"count": len(people)})
            return redirect("evaluation:application", pk)
    return render(
        request,
        "evaluation/application.html",
        _context(row, closing) | {"form": form, "refusal": refusal, "barred": barred, "closing": closing},
    )


def _vacated(seat: ReviewAssignment, closing: EvaluationClosing | None) -> bool:
    """Whether another reviewer may give the review anew though the round is closed."""
    late = closing is not None and (seat.due_at is not None or closing.closed_at <= seat.removed_at)  # type: ignore[operator]  # a former seat
    return late and not seat.again and not hasattr(seat, "replacement")


def _context(row: Application, closing: EvaluationClosing | None) -> dict[str, Any]:
    frozen = bool(calls.quotas_of(row.call, row.round_id))
    terms = calls.terms(row.version)
    judges = [_judge(one, terms) for one in queries.panel(row)]
    here = [one for one in judges if one["assignment"].removed_at is None]
    totals = [
        one["last"].total for one in here if one["last"] and one["last"].state == ScoreSheet.State.FINAL
    ]
    return {
        "application": row,
        "kind": pages.kind_title(terms, row),
        "product": terms.resource(row.product).title,
        "criteria": terms.criteria,
        "most": pages.most(terms),
        "judges": here,
        "former": [
            one | {"vacated": _vacated(one["assignment"], closing)}
            for one in judges
            if one["assignment"].removed_at is not None
        ],
        "recalculations": recomputing.of_application(row) if frozen else [],
        "final": len(totals),
        "wanted": terms.scoring.min_reviews,
        "lacking": max(0, terms.scoring.min_reviews - len(totals)),
        "spread": max(totals) - min(totals) if len(totals) > 1 else None,
        "frozen": frozen,
        "clauses": clauses(terms),
        "home": f"{reverse('evaluation:coverage')}?call={row.call.slug}&round={row.round_id}",
    }


def _judge(assignment: ReviewAssignment, terms: Any) -> dict[str, Any]:
    last = queries.latest(assignment)
    points = [given for _criterion, given in pages.by_criterion(terms, last.points)] if last else []
    return {
        "assignment": assignment,
        "last": last,
        "points": points,
        "states": len(assignment.sheets.all()),
        "whole": queries.chain_holds(assignment),
    }


def _assignment(pk: int) -> ReviewAssignment:
    rows = queries.in_force().select_related(
        "reviewer",
        "application__call",
        "application__organisation",
        "application__professor",
        "application__applicant",
    )
    return get_object_or_404(rows, pk=pk)


@require_http_methods(["GET", "POST"])
@role_required("operator")
@reads("evaluation")
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a reviewer off an application, or put another in the place, with the reason."""
    row = _assignment(pk)
    closed = queries.closing(row.application.call, row.application.round_id) is not None
    form = RemoveForm(request.POST or None, User.objects.none() if closed else _people(row.application))
    refusal = None
    if form.is_valid():
        other, reason = form.cleaned_data["replacement"], form.cleaned_data["reason"]
        who: dict[str, Any] = {"by": actor(request), "at": clock.now(), "assignment": row}
        try:
            if other is None:
                actions.remove_assignment(reason=reason, **who)
            else:
                actions.replace(reviewer=other, reason=reason, **who)
        except Refused as refused:
            refusal = refused.finding
        else:
            messages.success(request, _("배정을 바꾸었습니다. 사유가 기록에 남습니다."))
            return redirect("evaluation:application", row.application_id)
    consequences = [
        _("이 평가위원은 이 신청을 다시 맡을 수 없습니다."),
        _("이미 쓴 점수는 기록에 남지만 결과에 더하지 않습니다."),
    ]
    words = {
        "title": _("평가위원 해제·교체"),
        "confirm_label": _("배정 바꾸기"),
        "consequences": consequences,
    }
    return confirm_about(request, row, form, words | {"refusal": refusal})


@require_http_methods(["GET", "POST"])
@role_required("operator")
@reads("evaluation")
def conflict(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a conflict on record that the operator learnt of; also after the closing."""
    row = _assignment(pk)
    form = ReasonForm(request.POST or None)
    refusal = None
    if form.is_valid():
        try:
            actions.declare_conflict(
                by=actor(request),
                at=clock.now(),
                application=row.application,
                reviewer=row.reviewer,
                reason=form.cleaned_data["reason"],
            )
        except Refused as refused:
            refusal = refused.finding
        else:
            messages.success(request, _("이해충돌을 등록하고 배정을 해제했습니다."))
            return redirect("evaluation:application", row.application_id)
    words = {
        "title": _("이해충돌 등록"),
        "confirm_label": _("이해충돌 등록"),
        "consequences": [
            _("이 평가위원의 평가표는 절사 평균을 내기 전에 빠집니다."),
            _("이미 선정을 했다면 결과를 다시 계산하고 차이를 기록합니다."),
        ],
    }
    return confirm_about(request, row, form, words | {"refusal": refusal})


def confirm_about(
    request: HttpRequest, row: ReviewAssignment, form: Any, words: dict[str, Any]
) -> HttpResponse:
    """The confirmation page of an act about one reviewer and one application."""
    context = {
        "question": _("%(number)s %(name)s의 평가위원 %(reviewer)s")
        % {
            "number": row.application.number,
            "name": row.application.organisation,
            "reviewer": row.reviewer,
        },
        "form": form,
        "cancel_url": reverse("evaluation:application", args=[row.application_id]),
        "danger": True,
    }
    return render(request, "evaluation/confirm.html", context | words)

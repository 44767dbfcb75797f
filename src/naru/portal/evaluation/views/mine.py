"""/evaluation/mine/ and the pledge: what a reviewer owes, and what is said before the first sheet."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from naru.domain.decision import Refused
from naru.portal.accounts.access import actor, role_required
from naru.portal.accounts.models import User
from naru.portal.audit.reading import reads
from naru.portal.calls import queries as calls
from naru.portal.evaluation import actions, pages, queries
from naru.portal.evaluation.forms import PledgeForm, ReasonForm
from naru.portal.evaluation.models import Pledge, ScoreSheet
from naru.portal.evaluation.pledge import LINES
from naru.portal.screening.pages import clauses, desk
from naru.portal.ui import clock
from naru.portal.ui.components import Tab

TODO, DRAFT, FINAL = "todo", "draft", "final"
ROWS = 50
Sheets = list[dict[str, Any]]


def _final(last: ScoreSheet | None) -> bool:
    return last is not None and last.state == FINAL


def _sheets(reviewer: User, now: datetime) -> Sheets:
    """Every assignment with its state, product and whether its round is closed; three queries."""
    found = queries.my_sheets(reviewer)
    closed = queries.closed_rounds({row.application.call_id for row, _last in found})
    return [
        {
            "assignment": row,
            "application": row.application,
            "last": last,
            "state": last.state if last else TODO,
            "locked": row.declaration_id is None,
            "product": calls.terms(row.application.version).resource(row.application.product).title,
            "reopened": (reopened := row.due_at is not None and row.due_at > now and not _final(last)),
            "closed": row.again_closed_at is not None
            or (
                not (row.again or reopened) and (row.application.call_id, row.application.round_id) in closed
            ),
        }
        for row, last in found
    ]


@require_safe
@role_required("reviewer")
@reads("evaluation")
def mine(request: HttpRequest) -> HttpResponse:
    """My sheets: to do, draft, final."""
    everything = _sheets(actor(request), clock.now())
    here = {row["application"].call_id: row["application"] for row in everything}
    pledged = set(
        Pledge.objects.filter(call__in=here, reviewer=actor(request)).values_list("call", flat=True)
    )
    labels = {TODO: _("쓸 것"), DRAFT: _("작성 중"), FINAL: _("확정")}
    counts = {state: sum(row["state"] == state for row in everything) for state in labels}
    shown = request.GET.get("state", "")
    if shown not in labels:
        shown = next((state for state in labels if counts[state]), TODO)
    link = reverse("evaluation:mine")
    tabs = [
        Tab(label=label, url=f"{link}?state={state}", current=state == shown, count=counts[state])
        for state, label in labels.items()
    ]
    terms = [calls.terms(one.version) for one in here.values()]
    rows = [row for row in everything if row["state"] == shown]
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {
        "rows": page.object_list,
        "page": page,
        "shown": shown,
        "tabs": tabs,
        "counts": counts,
        "owed": counts[TODO] + counts[DRAFT],
        "undeclared": [
            one.call
            for pk, one in here.items()
            if pk in pledged and any(row["locked"] and row["application"].call_id == pk for row in everything)
        ],
        "unpledged": [one.call for pk, one in here.items() if pk not in pledged],
        "due": format_html_join(" / ", "{}", ((pages.printed_due(one),) for one in terms)),
        "most": max((pages.most(one) for one in terms), default=0),
        "total": len(everything),
    }
    return render(request, "evaluation/mine.html", context)


@require_http_methods(["GET", "POST"])
@role_required("reviewer")
def pledge(request: HttpRequest, slug: str) -> HttpResponse:
    """The pledge, with the list of applicants to declare conflicts about; then the sheets open."""
    here = desk(slug)
    given = queries.pledged(here.call, actor(request))
    form = PledgeForm(request.POST or None)
    refusal = None
    if form.is_valid():
        try:
            actions.pledge(by=actor(request), at=clock.now(), call=here.call)
        except Refused as refused:
            refusal = refused.finding
        else:
            messages.success(request, _("서약했습니다. 다음은 이해관계를 밝히는 일입니다."))
            return redirect("evaluation:declaration", slug)
    context = {
        "call": here.call,
        "terms": here.terms,
        "given": given,
        "form": form,
        "lines": LINES,
        "refusal": refusal,
        "clauses": clauses(here.terms),
    }
    return render(request, "evaluation/pledge.html", context)


@require_http_methods(["GET", "POST"])
@role_required("reviewer")
@reads("evaluation")
def conflict(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one has an interest in an applicant, early or late; the sheet leaves one's desk."""
    row: Any = get_object_or_404(queries.desk(actor(request), clock.now()), pk=pk)
    form = ReasonForm(request.POST or None)
    refusal = None
    if form.is_valid():
        try:
            actions.declare_conflict(
                by=actor(request),
                at=clock.now(),
                application=row.application,
                reviewer=actor(request),
                reason=form.cleaned_data["reason"],
            )
        except Refused as refused:
            refusal = refused.finding
        else:
            messages.success(request, _("이해충돌을 신고했습니다. 이 신청은 더 평가하지 않습니다."))
            return redirect("evaluation:mine")
    context = {
        "title": _("이해충돌 신고"),
        "question": _("%(number)s %(name)s의 평가에서 물러납니까?")
        % {"number": row.application.number, "name": row.application.organisation},
        "consequences": [
            _("이 신청이 내 평가 목록에서 빠지고 다시 맡을 수 없습니다."),
            _("이미 쓴 점수는 기록에 남지만 결과에 더하지 않습니다."),
            _("운영기관이 다른 평가위원에게 맡깁니다."),
        ],
        "form": form,
        "confirm_label": _("이해충돌 신고"),
        "cancel_url": reverse("evaluation:sheet", args=[pk]) if row.pledged else reverse("evaluation:mine"),
        "danger": True,
        "refusal": refusal,
    }
    return render(request, "evaluation/confirm.html", context)

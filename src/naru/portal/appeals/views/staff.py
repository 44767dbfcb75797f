"""/appeals/: the operator's queue by due date, and one appeal with the original beside it; auditors read."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from naru.domain.decision import Finding, Refused
from naru.portal.accounts.access import actor, refusal, role_required
from naru.portal.accounts.models import User
from naru.portal.appeals import actions, queries, words
from naru.portal.appeals.forms import AnswerForm, AppointForm, QueueFilter, ReasonForm, SeatForm
from naru.portal.appeals.models import Appeal
from naru.portal.appeals.standing import story
from naru.portal.audit.reading import reads
from naru.portal.evaluation import queries as evaluation
from naru.portal.screening.pages import clauses
from naru.portal.ui import clock

ROWS = 50


@require_safe
@role_required("operator", "auditor")
@reads("appeal")
def queue(request: HttpRequest) -> HttpResponse:
    """The appeals, those to be answered first by their due date; late ones say so."""
    form = QueueFilter(request.GET)
    given = form.cleaned_data if form.is_valid() else {}
    page = Paginator(queries.queue(**given), ROWS).get_page(request.GET.get("page"))
    now = clock.now()
    context = {
        "form": form,
        "page": page,
        "rows": [
            {
                "appeal": one,
                "tone": words.TONES[one.state],
                "against": words.AGAINST[one.against],
                "waits": one.state in queries.OPEN,
                "late": one.state in queries.OPEN and now >= one.due_at,
            }
            for one in page
        ],
    }
    return render(request, "appeals/queue.html", context)


@require_http_methods(["GET", "POST"])
@role_required("operator", "auditor")
@reads("appeal")
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """One appeal: claim and evidence, the original finding or score, and the act that is due now."""
    appeal = get_object_or_404(queries.whole(), pk=pk)
    if request.method == "POST" and not actor(request).has_role("operator"):
        raise PermissionDenied(refusal("operator"))
    act = request.POST.get("act", "")
    forms = _forms(appeal, act, request.POST)
    refused: Finding | None = None
    if request.method == "POST" and act in ACTS:
        form = forms.get(act)
        if form is None or form.is_valid():
            try:
                ACTS[act][0](appeal, form, {"by": actor(request), "at": clock.now(), "appeal": appeal})
            except Refused as refusal_:
                refused = refusal_.finding
            else:
                messages.success(request, ACTS[act][1])
                return redirect(appeal)
    context = _context(appeal) | {"forms": forms, "refusal": refused}
    return render(request, "appeals/card.html", context, status=422 if request.method == "POST" else 200)


def _forms(appeal: Appeal, act: str, data: Any) -> dict[str, Any]:
    """The forms of the acts that are due in the appeal's state, the one pressed with what was sent."""

    def given(name: str) -> Any:
        return data if act == name else None

    if appeal.state == Appeal.State.FILED:
        sheets = queries.first_sheets(appeal.application) if appeal.against != "screening" else []
        terms = queries.terms_of(appeal)
        answer = AnswerForm(given("answer"), appeal=appeal, terms=terms, sheets=sheets)
        found: dict[str, Any] = {"answer": answer}
        if appeal.extended_at is None:
            found["extend"] = ReasonForm(given("extend"), prefix="extend")
        return found
    if appeal.state == Appeal.State.PROPOSED:
        return {"send_back": ReasonForm(given("send_back"), prefix="back")}
    if appeal.state == Appeal.State.UPHELD and appeal.remedy != "correct":
        free = [one.pk for one in evaluation.free_reviewers(appeal.application)]
        people = User.objects.filter(pk__in=free).order_by("name", "pk")
        return {"appoint": AppointForm(given("appoint"), people=people)}
    place = getattr(appeal, "place", None)
    if place is not None and place.heads and not hasattr(appeal, "seat"):
        return {"seat": SeatForm(given("seat"))}
    return {}


def _context(appeal: Appeal) -> dict[str, Any]:
    terms, now, row = queries.terms_of(appeal), clock.now(), appeal.application
    given = queries.announced(row)
    screened_out = appeal.against == "screening"
    result = appeal.result or {}
    again = queries.second_review(row) if appeal.remedy in ("rescreen", "rereview") else []
    final = [(seat, max(seat.sheets.all(), key=lambda sheet: sheet.number, default=None)) for seat in again]
    return {
        "appeal": appeal,
        "application": row,
        "call": appeal.call,
        "terms": terms,
        "tone": words.TONES[appeal.state],
        "open": appeal.state in queries.OPEN,
        "late": appeal.state in queries.OPEN and now >= appeal.due_at,
        "told": words.STATUS[appeal.told],
        "against": words.AGAINST[appeal.against],
        "grounds": words.grounds(appeal),
        "files": queries.files_of(appeal),
        "outcome": given.outcome,
        "findings": queries.against_findings(row) if screened_out else [],
        "clauses": clauses(terms),
        "product": terms.resource(row.product).title,
        "criteria": terms.criteria,
        "sheets": _sheets(row, terms) if not screened_out and appeal.state != Appeal.State.FILED else [],
        "remedy": words.REMEDIES.get(appeal.remedy, ""),
        "dismissal": words.DISMISSALS.get(appeal.code, ""),
        "again": final,
        "done": sum(sheet is not None and sheet.state == "final" for _seat, sheet in final),
        "wanted": terms.scoring.min_reviews,
        "result": result,
        "was": words.STATUS.get(result["before"][0], "") if result.get("before") else "",
        "would": words.STATUS.get(result.get("status", ""), ""),
        "place": getattr(appeal, "place", None),
        "seat": getattr(appeal, "seat", None),
        "events": list(story(appeal)),
    }


def _sheets(row: Any, terms: Any) -> list[tuple[Any, list[int]]]:
    """The sheets the published score was made of, point by point."""
    return [(sheet, [sheet.points[one.id] for one in terms.criteria]) for sheet in queries.first_sheets(row)]


Act = Callable[[Appeal, Any, dict[str, Any]], object]
ACTS: dict[str, tuple[Act, Any]] = {
    "extend": (
        lambda _one, form, who: actions.extend(**form.cleaned_data, **who),
        gettext_lazy("답할 기한을 늘리고 메일을 보냈습니다."),
    ),
    "answer": (
        lambda _one, form, who: actions.answer(given=form.answer(), **who),
        gettext_lazy("답을 기록했습니다. 인용이면 다른 담당자가 확인해야 합니다."),
    ),
    "confirm": (
        lambda _one, _form, who: actions.confirm(**who),
        gettext_lazy("인용을 확인하고 신청자에게 알렸습니다."),
    ),
    "send_back": (
        lambda _one, form, who: actions.send_back(**form.cleaned_data, **who),
        gettext_lazy("돌려보냈습니다. 다시 답해야 합니다."),
    ),
    "appoint": (
        lambda _one, form, who: actions.appoint(**form.cleaned_data, **who),
        gettext_lazy("새 평가위원에게 맡겼습니다."),
    ),
    "settle": (
        lambda _one, _form, who: actions.settle(**who),
        gettext_lazy("결과를 다시 계산하고 신청자에게 알렸습니다."),
    ),
    "seat": (
        lambda _one, form, who: actions.propose_seat(**form.cleaned_data, **who),
        gettext_lazy("정원 밖의 자리를 제안했습니다. 다른 담당자가 서명해야 합니다."),
    ),
    "sign": (
        lambda _one, _form, who: actions.sign_seat(**who),
        gettext_lazy("정원 밖의 자리에 서명했습니다."),
    ),
}

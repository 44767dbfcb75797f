"""The desk: the queue of questions, answering, and keeping the FAQ. Operators only; auditors read."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from naru.domain.decision import Refused
from naru.portal.accounts.access import actor, role_required
from naru.portal.audit.reading import reads
from naru.portal.calls import queries as calls
from naru.portal.calls.models import Call
from naru.portal.questions import actions, queries
from naru.portal.questions.forms import AnswerForm, EntryForm
from naru.portal.questions.models import FaqEntry, Question
from naru.portal.ui import clock
from naru.portal.ui.refusals import attempt

ROWS = 50


@require_safe
@role_required("operator", "auditor")
@reads("question")
def queue(request: HttpRequest) -> HttpResponse:
    """Unanswered questions, the oldest first."""
    page = Paginator(queries.waiting(), ROWS).get_page(request.GET.get("page"))
    oldest = page.object_list[0] if page.object_list and page.number == 1 else None
    return render(request, "questions/queue.html", {"page": page, "oldest": oldest, "now": clock.now()})


@require_http_methods(["GET", "POST"])
@role_required("operator")
@reads("question")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft an answer, or send it with or without publishing."""
    question = get_object_or_404(queries.waiting().select_related("call"), pk=pk)
    initial = {"text": question.answer, "shown_text": question.shown_text or question.text}
    form = AnswerForm(request.POST or None, initial=initial)
    context: dict[str, Any] = {"form": form, "question": question}
    if form.is_valid():
        act, by, at = request.POST.get("act"), actor(request), clock.now()
        try:
            if act == "draft":
                actions.save_draft(by=by, at=at, question=question, **form.cleaned_data)
                messages.success(request, _("답의 초안을 저장했습니다. 아직 보내지 않았습니다."))
                return redirect("questions:answer", pk)
            actions.answer(by=by, at=at, question=question, publish=act == "publish", **form.cleaned_data)
        except Refused as refusal:
            context["refusal"] = refusal.finding
        else:
            messages.success(request, _("답을 보냈습니다."))
            return redirect(question)
    return render(request, "questions/answer.html", context)


@require_safe
@role_required("operator", "auditor")
def manage(request: HttpRequest) -> HttpResponse:
    """Every entry in its order, retired ones too."""
    return render(request, "questions/manage.html", {"entries": queries.entries(retired=True)})


def _call() -> Call:
    """The call whose FAQ is kept: the one announced last."""
    call = calls.published().first()
    if call is None:
        raise Http404(_("아직 나간 공고가 없습니다."))
    return call


@require_http_methods(["GET", "POST"])
@role_required("operator")
def new_entry(request: HttpRequest) -> HttpResponse:
    """Write an entry, from a question when `?question=` names one."""
    number = request.GET.get("question", "")
    question = Question.objects.filter(pk=number).first() if number.isdecimal() else None
    initial: dict[str, Any] = {"place": queries.next_place()}
    if question is not None:
        initial |= {"question_ko": question.title, "answer_ko": question.answer}
    return _entry(request, _call(), initial=initial, question=question)


@require_http_methods(["GET", "POST"])
@role_required("operator")
def edit_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an entry."""
    entry = get_object_or_404(FaqEntry.objects.select_related("call"), pk=pk)
    return _entry(request, entry.call, entry=entry)


def _entry(
    request: HttpRequest,
    call: Call,
    *,
    entry: FaqEntry | None = None,
    initial: dict[str, Any] | None = None,
    question: Question | None = None,
) -> HttpResponse:
    terms = calls.terms(calls.current(call))
    known = frozenset(clause.code for clause in terms.clauses)
    form = EntryForm(request.POST or None, instance=entry, initial=initial, known=known)
    if form.is_valid():
        actions.save_entry(
            by=actor(request),
            at=clock.now(),
            call=call,
            content=form.content(),
            entry=entry,
            question=question,
        )
        messages.success(request, _("저장했습니다."))
        return redirect("questions:manage")
    return render(request, "questions/entry.html", {"form": form, "entry": entry, "question": question})


@require_POST
@role_required("operator")
def retire_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an entry off the list, or put it back."""
    entry = get_object_or_404(FaqEntry, pk=pk)
    done = _("다시 올렸습니다.") if entry.retired_at else _("목록에서 내렸습니다. 기록은 남습니다.")
    attempt(request, actions.retire_entry, done, entry=entry)
    return redirect("questions:manage")

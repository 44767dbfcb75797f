"""What everybody reads, and asking."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from naru.domain.decision import Refused
from naru.portal.accounts.access import actor
from naru.portal.accounts.models import User
from naru.portal.audit.reading import reads
from naru.portal.calls import queries as calls
from naru.portal.questions import actions, queries
from naru.portal.questions.forms import AskForm, SearchForm
from naru.portal.questions.models import FaqEntry
from naru.portal.ui import clock
from naru.portal.ui.wording import korean

ROWS = 20


@require_safe
def faq(request: HttpRequest) -> HttpResponse:
    """The list by topic; a search leaves the entries that hold every word."""
    form = SearchForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = list(queries.entries(text=asked.get("q", ""), topic=asked.get("topic", "")))
    said = "ko" if korean() else "en"
    topics = [
        (
            topic,
            [
                {
                    "entry": one,
                    "question": getattr(one, f"question_{said}"),
                    "answer": getattr(one, f"answer_{said}"),
                }
                for one in found
                if one.topic == topic
            ],
        )
        for topic in FaqEntry.Topic
    ]
    context = {
        "form": form,
        "topics": [pair for pair in topics if pair[1]],
        "count": len(found),
        "searched": bool(asked.get("q") or asked.get("topic")),
        "open": len(found) if asked.get("q") else 0,
    }
    return render(request, "questions/faq.html", context)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Published questions, and one's own."""
    page = Paginator(queries.published(), ROWS).get_page(request.GET.get("page"))
    own = list(queries.own(request.user)[:ROWS]) if isinstance(request.user, User) else []
    return render(request, "questions/index.html", {"page": page, "own": own})


@require_safe
@reads("question")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One question: as published for everybody, whole for the asker and the desk."""
    user = request.user if isinstance(request.user, User) else None
    question = get_object_or_404(queries.readable(user), pk=pk)
    whole = user is not None and (question.asker_id == user.pk or user.has_role("operator", "auditor"))
    return render(request, "questions/detail.html", {"question": question, "whole": whole})


@require_http_methods(["GET", "POST"])
@login_required
def ask(request: HttpRequest) -> HttpResponse:
    """Ask the desk, about the call that is open or the latest one."""
    now = clock.now()
    rounds = calls.open_rounds(now) or calls.rounds()
    if not rounds:
        raise Http404(_("아직 나간 공고가 없어 문의를 받지 않습니다."))
    form = AskForm(request.POST or None)
    context = {"form": form, "one": rounds[0]}
    if form.is_valid():
        try:
            made = actions.ask(by=actor(request), at=now, call=rounds[0].call, **form.cleaned_data)
        except Refused as refusal:
            context["refusal"] = refusal.finding
        else:
            messages.success(request, _("문의를 보냈습니다. 답은 이메일로도 알려 드립니다."))
            return redirect(made)
    return render(request, "questions/ask.html", context)

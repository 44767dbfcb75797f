"""/selection/runs/<pk>/: one run, its confirmation by two persons, its publication, its record."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from naru.codec.record import dump_record
from naru.domain.decision import Finding, Refused
from naru.portal.accounts.access import actor, role_required
from naru.portal.audit.reading import reads
from naru.portal.calls import queries as calls
from naru.portal.mail import queries as mail
from naru.portal.selection import actions, queries, words
from naru.portal.selection.models import PERSONS, SelectionRun
from naru.portal.selection.tables import columns
from naru.portal.ui import clock
from naru.portal.ui.wording import moment

MAILS = 50


@require_safe
@role_required("operator", "auditor")
@reads("selection")
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """What a run decided, who stands by it, what it changes."""
    return _page(request, get_object_or_404(queries.every_run().defer(None), pk=pk))


@require_http_methods(["GET", "POST"])
@role_required("operator")
@reads("selection")
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Stand by a run; the second person's confirmation makes it final."""
    one = get_object_or_404(queries.every_run(), pk=pk)
    if request.method == "POST":
        try:
            actions.confirm(by=actor(request), at=clock.now(), run=one)
        except Refused as refusal:
            return _page(request, _whole(pk), refusal.finding)
        messages.success(request, _("확정을 기록했습니다."))
        return redirect(one)
    first = not one.confirmations.all()
    context = {
        "title": _("선정 확정"),
        "question": _("%(run)s 결과를 확정하시겠습니까?") % {"run": moment(one.run_at)},
        "consequences": _first() if first else _second(one),
        "confirm_label": _("이 결과 확정하기"),
        "cancel_url": one.get_absolute_url(),
        "danger": not first and _corrects(one),
    }
    return render(request, "ui/confirm.html", context)


@require_http_methods(["GET", "POST"])
@role_required("operator")
@reads("selection")
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a confirmed result public."""
    one = get_object_or_404(queries.every_run(), pk=pk)
    if request.method == "POST":
        try:
            actions.publish(by=actor(request), at=clock.now(), run=one)
        except Refused as refusal:
            return _page(request, _whole(pk), refusal.finding)
        messages.success(request, _("선정 결과를 공개했습니다."))
        return redirect("selection:results", one.call.slug)
    ends = queries.objection_ends(calls.terms(one.version), clock.now())
    context = {
        "title": _("선정 결과 공개"),
        "question": _("지금 공개하면 되돌릴 수 없습니다. 공개하시겠습니까?"),
        "consequences": [
            _("접수번호별 결과가 누리집에 공개되고, 신청자는 각자의 결과 통지서를 볼 수 있습니다."),
            _("보관하던 결과 메일이 신청자마다 한 통씩 나갑니다. 다시 보내지 않습니다."),
            _("추첨 씨앗과 다시 계산할 수 있는 기록이 함께 공개됩니다."),
            _("이의신청은 %(until)s까지 받습니다.") % {"until": moment(ends)},
        ],
        "confirm_label": _("공개"),
        "cancel_url": one.get_absolute_url(),
        "danger": True,
    }
    return render(request, "ui/confirm.html", context)


@require_safe
@role_required("operator", "auditor")
@reads("mail")
def mails(request: HttpRequest, pk: int) -> HttpResponse:
    """The mails written for a run: before its publication what will be said to whom, after it what was."""
    one = get_object_or_404(queries.every_run(), pk=pk)
    found = mail.of_batch(one).defer("body")
    context = {
        "run": one,
        "state": words.STATES[SelectionRun.State(one.state)],
        "page": Paginator(found, MAILS).get_page(request.GET.get("page")),
    }
    return render(request, "selection/mails.html", context)


@require_safe
@role_required("operator", "auditor")
@reads("selection")
def record(_request: HttpRequest, pk: int) -> HttpResponse:
    """The record as a file."""
    one = get_object_or_404(SelectionRun.objects.select_related("call"), pk=pk)
    return as_file(one.record, f"{one.call.slug}-{one.round_id}-selection-{one.pk}.json")


def as_file(content: dict[str, object], name: str) -> HttpResponse:
    """A record as a download."""
    answer = HttpResponse(dump_record(content), content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _whole(pk: int) -> SelectionRun:
    return get_object_or_404(queries.every_run().defer(None), pk=pk)


def _first() -> list[str]:
    return [
        _("확정이 한 건 기록됩니다. 다른 운영 담당자 한 명이 더 확정해야 효력이 생깁니다."),
        _("확정할 때 같은 자료로 다시 계산해 결과가 달라졌으면 거절합니다."),
    ]


def _corrects(one: SelectionRun) -> bool:
    """Whether it replaces a result that is public already."""
    return one.replaces is not None and one.replaces.state == SelectionRun.State.PUBLISHED


def _second(one: SelectionRun) -> list[str]:
    if _corrects(one):
        changed = len(queries.corrected(one, one.replaces))  # type: ignore[arg-type]  # it replaces one
        return [
            _("두 번째 확정이므로 공개된 결과가 바로 이 결과로 바뀝니다."),
            _("결과가 달라지는 %(count)d곳에만 무엇이 왜 바뀌었는지 메일을 보냅니다.") % {"count": changed},
            _("이의신청 기간은 오늘부터 다시 셉니다."),
        ]
    replaced = [_("앞서 확정한 결과와 보관하던 메일은 이 결과의 것으로 바뀝니다.")] if one.replaces else []
    return [
        *replaced,
        _("신청자마다 한 통씩 결과 메일을 써서 공개할 때까지 보관합니다. 미리 볼 수 있습니다."),
        _("두 번째 확정이므로 이 결과로 선정이 정해집니다."),
        _("결과는 공개하기 전까지 운영기관과 감사만 볼 수 있습니다."),
        _("확정 뒤에 배정을 실행할 수 있습니다."),
    ]


def _page(request: HttpRequest, one: SelectionRun, refusal: Finding | None = None) -> HttpResponse:
    before = one.replaces or queries.previous(one)
    terms = calls.terms(one.version)
    confirmations = list(one.confirmations.all())
    mine = request.user.pk in {confirmation.person_id for confirmation in confirmations}
    settings = queries.settings_of(one.record)
    context = {
        "run": one,
        "terms": terms,
        "state": words.STATES[SelectionRun.State(one.state)],
        "settings": settings,
        "departs": words.settings_words(settings),
        "columns": columns.opened(columns.of_record(terms, one.record), request.GET.get("full")),
        "ask": "",
        "sectors": words.sector_titles(terms),
        "statuses": words.STATUS,
        "confirmations": confirmations,
        "mine": mine,
        "missing": max(0, PERSONS - len(confirmations)),
        "before": before,
        "changes": queries.changes(one, before) if before else [],
        "corrects": _corrects(one),
        "corrections": one.corrections.count() if one.replaces_id and one.published_at else 0,
        "titles": words.product_titles(terms),
        "outcomes": words.OUTCOMES,
        "matching_url": f"{reverse('selection:matching')}?call={one.call.slug}&round={one.round_id}",
        "refusal": refusal,
    }
    return render(request, "selection/run.html", context, status=409 if refusal else 200)

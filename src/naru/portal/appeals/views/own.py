"""/applications/<pk>/appeal/: what may be objected to and until when, filing, the answer, taking it back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from naru.domain.appeal import may_start
from naru.domain.decision import Finding, Outcome, Refused
from naru.portal.accounts.access import actor
from naru.portal.appeals import actions, queries, words
from naru.portal.appeals.forms import FilingForm
from naru.portal.appeals.models import Appeal
from naru.portal.appeals.standing import story
from naru.portal.applications.judging import judge
from naru.portal.applications.models import Application
from naru.portal.applications.refused_files import FileRefused
from naru.portal.applications.views.access import own as mine
from naru.portal.applications.views.access import readable
from naru.portal.applications.views.documents import served
from naru.portal.audit.reading import reads
from naru.portal.calls import queries as calls
from naru.portal.selection import queries as selection
from naru.portal.selection.views.runs import as_file
from naru.portal.ui.arrival import received_at
from naru.portal.ui.refusals import attempt
from naru.portal.ui.wording import moment

ROWS = Application.objects.select_related(
    "call", "version", "organisation", "appeal__run__version", "appeal__place", "screening"
).defer("version__snapshot", "appeal__record", "appeal__run__record", "appeal__run__version__snapshot")


@require_http_methods(["GET", "POST"])
@login_required
@reads("appeal")
def own(request: HttpRequest, pk: int) -> HttpResponse:
    """The appeal of one's application: its form while it may be filed, else how it stands."""
    row = mine(request, pk, ROWS)
    given = queries.announced(row)
    form = FilingForm(request.POST or None, request.FILES or None, told=given.told)
    refused: tuple[Finding, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            _file(request, row, form.cleaned_data)
        except FileRefused as refusal:
            refused = refusal.findings
        except Refused as refusal:
            refused = (refusal.finding,)
        else:
            messages.success(request, _("이의신청을 받았습니다. 접수 메일을 보냈습니다."))
            return redirect("appeals:own", pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "appeals/own.html", _context(request, row, given, form, refused), status=status)


def _file(request: HttpRequest, row: Application, given: dict[str, Any]) -> None:
    files = [judge(one.read(), one.name or "") for one in given.pop("attachments")]
    actions.file(by=actor(request), at=received_at(request), application=row, files=files, **given)


def _context(
    request: HttpRequest,
    row: Application,
    given: queries.Announced,
    form: FilingForm,
    refused: tuple[Finding, ...],
) -> dict[str, Any]:
    terms = calls.terms(given.run.version if given.run else row.version)
    appeal, at = getattr(row, "appeal", None), received_at(request)
    start = may_start(terms, given.told, given.published_at, queries.state_of(appeal), at)
    context = {
        "application": row,
        "call": row.call,
        "terms": terms,
        "given": given,
        "told": words.STATUS.get(given.told, ""),
        "form": form,
        "refused": refused,
        "start": start,
        "may_file": start.outcome == Outcome.PASSED,
        "until": selection.objection_ends(terms, given.published_at) if given.published_at else None,
        "clause": next((one for one in terms.clauses if one.code == terms.appeal.clause), None),
    }
    return context | (_answer(appeal) if appeal else {})


def _answer(appeal: Appeal) -> dict[str, Any]:
    """How an appeal stands, for who filed it."""
    result = appeal.result or {}
    return {
        "appeal": appeal,
        "tone": "wait" if appeal.state in queries.OPEN else words.TONES[appeal.state],
        "state": words.OWN[appeal.state],
        "open": appeal.state in queries.OPEN,
        "answered": appeal.decided_at is not None,
        "against": words.AGAINST[appeal.against],
        "grounds": words.grounds(appeal),
        "files": queries.files_of(appeal),
        "dismissal": words.DISMISSALS.get(appeal.code, ""),
        "remedy": words.REMEDIES.get(appeal.remedy, "") if appeal.decided_at else "",
        "result": result,
        "was": words.STATUS.get(result["before"][0], "") if result.get("before") else "",
        "would": words.STATUS.get(result.get("status", ""), ""),
        "place": getattr(appeal, "place", None),
        "events": list(story(appeal)),
    }


@require_http_methods(["GET", "POST"])
@login_required
@reads("appeal")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back, told beforehand what follows."""
    row = mine(request, pk, ROWS)
    appeal = getattr(row, "appeal", None)
    if appeal is None:
        raise Http404
    if request.method == "GET" and appeal.state not in queries.OPEN:
        return redirect("appeals:own", pk)
    if request.method == "POST":
        attempt(request, actions.withdraw, _("이의신청을 철회했습니다."), appeal=appeal)
        return redirect("appeals:own", pk)
    terms = queries.terms_of(appeal)
    until = selection.objection_ends(terms, queries.announced(row).published_at or appeal.filed_at)
    context = {
        "base_template": "base.html",
        "title": _("이의신청 철회"),
        "question": _("%(number)s 이의신청을 철회할까요?") % {"number": appeal.number},
        "consequences": [
            _("운영기관은 이 이의신청에 답하지 않습니다. 공개된 결과는 그대로입니다."),
            _("%(until)s까지는 다시 낼 수 있고, 번호는 그대로입니다.") % {"until": moment(until)},
        ],
        "confirm_label": _("이의신청 철회하기"),
        "cancel_url": "../",
        "danger": True,
    }
    return render(request, "ui/confirm.html", context)


@require_safe
@login_required
@reads("document")
def download(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    """A file of the appeal, to who applied, operators and auditors."""
    row = readable(request, pk, ROWS)
    appeal = getattr(row, "appeal", None)
    found = appeal.files.select_related("file").filter(pk=file).first() if appeal else None
    if found is None:
        raise Http404
    return served(found.file, found.filename)


@require_safe
@login_required
@reads("appeal")
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """The record of the recomputed result, which `naru selection verify` accepts."""
    row = readable(request, pk, ROWS.defer(None))
    appeal = getattr(row, "appeal", None)
    if appeal is None or appeal.record is None:
        raise Http404(_("다시 계산한 결과가 없습니다."))
    return as_file(appeal.record, f"{appeal.number}.json")

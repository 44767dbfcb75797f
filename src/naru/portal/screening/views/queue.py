"""/screening/: the queue with the rules' proposals, the bulk acts, duplicates."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from naru.domain.decision import Refused
from naru.portal.accounts.access import actor, role_required
from naru.portal.audit.reading import reads
from naru.portal.organisations.models import StatusCheck
from naru.portal.screening import actions, pages, queries
from naru.portal.screening.forms import QueueFilter, ResolveForm
from naru.portal.ui import clock
from naru.portal.ui.components import Tab
from naru.portal.ui.refusals import sentence

ROWS = 50


def tabs(current: str) -> list[Tab]:
    """The rooms of screening."""
    rooms = {
        "queue": (_("심사 목록"), reverse("screening:queue")),
        "duplicates": (_("중복신청"), reverse("screening:duplicates")),
        "renewals": (_("확인서 갱신"), reverse("screening:outstanding")),
        "texts": (_("보완 문구"), reverse("screening:texts")),
        "coverage": (_("기술검토 현황"), reverse("screening:coverage")),
    }
    return [Tab(label=label, url=url, current=code == current) for code, (label, url) in rooms.items()]


@require_safe
@role_required("operator", "auditor")
@reads("screening")
def queue(request: HttpRequest) -> HttpResponse:
    """Every screening of the round, narrowed by decision, proposal, sector and product."""
    desk = pages.desk(request.GET.get("call", ""), request.GET.get("round", ""))
    form = QueueFilter(request.GET, desk.products())
    rows = queries.queue(desk.call, desk.round.id).filter(**form.narrowed())
    counts = queries.counts(desk.call, desk.round.id)
    context = {
        "desk": desk,
        "form": form,
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "counts": counts,
        "duplicates": len(queries.unresolved_duplicates(desk.call, desk.round.id)),
        "unsupported": counts["unsupported"],
        "titles": dict(desk.products()),
        "tax_labels": dict(StatusCheck.Status.choices),
        "tabs": tabs("queue"),
    }
    return render(request, "screening/queue.html", context)


@require_POST
@role_required("operator")
def find_round(request: HttpRequest) -> HttpResponse:
    """Let the rules judge every application of the round that no person has decided."""
    desk = pages.desk(request.POST.get("call", ""), request.POST.get("round", ""))
    try:
        rows = actions.find_round(by=actor(request), at=clock.now(), call=desk.call, round_id=desk.round.id)
    except Refused as refusal:
        messages.error(request, sentence(refusal.finding, desk.call.slug))
    else:
        messages.success(request, _("%(count)s건을 규칙으로 판단했습니다.") % {"count": len(rows)})
    return redirect("screening:queue")


@require_http_methods(["GET", "POST"])
@role_required("operator")
@reads("screening")
def confirm_clean(request: HttpRequest) -> HttpResponse:
    """Look at those all rules passed, then confirm them together."""
    desk = pages.desk(request.POST.get("call", ""), request.POST.get("round", ""))
    if request.method == "POST":
        rows = actions.confirm_clean(
            by=actor(request), at=clock.now(), call=desk.call, round_id=desk.round.id
        )
        messages.success(request, _("%(count)s건을 적격으로 확정했습니다.") % {"count": len(rows)})
        return redirect("screening:queue")
    clean = queries.queue(desk.call, desk.round.id).filter(decision="pending", proposed="passed")
    context = {"desk": desk, "rows": clean, "titles": dict(desk.products())}
    return render(request, "screening/confirm_clean.html", context)


@require_safe
@role_required("operator", "auditor")
@reads("screening")
def duplicates(request: HttpRequest) -> HttpResponse:
    """Units with more than one live application, and what was decided before."""
    desk = pages.desk()
    context = {
        "desk": desk,
        "groups": queries.unresolved_duplicates(desk.call, desk.round.id),
        "resolutions": queries.resolutions(desk.call),
        "tabs": tabs("duplicates"),
    }
    return render(request, "screening/duplicates.html", context)


@require_http_methods(["GET", "POST"])
@role_required("operator")
def resolve(request: HttpRequest, unit: str) -> HttpResponse:
    """Say which application of a unit stays, and why."""
    desk = pages.desk()
    group = queries.unresolved_duplicates(desk.call, desk.round.id).get(unit)
    if group is None:
        raise Http404
    form = ResolveForm(request.POST or None, group)
    context = {"desk": desk, "unit": unit, "group": group, "form": form, "titles": dict(desk.products())}
    if form.is_valid():
        try:
            actions.resolve_duplicates(
                by=actor(request),
                at=clock.now(),
                call=desk.call,
                unit=unit,
                kept=form.chosen(),
                reason=form.cleaned_data["reason"],
            )
        except Refused as refusal:
            context["refusal"] = refusal.finding
        else:
            messages.success(request, _("중복신청을 정리했습니다."))
            return redirect("screening:duplicates")
    return render(request, "screening/resolve.html", context)

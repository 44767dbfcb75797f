"""The audit record for operators and auditors: every event, and whether each chain is whole.

The heads are for everybody: who keeps one can show that no history before it was written anew.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from naru.codec.chain import chain_lines, heads_text
from naru.portal.audit import actions, held, queries
from naru.portal.audit.forms import EventFilter, ReadFilter
from naru.portal.audit.models import Anchor, Event
from naru.portal.audit.reading import reads
from naru.portal.ui import clock

ROWS = 50
SHOWN = 5  # breaks told one by one
View = Callable[..., HttpResponseBase]


def readers_only(view: View) -> View:
    """Let in who may read the record; roles lie above this room, so a permission is asked for."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not request.user.has_perm("audit.read"):
            raise PermissionDenied(_("감사 기록은 운영기관과 감사 역할만 볼 수 있습니다."))
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@readers_only
@reads("record")
def events(request: HttpRequest) -> HttpResponse:
    """The list of events, newest first, with the state of the chains."""
    chains = list(queries.chains())
    form = EventFilter(request.GET, [chain.key for chain in chains])
    narrowed = form.narrowed()
    page = Paginator(queries.events(**narrowed), ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "narrowed": narrowed,
        "chains": chains,
        "checks": queries.under_way(clock.now() - actions.GIVEN_UP),
        "reasons": queries.REASONS,
        "held": list(held.checks()),
    }
    return render(request, "audit/events.html", context)


@require_safe
@readers_only
@reads("record")
def read_list(request: HttpRequest) -> HttpResponse:
    """Who was shown whose personal data, newest first."""
    form = ReadFilter(request.GET)
    page = Paginator(queries.reads(**form.narrowed()), ROWS).get_page(request.GET.get("page"))
    return render(request, "audit/reads.html", {"form": form, "page": page})


@require_safe
@readers_only
@reads("record")
def event(request: HttpRequest, pk: int) -> HttpResponse:
    """One event in words: who did what to which row, with which facts, and how it hangs in its chain."""
    one = get_object_or_404(Event.objects.select_related("actor", "chain"), pk=pk)
    row = queries.subject(one)
    address = getattr(row, "get_absolute_url", None)
    holds = one.entry(one.chain.key).hash() == one.hash
    context = {"event": one, "row": row, "row_url": address() if address else "", "holds": holds}
    return render(request, "audit/event.html", context)


@require_POST
@readers_only
def verify(request: HttpRequest) -> HttpResponse:
    """Recompute one chain's hashes and say what was found; a long chain is left to the worker."""
    if check_held := held.checks().get(request.POST.get("chain", "")):
        return _verify_held(request, request.POST["chain"], check_held())
    chain = get_object_or_404(queries.chains(), key=request.POST.get("chain", ""))
    person: Any = request.user
    check, later = actions.ask_check(by=person, at=clock.now(), chain=chain)
    facts = {"chain": chain.key, "length": chain.length}
    if later:
        messages.info(
            request,
            _("%(chain)s: 기록이 많아 뒤에서 검증합니다. 이 화면을 새로 고치면 어디까지 읽었는지 나옵니다.")
            % facts,
        )
        return redirect("audit:events")
    broken = queries.verify(chain)
    actions.end_check(at=clock.now(), verification=check, found=broken)
    if broken is None:
        messages.success(request, _("%(chain)s: 기록 %(length)s건이 모두 이어져 있습니다.") % facts)
    else:
        place = facts | {"number": broken.number, "reason": queries.REASONS[broken.code]}
        messages.error(request, _("%(chain)s: %(number)s번 기록에서 어긋납니다. %(reason)s") % place)
    return redirect("audit:events")


def _verify_held(request: HttpRequest, name: str, found: held.Held) -> HttpResponse:
    """Say what a room's own rows came to: the first breaks by name, the rest by number."""
    if not found.breaks:
        facts = {"chain": name, "length": found.rows}
        messages.success(request, _("%(chain)s: 기록 %(length)s건이 모두 이어져 있습니다.") % facts)
    for line in found.breaks[:SHOWN]:
        messages.error(request, f"{name}: {line}")
    if more := len(found.breaks) - SHOWN if len(found.breaks) > SHOWN else 0:
        messages.error(
            request, _("%(chain)s: 어긋난 곳이 %(more)s곳 더 있습니다.") % {"chain": name, "more": more}
        )
    return redirect("audit:events")


@require_safe
@readers_only
@reads("record")
def download(request: HttpRequest, chain_key: str) -> StreamingHttpResponse:  # noqa: ARG001 - Django's signature
    """One chain as JSON Lines: ids, codes and hashes, so that `naru audit verify FILE` checks it anywhere."""
    chain = get_object_or_404(queries.chains(), key=chain_key)
    lines = chain_lines(
        chain=chain.key, length=chain.length, head=chain.head, entries=queries.entries(chain, chain.length)
    )
    name = chain.key.replace(":", "-")
    return StreamingHttpResponse(
        lines,
        content_type="application/jsonl",
        headers={
            "Content-Disposition": f'attachment; filename="audit-{name}.jsonl"',
            "Cache-Control": "private, no-store",
        },
    )


@require_safe
def heads(request: HttpRequest) -> HttpResponse:
    """Where each chain stood, day by day, for everybody to keep."""
    rows = Anchor.objects.select_related("chain").order_by("-at", "chain__key")
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    return render(request, "audit/heads.html", {"page": page})


@require_safe
def heads_file(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The same as a file, for `naru audit verify --heads`."""
    return HttpResponse(heads_text(queries.heads(), at=clock.now()), content_type="application/json")

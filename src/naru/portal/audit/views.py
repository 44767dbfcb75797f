"""The audit record for operators and auditors: every event, and whether each chain is whole."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from naru.portal.audit import queries
from naru.portal.audit.forms import EventFilter

ROWS = 50
View = Callable[[HttpRequest], HttpResponse]


def readers_only(view: View) -> View:
    """Let in who may read the record; roles lie above this room, so a permission is asked for."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not request.user.has_perm("audit.read"):
            raise PermissionDenied(_("감사 기록은 운영기관과 감사 역할만 볼 수 있습니다."))
        return view(request)

    return guarded


@require_safe
@readers_only
def events(request: HttpRequest) -> HttpResponse:
    """The list of events, newest first, with the state of the chains."""
    form = EventFilter(request.GET)
    narrowed = form.cleaned_data if form.is_valid() else {}
    page = Paginator(queries.events(**narrowed), ROWS).get_page(request.GET.get("page"))
    return render(request, "audit/events.html", {"form": form, "page": page, "chains": queries.chains()})


@require_POST
@readers_only
def verify(request: HttpRequest) -> HttpResponse:
    """Recompute one chain's hashes and say what was found."""
    chain = get_object_or_404(queries.chains(), key=request.POST.get("chain", ""))
    broken = queries.verify(chain)
    facts = {"chain": chain.key, "length": chain.length}
    if broken is None:
        messages.success(request, _("%(chain)s: 기록 %(length)s건이 모두 이어져 있습니다.") % facts)
    else:
        place = facts | {"number": broken.number, "reason": queries.REASONS[broken.code]}
        messages.error(request, _("%(chain)s: %(number)s번 기록에서 어긋납니다. %(reason)s") % place)
    return redirect("audit:events")

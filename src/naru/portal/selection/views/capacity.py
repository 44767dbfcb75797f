"""/capacity/: vendors and clouds enter the servers they can lend together; operators enter any pair."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from naru.domain.decision import Finding, Refused
from naru.portal.accounts.access import actor, must_send_as, role_required
from naru.portal.accounts.models import Role
from naru.portal.selection import actions, queries, words
from naru.portal.selection.forms import CapacityForm
from naru.portal.selection.views import rounds
from naru.portal.ui import clock

STATED = 30  # of the history, the last so many


@require_http_methods(["GET", "POST"])
@role_required("vendor", "cloud", "operator", "auditor")
def capacity(request: HttpRequest) -> HttpResponse:
    """What is entered, and a form for one more pair; `?product=&vendor=&cloud=` fills it for a change."""
    must_send_as(request, "vendor", "cloud", "operator")
    one, found = rounds.choice(request)
    if one is None:
        return render(request, "selection/no_round.html")
    user = actor(request)
    everything = user.has_role(Role.OPERATOR, Role.AUDITOR)
    own = [] if everything else queries.suppliers_of(user.pk)
    may_write = user.has_role(Role.OPERATOR) or bool(own)
    form = CapacityForm(request.POST or None, call=one.terms, suppliers=queries.suppliers(), own=own)
    form.initial = {key: request.GET[key] for key in ("product", "vendor", "cloud") if key in request.GET}
    refusal: Finding | None = None
    if may_write and form.is_valid():
        try:
            actions.enter_capacity(by=user, at=clock.now(), call=one.call, **form.group())
        except Refused as error:
            refusal = error.finding
        else:
            messages.success(request, _("공급 대수를 저장했습니다."))
            return redirect(f"{reverse('selection:capacity')}?call={one.call.slug}&round={one.round.id}")
    groups = list(queries.server_groups(one.call) if everything else queries.groups_of(one.call, own))
    context = {
        "one": one,
        "rounds": found,
        "own": own,
        "everything": everything,
        "may_write": may_write,
        "form": form,
        "groups": groups,
        "total": sum(group.capacity for group in groups),
        "titles": words.product_titles(one.terms),
        "refusal": refusal,
        "entries": queries.stated(groups, STATED),
    }
    status = 409 if refusal else 400 if form.is_bound and not form.is_valid() else 200
    return render(request, "selection/capacity.html", context, status=status)

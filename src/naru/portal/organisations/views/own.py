"""/organisations/: one's own organisations, and one page each; operators and auditors read any."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from naru.domain.decision import Refused
from naru.portal.accounts.access import actor
from naru.portal.audit.reading import reads
from naru.portal.organisations import actions, locks, queries
from naru.portal.organisations.checking import check_soon
from naru.portal.organisations.forms import DOUBTFUL, DetailsForm, InviteForm, doubtful
from naru.portal.organisations.models import Member, Organisation
from naru.portal.ui import clock

CHECKED = {"started_on", "representative_1"}  # what the tax service is asked about beside the number


@require_safe
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """The organisations a person acts for, and the requests that wait for an answer."""
    user = actor(request)
    own = Member.objects.filter(user=user).select_related("organisation").order_by("organisation__name")
    asked = user.join_requests.filter(answered_at=None).select_related("organisation")
    return render(request, "organisations/index.html", {"own": own, "asked": asked})


@require_safe
@login_required
@reads("organisation")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Details, people, invitations and the tax service's word."""
    user = actor(request)
    rows = Organisation.objects.prefetch_related("representatives", "members__user")
    organisation = get_object_or_404(rows, pk=pk)
    own = queries.membership(user, organisation)
    if own is None and not user.has_role("operator", "auditor"):
        raise Http404
    owner = own is not None and own.role == Member.Role.OWNER
    context = {
        "organisation": organisation,
        "own": own,
        "owner": owner,
        "held": locks.held(organisation) if owner else None,
        "status": queries.latest_status(organisation),
        "invitations": organisation.invitations.filter(accepted_at=None, revoked_at=None) if owner else [],
        "requests": organisation.join_requests.filter(answered_at=None).select_related("user")
        if owner
        else [],
        "form": InviteForm(),
        "now": clock.now(),
    }
    return render(request, "organisations/detail.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the details; owners only."""
    user = actor(request)
    rows = queries.organisations_of(user).prefetch_related("representatives")
    organisation = get_object_or_404(rows, pk=pk, members__role=Member.Role.OWNER)
    form = DetailsForm(request.POST or None, organisation=organisation)
    context = {"form": form, "organisation": organisation}
    if form.is_valid():
        try:
            actions.update_details(by=user, at=clock.now(), organisation=organisation, details=form.details())
        except Refused as refusal:
            context["refusal"] = refusal.finding
        else:
            if CHECKED & set(form.changed_data):
                check_soon([pk], user)
            if doubtful(form.cleaned_data["corporate_number"]):
                messages.warning(request, DOUBTFUL)
            messages.success(request, _("저장했습니다."))
            return redirect("organisations:detail", pk)
    return render(request, "organisations/edit.html", context)

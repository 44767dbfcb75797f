"""Members, invitations and requests to join: small acts, each a POST that returns to the organisation."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from naru.domain.decision import Refused
from naru.portal.accounts.access import actor
from naru.portal.organisations import actions, queries
from naru.portal.organisations.forms import InviteForm, JoinForm
from naru.portal.organisations.models import Invitation, JoinRequest, Member
from naru.portal.ui import clock
from naru.portal.ui.refusals import attempt


@require_POST
@login_required
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite an address."""
    organisation = get_object_or_404(queries.organisations_of(actor(request)), pk=pk)
    form = InviteForm(request.POST)
    if form.is_valid():
        done = _("초대 메일을 보냈습니다. 14일 동안 쓸 수 있습니다.")
        attempt(request, actions.invite, done, organisation=organisation, **form.cleaned_data)
    return redirect("organisations:detail", pk)


@require_POST
@login_required
def invitation(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Send an invitation again, or take it back."""
    acts = {
        "resend": (actions.resend_invitation, _("초대 메일을 다시 보냈습니다. 앞의 주소는 쓸 수 없습니다.")),
        "revoke": (actions.revoke_invitation, _("초대를 거두었습니다.")),
    }
    if act not in acts:
        raise Http404
    theirs = queries.organisations_of(actor(request))
    found = get_object_or_404(Invitation, pk=pk, organisation__in=theirs)
    do, done = acts[act]
    attempt(request, do, done, invitation=found)
    return redirect("organisations:detail", found.organisation_id)


@require_POST
@login_required
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """End a member's right to act."""
    member = get_object_or_404(Member, pk=pk, organisation__in=queries.organisations_of(actor(request)))
    attempt(request, actions.remove_member, _("담당자에서 뺐습니다."), member=member)
    return redirect("organisations:detail", member.organisation_id)


@require_POST
@login_required
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a member the owner."""
    member = get_object_or_404(Member, pk=pk, organisation__in=queries.organisations_of(actor(request)))
    attempt(request, actions.hand_over, _("대표 담당자를 넘겼습니다."), member=member)
    return redirect("organisations:detail", member.organisation_id)


@require_POST
@login_required
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop acting for an organisation."""
    organisation = get_object_or_404(queries.organisations_of(actor(request)), pk=pk)
    if attempt(request, actions.leave, _("이 기관에서 나왔습니다."), organisation=organisation):
        return redirect("organisations:index")
    return redirect("organisations:detail", pk)


@require_http_methods(["GET", "POST"])
@login_required
@sensitive_variables("token")
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation; the press of a button is the act, so that a mail scanner accepts nothing."""
    context: dict[str, object] = {}
    if request.method == "POST":
        try:
            made = actions.accept_invitation(by=actor(request), at=clock.now(), token=token)
        except Refused as refusal:
            context["refusal"] = refusal.finding
        else:
            return redirect("organisations:detail", made.organisation_id)
    return render(request, "organisations/accept.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def join(request: HttpRequest) -> HttpResponse:
    """Ask the owner of a company that is entered already."""
    form = JoinForm(request.POST or None)
    if form.is_valid():
        done = _("대표 담당자에게 요청했습니다. 답이 오면 이메일로 알려 드립니다.")
        number = form.cleaned_data["business_number"]
        if attempt(request, actions.request_joining, done, number=number):
            return redirect("organisations:index")
    return render(request, "organisations/join.html", {"form": form})


@require_POST
@login_required
def answer(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Let a person in, or not."""
    if act not in ("accept", "decline"):
        raise Http404
    theirs = queries.organisations_of(actor(request))
    found = get_object_or_404(JoinRequest, pk=pk, organisation__in=theirs)
    done = _("담당자로 받아들였습니다.") if act == "accept" else _("요청을 거절했습니다.")
    attempt(request, actions.answer_request, done, joining=found, accept=act == "accept")
    return redirect("organisations:detail", found.organisation_id)

"""/applications/<pk>/agreement/, server/, withdrawal/: what an awardee signs, takes over, gives up."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from naru.portal.accounts.access import actor, role_required
from naru.portal.accounts.models import User
from naru.portal.allocation import actions, pages, queries
from naru.portal.allocation.access import awards_of, own_award
from naru.portal.allocation.delivery import told
from naru.portal.allocation.forms import SignatureForm, WithdrawalForm
from naru.portal.allocation.models import Award
from naru.portal.applications import queries as applications
from naru.portal.ui import clock
from naru.portal.ui.refusals import attempt


@require_http_methods(["GET", "POST"])
@role_required("applicant")
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """The agreement to read and sign; afterwards as it was signed."""
    award = own_award(actor(request), pk)
    signed = getattr(award, "agreement", None)
    form = SignatureForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and signed is None:
        done = _("협약에 서명했습니다. 운영기관이 서명하면 서버를 준비합니다.")
        attempt(request, actions.sign_agreement, done, award=award)
        return redirect("allocation:agreement", pk)
    terms = signed.terms if signed else queries.agreement_terms(award)
    context = {
        "award": award,
        "signed": signed,
        "form": form,
        "terms": terms,
        "sha256": signed.terms_sha256 if signed else queries.terms_hash(terms),
    }
    return render(request, "allocation/agreement.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@role_required("applicant")
def server(request: HttpRequest, pk: int) -> HttpResponse:
    """The awardee's server; its POST takes a delivered one over."""
    award = own_award(actor(request), pk)
    machine = getattr(award, "server", None)
    if request.method == "POST" and machine is not None:
        done = _("서버를 인수했습니다. 이번 달 진도부터 보고해 주세요.")
        attempt(request, actions.accept_handover, done, server=machine)
        return redirect("allocation:server", pk)
    call = queries.terms_of(award.call)
    context = {
        "award": award,
        "server": machine,
        "findings": told(machine.findings) if machine else [],
        "product": call.resource(award.product),
        "story": pages.story(award),
        "support_ends": call.support.ends,
        "may_withdraw": award.state in queries.ACTIVE,
    }
    return render(request, "allocation/server.html", context)


@require_http_methods(["GET", "POST"])
@role_required("applicant")
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the place up, with what follows from it said first."""
    award = _place(actor(request), pk)
    form = WithdrawalForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        done = _("중도포기를 접수했습니다.")
        if award.pk is None:
            attempt(request, actions.decline, done, application=award.application, reason=reason)
            return redirect(award.application)
        attempt(request, actions.withdraw, done, award=award, reason=reason)
        return redirect("allocation:server", pk)
    terms = queries.terms_of(award.call)
    ground = next(one for one in terms.sanction.grounds if one.id == "withdrawal")
    context = {
        "award": award,
        "form": form,
        "clause": terms.clause(ground.clause),
        "years": ground.years,
        "days": terms.sanction.hearing_days,
        "server": getattr(award, "server", None),
        "active": award.state in queries.ACTIVE,
    }
    return render(request, "allocation/withdrawal.html", context, status=422 if form.errors else 200)


def _place(user: User, pk: int) -> Award:
    """The person's award; before it is open the one the confirmed matching promises, not saved; else 404."""
    award = awards_of(user).filter(application=pk).first()
    if award is not None:
        return award
    own = get_object_or_404(applications.own(user), pk=pk)
    match = queries.promised([own]).get(own.pk)
    if match is None:
        raise Http404
    match.application = own
    return queries.opened(match, clock.now())

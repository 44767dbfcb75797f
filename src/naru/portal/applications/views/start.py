"""/applications/start/: which round, and for whom; what the self-check was told is carried along."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from naru.domain.decision import Refused
from naru.portal.accounts.access import actor
from naru.portal.applications import actions, queries
from naru.portal.applications.forms.guided import address
from naru.portal.applications.forms.start import CompanyForm, CompanyStartForm, PublicStartForm
from naru.portal.calls import queries as calls
from naru.portal.calls.queries import OpenRound
from naru.portal.organisations import actions as organisations
from naru.portal.organisations.checking import check_soon
from naru.portal.organisations.forms import DOUBTFUL, doubtful
from naru.portal.ui import clock


def _round() -> OpenRound | None:
    return next(iter(calls.open_rounds(clock.now())), None)


def _carried(request: HttpRequest, *names: str) -> dict[str, Any]:
    """What the self-check was told, for a form's first showing."""
    return {name: request.GET[name] for name in names if request.GET.get(name)}


@require_safe
@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Choose the sector; who comes from the self-check has chosen it."""
    one = _round()
    party = one.terms.party_of(request.GET.get("kind", "")) if one else None
    if party is not None:
        page = "start_company" if party.unit == "company" else "start_public"
        return redirect(f"{reverse(f'applications:{page}')}{address(request.GET)}")
    return render(request, "applications/start.html", {"one": one, "own": queries.own(actor(request))})


@require_http_methods(["GET", "POST"])
@login_required
def start_company(request: HttpRequest) -> HttpResponse:
    """A company applies."""
    one = _round()
    if one is None:
        return redirect("applications:start")
    user = actor(request)
    form = CompanyStartForm(
        request.POST or None, user=user, terms=one.terms, initial=_carried(request, "kind")
    )
    companies = form.fields["organisation"].queryset  # type: ignore[attr-defined]
    context = {"form": form, "one": one, "companies": companies, "carried": address(request.GET)}
    if form.is_valid():
        try:
            made = actions.start(
                by=user,
                at=clock.now(),
                call=one.call,
                round_id=one.round.id,
                organisation=form.cleaned_data["organisation"],
                kind=form.cleaned_data["kind"],
                role="company",
            )
        except Refused as refusal:
            context["refusal"] = refusal.finding
        else:
            return redirect("applications:edit", made.pk)
    return render(request, "applications/start_company.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def new_company(request: HttpRequest) -> HttpResponse:
    """Enter a company with its representatives."""
    form = CompanyForm(request.POST or None, initial=_carried(request, "kind", "legal_form", "started_on"))
    if form.is_valid():
        try:
            made = organisations.create_organisation(
                by=actor(request), at=clock.now(), details=form.details()
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            check_soon([made.pk], actor(request))
            if doubtful(made.corporate_number):
                messages.warning(request, DOUBTFUL)
            messages.success(request, _("기업을 등록했습니다. 이어서 신청을 시작하십시오."))
            return redirect(f"{reverse('applications:start_company')}{address(request.GET)}")
    return render(request, "applications/new_company.html", {"form": form, "one": _round()})


@require_http_methods(["GET", "POST"])
@login_required
def start_public(request: HttpRequest) -> HttpResponse:
    """Staff or a student of a university or hospital applies."""
    one = _round()
    if one is None:
        return redirect("applications:start")
    user = actor(request)
    form = PublicStartForm(
        request.POST or None, user=user, terms=one.terms, initial=_carried(request, "kind", "role")
    )
    context = {"form": form, "one": one}
    if form.is_valid():
        try:
            made = actions.start_public(
                by=user, at=clock.now(), call=one.call, round_id=one.round.id, entry=form.entry()
            )
        except Refused as refusal:
            context["refusal"] = refusal.finding
        else:
            return redirect("applications:edit", made.pk)
    return render(request, "applications/start_public.html", context)

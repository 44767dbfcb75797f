"""/applications/start/: which round, and for whom."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from naru.domain.decision import Refused
from naru.portal.accounts.access import actor
from naru.portal.accounts.models import User
from naru.portal.applications import actions, queries
from naru.portal.applications.forms.start import CompanyForm, CompanyStartForm, PublicStartForm
from naru.portal.calls import queries as calls
from naru.portal.calls.queries import OpenRound
from naru.portal.organisations import actions as organisations
from naru.portal.organisations.models import Organisation, Professor
from naru.portal.ui import clock


def _round() -> OpenRound | None:
    return next(iter(calls.open_rounds(clock.now())), None)


@require_safe
@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Choose the sector."""
    return render(request, "applications/start.html", {"one": _round(), "own": queries.own(actor(request))})


@require_http_methods(["GET", "POST"])
@login_required
def start_company(request: HttpRequest) -> HttpResponse:
    """A company applies."""
    one = _round()
    if one is None:
        return redirect("applications:start")
    user = actor(request)
    form = CompanyStartForm(request.POST or None, user=user, terms=one.terms)
    context = {"form": form, "one": one, "companies": form.fields["organisation"].queryset}  # type: ignore[attr-defined]
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
    form = CompanyForm(request.POST or None)
    if form.is_valid():
        try:
            organisations.create_organisation(by=actor(request), at=clock.now(), details=form.details())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("기업을 등록했습니다. 이어서 신청을 시작하십시오."))
            return redirect("applications:start_company")
    return render(request, "applications/new_company.html", {"form": form})


@require_http_methods(["GET", "POST"])
@login_required
def start_public(request: HttpRequest) -> HttpResponse:
    """Staff or a student of a university or hospital applies."""
    one = _round()
    if one is None:
        return redirect("applications:start")
    form = PublicStartForm(request.POST or None, terms=one.terms)
    context = {"form": form, "one": one}
    if form.is_valid():
        user, at = actor(request), clock.now()
        professor = _professor(form, user)
        try:
            made = actions.start(
                by=user,
                at=at,
                call=one.call,
                round_id=one.round.id,
                organisation=professor.organisation,
                kind=form.cleaned_data["kind"],
                role=form.cleaned_data["role"],
                professor=professor,
            )
        except Refused as refusal:
            context["refusal"] = refusal.finding
        else:
            return redirect("applications:edit", made.pk)
    return render(request, "applications/start_public.html", context)


def _professor(form: PublicStartForm, user: User) -> Professor:
    """The professor as entered before, or entered now with the institution."""
    given, at = form.cleaned_data, clock.now()
    institution = Organisation.objects.filter(
        name=given["institution"].strip(), kind=given["kind"]
    ).first() or organisations.create_organisation(by=user, at=at, details=form.institution_details())
    email = given["professor_email"].strip().lower()
    found = Professor.objects.filter(organisation=institution, email=email).first()
    if found is not None:
        return found
    account = user if given["role"] == "staff" else User.objects.filter(email=email).first()
    return organisations.add_professor(
        by=user,
        at=at,
        organisation=institution,
        name=given["professor_name"],
        email=email,
        department=given["department"],
        user=account,
    )

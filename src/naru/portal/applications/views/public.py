"""Before an account: the home page and the three self-checks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from naru.codec.capability import capability
from naru.domain.decision import Outcome
from naru.domain.eligibility import may_apply
from naru.domain.papers import document_groups
from naru.portal.accounts.models import User
from naru.portal.applications import queries
from naru.portal.applications.catalogue import catalogue
from naru.portal.applications.completeness import joined
from naru.portal.applications.forms.check import EligibilityForm, ModelCheckForm
from naru.portal.calls import queries as calls
from naru.portal.ui import clock


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The call that is open, or what happens next; three doors; one's own applications."""
    now = clock.now()
    rounds = calls.rounds()
    own = list(queries.own(request.user)) if isinstance(request.user, User) else []
    context = {
        "open": calls.open_rounds(now),
        "coming": [one for one in rounds if now < one.round.opens_at],
        "latest": rounds[0] if rounds else None,
        "own": own,
    }
    return render(request, "applications/home.html", context)


@require_safe
def check_eligibility(request: HttpRequest) -> HttpResponse:
    """May we apply, by which clause, and with which documents? By the call's own rules."""
    return _checked(request, "applications/check_eligibility.html")


@require_safe
def check_documents(request: HttpRequest) -> HttpResponse:
    """What has to be prepared: the form's sections and the documents owed."""
    return _checked(request, "applications/check_documents.html")


def _checked(request: HttpRequest, template: str) -> HttpResponse:
    rounds = calls.open_rounds(clock.now()) or calls.rounds()
    if not rounds:
        return render(request, "applications/no_call.html")
    terms = rounds[0].terms
    form = EligibilityForm(request.GET or None, terms=terms)
    context = {"form": form, "one": rounds[0], "terms": terms}
    if form.is_valid():
        applicant = form.applicant()
        finding = may_apply(terms, applicant.kind)
        party = terms.party_of(applicant.kind)
        context |= {
            "finding": finding,
            "clause": terms.clause(finding.clause),
            "party_clause": terms.clause(party.clause) if party else None,
            "passed": finding.outcome is Outcome.PASSED,
            "groups": [
                (joined(rule.title for rule in group), group[0].clause)
                for group in document_groups(terms, applicant)
            ],
        }
    return render(request, template, context)


@require_safe
def check_model(request: HttpRequest) -> HttpResponse:
    """Is the model in the support table, and what do the vendors claim? No measurement is made here yet."""
    form = ModelCheckForm(request.GET or None)
    context: dict[str, object] = {"form": form, "table": catalogue()}
    if form.is_valid():
        match = catalogue().find(form.cleaned_data["name"])
        keys = [family.key for family in match.families]
        context |= {
            "match": match,
            "name": form.cleaned_data["name"],
            "claims": [
                (vendor, [(family, vendor.claim(family.key)) for family in match.families])
                for vendor in capability().vendors
            ],
            "keys": keys,
        }
    return render(request, "applications/check_model.html", context)

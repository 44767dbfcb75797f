"""The self-checks before an account: may we apply, with which documents, and does our model run?"""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from naru.codec.capability import capability
from naru.domain import call as domain
from naru.domain.applicant import Applicant
from naru.domain.decision import Finding, Outcome
from naru.domain.papers import document_groups
from naru.portal.applications.catalogue import catalogue
from naru.portal.applications.forms.check import ModelCheckForm
from naru.portal.applications.forms.guided import address
from naru.portal.applications.guide import Guide
from naru.portal.applications.issuers import issuer_of, validity_in_words
from naru.portal.calls import queries as calls
from naru.portal.ui import clock

ABOUT_DOCUMENTS = ("kind", "legal_form", "role", "youth")


@require_safe
def check_eligibility(request: HttpRequest) -> HttpResponse:
    """May we apply, by which clause, with what still to do? One question at a time, judged by screening."""
    return _guided(request, "applications/check_eligibility.html")


@require_safe
def check_documents(request: HttpRequest) -> HttpResponse:
    """What has to be prepared: a checklist to print, and the sections of the form."""
    return _guided(request, "applications/check_documents.html", wanted=ABOUT_DOCUMENTS)


def _guided(request: HttpRequest, template: str, **only: Any) -> HttpResponse:
    now = clock.now()
    rounds = calls.open_rounds(now) or calls.rounds()
    if not rounds:
        return render(request, "applications/no_call.html")
    one = rounds[0]
    guide = Guide(one.terms, one.round, request.GET, at=now, **only)
    findings = [_plain(finding) for finding in guide.findings]
    context: dict[str, Any] = {
        "one": one,
        "terms": one.terms,
        "open": one.round.accepts(now),
        "guide": guide,
        "carried": address(request.GET),
        "findings": findings,
        "problems": [one for one in findings if one.outcome is not Outcome.PASSED or one.mend],
        "settled": [one for one in findings if one.outcome is Outcome.PASSED and not one.mend],
        "clauses": {clause.code: clause for clause in one.terms.clauses},
    }
    if guide.question is None:
        context |= _verdict(guide.outcome) | {"papers": papers(one.terms, guide.applicant)}
    return render(request, template, context)


def _plain(finding: Finding) -> Finding:
    """A finding without its facts: they are keys for the record, and the reason says them in words."""
    return replace(finding, facts=())


def _verdict(outcome: Outcome) -> dict[str, bool]:
    return {
        "may": outcome is not Outcome.FAILED,
        "asks_a_person": outcome is Outcome.PERSON,
        "owes": outcome is Outcome.MISSING,
    }


def papers(terms: domain.Call, applicant: Applicant) -> list[list[dict[str, Any]]]:
    """The documents owed, by group of which one is enough: where each comes from, how long it is good."""
    return [
        [
            {"rule": rule, "issuer": issuer_of(rule.code), "validity": validity_in_words(rule)}
            for rule in group
        ]
        for group in document_groups(terms, applicant)
    ]


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

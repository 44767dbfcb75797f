"""Every address of the portal, with the arguments of one small world, and everybody who may come to it."""

from datetime import UTC, datetime, timedelta

from django.urls import URLPattern, get_resolver
from django.utils import timezone
from simulated_year import SCREENING

from naru.portal.allocation import actions as allocation
from naru.portal.progress import actions as progress
from naru.portal.screening import actions as screening
from naru.portal.screening.models import Screening, TechnicalReview

AUGUST = datetime(2025, 8, 5, 1, tzinfo=UTC)


def busy(world, settings):
    """The small world in August: every kind of row that has a page of its own exists once."""
    world.upto("applied")
    first = world.applications[0]
    screening.find_round(by=world.operator, at=SCREENING, call=world.call, round_id="1")
    screening.request_correction(
        by=world.operator, at=SCREENING, application=first, item="sme_certificate", message="가상의 요청",
        due_at=SCREENING + timedelta(days=1),
    )  # fmt: skip
    correction = first.corrections.get()
    screening.answer_correction(
        by=first.applicant, at=SCREENING, correction=correction, answer="가상의 답변"
    )
    screening.confirm_clean(by=world.operator, at=SCREENING, call=world.call, round_id="1")
    screening.decide(
        by=world.operator, at=SCREENING, screening=Screening.objects.get(application=first),
        decision="eligible", reason="보완되었습니다.",
    )  # fmt: skip
    for step in world.STEPS[world.STEPS.index("routed") :]:
        getattr(world, step)()
    award = world.award = world.awards[0]
    owner = world.owner = award.application.applicant
    progress.submit_check(
        by=owner, at=AUGUST, award=award, kind="midpoint", summary="가상의 중간 성과", results={}
    )
    world.case = progress.notice_case(
        by=world.operator, at=AUGUST, award=award, ground="use_outside_plan", facts="가상의 사실"
    )
    allocation.record_month(by=world.operator, at=AUGUST, call=world.call, month=datetime(2025, 4, 1).date())  # noqa: DTZ001
    settings.NARU_CLOCK_OFFSET = AUGUST + timedelta(days=1) - timezone.now()
    return world


def people(world):
    """Everybody who may come to an address: name -> user."""
    return {
        "visitor": None,
        "owner": world.owner,
        "stranger": world.stranger,
        "professor": world.professor_user,
        "operator": world.operator,
        "reviewer": world.reviewers[0],
        "vendor": world.vendor_a,
        "cloud": world.cloud_person(world.award),
        "auditor": world.auditor,
    }


def _arguments(world, name, keys):
    """The arguments of an address, from the rows the name speaks of."""
    award, application = world.award, world.award.application
    room, _colon, page = name.partition(":")
    row = application.pk
    match room, page:
        case ("screening", "card" | "document"):
            row = application.screening.pk
        case ("screening", "review" | "reopen"):
            row = TechnicalReview.objects.get(application=application).pk
        case ("evaluation", "sheet" | "remove"):
            row = application.assignments.get(reviewer=world.reviewers[0]).pk
        case ("selection", "run" | "confirm" | "publish" | "record" | "run_matching"):
            row = world.run.pk
        case ("selection", "confirm_matching" | "matching_record"):
            row = world.matching.pk
        case ("allocation", "open_awards"):
            row = world.matching.pk
        case ("allocation", "order"):
            row = award.server.pk
        case ("allocation", "award" | "countersign" | "order_server" | "return_server"):
            row = award.pk
        case ("progress", "award" | "notice"):
            row = award.pk
        case ("progress", "check"):
            row = award.checks.get().pk
        case ("progress", "case"):
            row = world.case.pk
    values = {
        "pk": row,
        "case": world.case.pk,
        "document": application.documents.get().pk,
        "code": "sme_certificate",
        "slug": "2025-npu",
        "round_id": "1",
        "product": "npu-60",
        "unit": application.unit,
    }
    return {key: values[key] for key in keys}


def _patterns(patterns, prefix=""):
    for one in patterns:
        if isinstance(one, URLPattern):
            yield prefix + (one.name or ""), one
        else:
            inner = f"{prefix}{one.namespace}:" if one.namespace else prefix
            if one.app_name or not str(one.pattern).startswith(("accounts/", "i18n/")):
                yield from _patterns(one.url_patterns, inner)


def addresses(world):
    """(name, address) of every page of the portal's own rooms; allauth's pages are its own."""
    found = []
    for name, one in _patterns(get_resolver().url_patterns):
        given = _arguments(world, name, one.pattern.converters)
        found.append((name, "/" + _filled(str(one.pattern), given)))
    return found


def _filled(route, given):
    for key, value in given.items():
        for kind in ("int", "slug", "str"):
            route = route.replace(f"<{kind}:{key}>", str(value))
    return route

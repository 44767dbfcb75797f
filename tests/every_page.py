"""Every address of the portal, with the arguments of one small world, and everybody who may come to it."""

import re
from datetime import UTC, date, datetime, timedelta

from django.urls import URLPattern, get_resolver
from django.utils import timezone
from simulated_year import INTAKE, SCREENING

from naru.portal.allocation import actions as allocation
from naru.portal.organisations import actions as organisations
from naru.portal.organisations.models import Restriction
from naru.portal.progress import actions as progress
from naru.portal.screening import actions as screening
from naru.portal.screening.models import Screening, TechnicalReview

OWN = {"calls:clause": {"code": "E-04"}}  # where one key means something else on one page
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
    screening.answer_correction(by=first.applicant, at=SCREENING, correction=correction, answer="가상의 답변")
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
    allocation.record_month(by=world.operator, at=AUGUST, call=world.call, month=date(2025, 4, 1))
    organisations.record_restriction(
        by=world.operator,
        at=AUGUST,
        entry=organisations.RestrictionEntry(
            unit="company:1000000014", ground="ai_voucher_restriction", clause="E-09",
            starts_on=AUGUST.date(), ends_on=None, source="가상의 통보",
        ),
    )  # fmt: skip
    _clock(settings, AUGUST + timedelta(days=1))
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
        "rival": world.cloud_b if world.award.cloud.code == "cloud-a" else world.cloud_a,
        "auditor": world.auditor,
    }


def waiting(world, settings):
    """(user, address) of pages in a state the busy world has left behind; the clock moves with them."""
    world.upto("opened")
    _clock(settings, INTAKE)
    first = world.year.submitted(1)
    draft = world.student_draft()
    yield None, "/"
    yield world.student, f"/applications/{draft.pk}/"
    yield from (
        (world.student, f"/applications/{draft.pk}/{page}/") for page in ("edit", "documents", "submit")
    )
    yield world.professor_user, "/confirmations/"
    yield first.applicant, "/applications/start/company/"
    yield from ((world.student, f"/applications/start/{page}") for page in ("", "company/new/", "public/"))
    yield world.operator, "/calls/2025-npu/"
    world.year.submitted(2, organisation=first.organisation)
    _clock(settings, SCREENING)
    screening.find_round(by=world.operator, at=SCREENING, call=world.call, round_id="1")
    screening.request_correction(
        by=world.operator, at=SCREENING, application=first, item="sme_certificate", message="가상의 요청",
        due_at=SCREENING + timedelta(days=1),
    )  # fmt: skip
    vendor = world.suppliers["vendor-a"]
    (review,) = screening.route(by=world.operator, at=SCREENING, application=first, vendors=[vendor])
    yield world.operator, "/console/"
    yield world.operator, f"/screening/duplicates/{first.unit}/"
    yield world.operator, "/screening/confirm/"
    yield world.operator, f"/screening/{first.screening.pk}/"
    yield first.applicant, f"/applications/{first.pk}/corrections/"
    yield world.vendor_a, f"/technical-review/{review.pk}/"


def _clock(settings, instant):
    settings.NARU_CLOCK_OFFSET = instant - timezone.now()


def _rows(world):
    """For each row a page may speak of, its key; and the names of those pages. The rest: the application."""
    award, application = world.award, world.award.application
    seat = application.assignments.get(reviewer=world.reviewers[0])
    return {
        "screening:card screening:document": application.screening.pk,
        "screening:review screening:reopen": TechnicalReview.objects.get(application=application).pk,
        "evaluation:sheet evaluation:conflict evaluation:remove evaluation:declare": seat.pk,
        "selection:run selection:confirm selection:publish selection:record "
        "selection:run_matching": world.run.pk,
        "selection:confirm_matching selection:matching_record allocation:open_awards": world.matching.pk,
        "allocation:order": award.server.pk,
        "allocation:award allocation:countersign allocation:order_server allocation:return_server "
        "progress:award progress:notice": award.pk,
        "organisations:lift_restriction": Restriction.objects.get().pk,
        "progress:check": award.checks.get().pk,
        "progress:case": world.case.pk,
    }


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
    application = world.award.application
    rows = {name: row for names, row in _rows(world).items() for name in names.split()}
    given = {
        "case": world.case.pk,
        "document": application.documents.get().pk,
        "code": "sme_certificate",
        "slug": "2025-npu",
        "round_id": "1",
        "product": "npu-60",
        "unit": application.unit,
    }
    return [
        (
            name,
            "/"
            + _filled(str(one.pattern), given | {"pk": rows.get(name, application.pk)} | OWN.get(name, {})),
        )
        for name, one in _patterns(get_resolver().url_patterns)
    ]


def _filled(route, given):
    """The address of a route, each `<kind:key>` replaced by its value."""
    return re.sub(r"<\w+:(\w+)>", lambda found: str(given[found.group(1)]), route)

"""Every address of the portal, with the arguments of one small world, and everybody who may come to it."""

import re
from datetime import UTC, date, datetime, timedelta

from django.urls import URLPattern, get_resolver
from django.utils import timezone
from simulated_year import INTAKE, PDF, SCREENING
from small_world import SELECTION

from naru.portal.allocation import actions as allocation
from naru.portal.allocation.models import Offer, RefillBatch
from naru.portal.appeals import actions as appeals
from naru.portal.applications import invitations, sections
from naru.portal.applications.judging import judge
from naru.portal.audit.models import Event
from naru.portal.calls import queries as calls
from naru.portal.evaluation.models import Objection, ReviewAssignment
from naru.portal.mail.models import Mail
from naru.portal.mail.outbox import subject_of
from naru.portal.organisations import actions as organisations
from naru.portal.organisations.models import Restriction
from naru.portal.progress import actions as progress
from naru.portal.questions import actions as questions
from naru.portal.screening import actions as screening
from naru.portal.screening.models import Screening, TechnicalReview

OWN = {
    "calls:clause": {"code": "E-04"},
    "applications:blank_form": {"code": "1-2"},
    "screening:silence": {"code": "vendor-a"},
}  # where one key means something else on one page
FAQ = questions.EntryContent(
    topic="model",
    place=10,
    question_ko="가상의 질문",
    question_en="A simulated question",
    answer_ko="가상의 답",
    answer_en="A simulated answer",
    clauses=("A-05",),
)
AUGUST = datetime(2025, 8, 5, 1, tzinfo=UTC)


def busy(world, settings):
    """The small world in August: every kind of row that has a page of its own exists once."""
    world.upto("applied")
    first = world.applications[0]
    screening.find_round(by=world.operator, at=SCREENING, call=world.call, round_id="1")
    screening.request_corrections(
        by=world.operator, at=SCREENING, application=first,
        asked=[screening.Asked(item="sme_certificate", message="가상의 요청")],
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
    world.mail = Mail.objects.create(
        to="kim@example.test", name="tried", language="ko", subject="가상의 접수 알림", body="가상의 글\n",
        about=subject_of(first), queued_at=AUGUST, attempts=1, last_error="SMTPServerDisconnected: gone",
    )  # fmt: skip
    Objection.objects.create(
        application=first, reviewer=world.reviewers[0], reason="가상의 사유", filed_by=owner, filed_at=AUGUST
    )
    world.gone = ReviewAssignment.objects.create(
        application=award.application, reviewer=world.operator2, assigned_at=AUGUST, removed_at=AUGUST,
        removal_reason="가상의 이해충돌",
    )  # fmt: skip
    world.question = questions.ask(
        by=owner, at=AUGUST, call=world.call, title="가상의 문의", text="가상의 질문", public=True
    )
    world.appeal = _settled(world, award.application)
    world.batch = _offered(world, award)
    world.faq_entry = questions.save_entry(by=world.operator, at=AUGUST, call=world.call, content=FAQ)
    _clock(settings, AUGUST + timedelta(days=1))
    return world


def _offered(world, award):
    """A refill that once offered the awardee the place it has."""
    batch = RefillBatch.objects.create(
        call=world.call, day=AUGUST.date(), record={}, root="0" * 64, decided_by=world.operator,
        decided_at=AUGUST,
    )  # fmt: skip
    Offer.objects.create(
        batch=batch, call=world.call, application=award.application, product=award.product,
        vendor=award.vendor, cloud=award.cloud, offered_at=AUGUST, expires_at=AUGUST, answer="accepted",
        answered_by=world.owner, answered_at=AUGUST,
    )  # fmt: skip
    return batch


def _settled(world, application):
    """An appeal of the awardee's against the score, filed in time and upheld; nothing changes by it."""
    at, seat = SELECTION + timedelta(days=1), application.assignments.first()
    appeal = appeals.file(
        by=application.applicant, at=at, application=application, against="score", key="appeal",
        grounds=["score_entry"], text="가상의 이의", files=[judge(PDF, "가상 근거.pdf")],
    )  # fmt: skip
    answer = appeals.Answer(
        verdict="upheld", reason="가상의 답", remedy="correct", points={seat.pk: {"contents": 1}}
    )
    appeals.answer(by=world.operator, at=at, appeal=appeal, given=answer)
    appeals.confirm(by=world.operator2, at=at, appeal=appeal)
    return appeals.settle(by=world.operator, at=at, appeal=appeal)


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
    yield from ((world.student, f"/applications/{draft.pk}/{page}/") for page in ("documents", "submit"))
    for page in sections.by_id(calls.terms(draft.version), draft):
        yield world.student, f"/applications/{draft.pk}/edit/{page}/"
    yield first.applicant, f"/applications/{first.pk}/consents/"
    yield world.student, f"/applications/{draft.pk}/confirmation/"
    yield from ((world.professor_user, f"/confirmations/{page}") for page in ("", f"{draft.pk}/"))
    yield first.applicant, "/applications/start/company/"
    yield from ((world.student, f"/applications/start/{page}") for page in ("", "company/new/", "public/"))
    yield world.operator, "/calls/2025-npu/"
    world.year.submitted(2, organisation=first.organisation)
    _clock(settings, SCREENING)
    screening.find_round(by=world.operator, at=SCREENING, call=world.call, round_id="1")
    screening.request_corrections(
        by=world.operator, at=SCREENING, application=first,
        asked=[screening.Asked(item="sme_certificate", message="가상의 요청")],
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
        "screening:card screening:document screening:ask": application.screening.pk,
        "screening:review screening:reopen": TechnicalReview.objects.get(application=application).pk,
        "evaluation:documents evaluation:document evaluation:sheet evaluation:finalise "
        "evaluation:sheet_receipt evaluation:conflict evaluation:remove evaluation:declare": seat.pk,
        "evaluation:reopen": world.gone.pk,
        "evaluation:answer": Objection.objects.get().pk,
        "evaluation:reviewer evaluation:leave": seat.reviewer_id,
        "selection:run selection:confirm selection:publish selection:record selection:mails "
        "selection:run_matching": world.run.pk,
        "selection:confirm_matching selection:matching_record allocation:open_awards": world.matching.pk,
        "appeals:card": world.appeal.pk,
        "allocation:order": award.server.pk,
        "allocation:refill_record": world.batch.pk,
        "allocation:award allocation:countersign allocation:order_server allocation:return_server "
        "progress:award progress:notice": award.pk,
        "applications:confirm applications:confirmation": world.applications[-1].pk,
        "organisations:lift_restriction": Restriction.objects.get().pk,
        "people:person people:grant people:revoke people:reset_factor": world.stranger.pk,
        "questions:detail questions:answer": world.question.pk,
        "questions:edit_entry questions:retire_entry": world.faq_entry.pk,
        "organisations:detail organisations:edit organisations:invite "
        "organisations:leave": application.organisation.pk,
        "progress:check": award.checks.get().pk,
        "progress:case": world.case.pk,
        "console:mail console:retry_mail": world.mail.pk,
        "audit:event": Event.objects.latest("pk").pk,
    }


def every_pattern(listed=None, prefix=""):
    """(name with its namespaces, pattern) of every address of the portal's own rooms."""
    for one in listed or get_resolver().url_patterns:
        if isinstance(one, URLPattern):
            yield prefix + (one.name or ""), one
        else:
            inner = f"{prefix}{one.namespace}:" if one.namespace else prefix
            if one.app_name or not str(one.pattern).startswith(("accounts/", "i18n/")):
                yield from every_pattern(one.url_patterns, inner)


def addresses(world):
    """(name, address) of every page of the portal's own rooms; allauth's pages are its own."""
    application = world.award.application
    rows = {name: row for names, row in _rows(world).items() for name in names.split()}
    given = {
        "case": world.case.pk,
        "chain_key": "decisions",
        "document": application.documents.get().pk,
        "file": world.appeal.files.get().pk,
        "section": "product",
        "code": "sme_certificate",
        "kind": "other",
        "slug": "2025-npu",
        "revision": 1,
        "key_id": application.receipts.get().signed_with_id,
        "round_id": "1",
        "product": "npu-60",
        "unit": application.unit,
        "token": invitations.token_of(world.applications[-1].confirmation),
        "act": "accept",
    }
    return [
        (
            name,
            "/"
            + _filled(str(one.pattern), given | {"pk": rows.get(name, application.pk)} | OWN.get(name, {})),
        )
        for name, one in every_pattern()
    ]


def _filled(route, given):
    """The address of a route, each `<kind:key>` replaced by its value."""
    return re.sub(r"<\w+:(\w+)>", lambda found: str(given[found.group(1)]), route)

"""Who may send what where, and that nobody comes to another's row: role x address x own or foreign.

`test_every_page` asks who may read an address; here everybody sends to every address too, and for each
address of one row a person of the right role comes, but of another company, vendor, cloud or panel.
"""

import re
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from every_page import AUGUST, addresses, busy, people
from seated import SeatedClient
from simulated_year import INTAKE, person
from small_world import World
from spent import spent

from naru.portal.applications.models import Application, StoredFile
from naru.portal.evaluation import actions as evaluation
from naru.portal.evaluation.models import DeclaredRelation
from naru.portal.organisations import actions as organisations
from naru.portal.organisations.models import Invitation, JoinRequest
from naru.portal.screening.models import CertificateRenewal, CorrectionRequest
from naru.portal.selection.models import ServerGroup

EVERYBODY = frozenset(
    {
        "visitor",
        "owner",
        "stranger",
        "student",
        "professor",
        "operator",
        "reviewer",
        "vendor",
        "cloud",
        "rival",
        "auditor",
    }
)
ASKING = EVERYBODY - {"visitor", "auditor"}  # an auditor changes nothing, a question included
OPERATOR, OWNER, REVIEWER = frozenset({"operator"}), frozenset({"owner"}), frozenset({"reviewer"})

MAY_SEND = {
    EVERYBODY: "applications:verify",
    ASKING: "organisations:join organisations:accept questions:ask applications:start_company "
    "applications:new_company applications:start_public",
    OWNER: "evaluation:objection screening:narrow "
    "appeals:own appeals:withdraw organisations:edit organisations:invite organisations:leave "
    "organisations:remove organisations:hand_over organisations:invitation organisations:answer "
    "applications:section "
    "applications:consents applications:attach applications:dates applications:remove applications:filled "
    "applications:submit applications:withdraw screening:corrections screening:narrow screening:renewals "
    "allocation:agreement allocation:offer allocation:server allocation:withdrawal "
    "progress:report progress:statement "
    "progress:midpoint progress:final progress:survey progress:own_case",
    OPERATOR: "evaluation:objections evaluation:answer screening:silence "
    "appeals:card people:people people:person people:grant people:revoke people:reset_factor "
    "organisations:check_status organisations:new_restriction organisations:lift_restriction "
    "calls:publish calls:amend calls:seed calls:close calls:quotas "
    "questions:new_entry questions:edit_entry questions:retire_entry questions:answer "
    "applications:status_sheets applications:exception applications:rescan "
    "screening:find_round screening:confirm_clean screening:coverage screening:card screening:ask "
    "screening:extend screening:take_back screening:texts screening:text screening:waive screening:reopen "
    "screening:silence "
    "evaluation:import evaluation:leave evaluation:reviewer evaluation:application evaluation:remove "
    "evaluation:declare evaluation:reopen evaluation:panels evaluation:close evaluation:remind "
    "selection:propose selection:confirm selection:publish selection:run_matching "
    "selection:confirm_matching allocation:refill allocation:record_month allocation:close_call "
    "allocation:open_awards allocation:countersign allocation:order_server allocation:return_server "
    "progress:check progress:case progress:notice console:retry_mail",
    REVIEWER: "evaluation:finalise evaluation:sheet evaluation:conflict evaluation:profile "
    "evaluation:declaration evaluation:pledge evaluation:end_relation",
    frozenset({"professor"}): "applications:confirm",
    frozenset({"vendor"}): "screening:review screening:reviews",
    frozenset({"cloud"}): "allocation:order",
    OPERATOR | {"vendor", "cloud", "rival"}: "selection:capacity",
    frozenset({"student"}): "applications:confirmation",
    # no unit of the busy world applied twice; the room's own tests send here
    frozenset(): "screening:resolve",
}
SENDERS = {name: who for who, names in MAY_SEND.items() for name in names.split()}

# everything a complete form of any room says, so that no foreign row is saved by a field left empty
SAID = {
    "reason": "가상의 사유", "text": "가상의 글", "answer": "가상의 답", "summary": "가상의 요약",
    "comment": "가상의 의견", "note": "가상의 말", "agreed": "on", "complete": "on", "signed": "on",
    "name": "가상 이름", "act": "final", "key": "a-foreign-key", "version": "{}",
    "opened": INTAKE.isoformat(),
    "verdict": "supported", "reason_code": "runs_today", "month": "2025-08", "stage": "model_analysis",
    "reference": "rack-9", "address": "10.0.0.9:22", "tops_int8": "60", "cores": "16", "clock_ghz": "2.1",
    "memory_gb": "128", "ssd_tb": "1", "link_gbps": "1", "email": "other@other.test", "days": "7",
    "points_purpose": "25", "points_field": "4", "points_contents": "42", "points_need": "8",
    "points_other": "4", "decision": "eligible", "statement": "가상의 의견", "confirm": "on",
}  # fmt: skip
OBJECT = re.compile(r"(?<!rounds)(?<!results)/\d+[/.]")  # the address of one row; a round is no row
REFUSED = {403, 404, 405}
KEPT_ASIDE = ("django_session", "naru_cache")  # that somebody came, not what was said


def more_rows(world):
    """Rows only some acts leave behind, so that at each address somebody may send something."""
    mine = world.award.application
    organisations.request_joining(by=person("joining"), at=AUGUST, number=mine.organisation.business_number)
    organisations.invite(by=mine.applicant, at=AUGUST, organisation=mine.organisation, email="new@new.test")
    member = organisations.add_member(
        by=mine.applicant, at=AUGUST, organisation=mine.organisation, user=person("colleague")
    )
    relation = evaluation.declare_relation(
        by=world.reviewers[0], at=AUGUST, kind=DeclaredRelation.Kind.values[0], person="가상 인물"
    )
    document = mine.documents.get()
    renewal = CertificateRenewal.objects.create(
        application=mine, document=document.code, lapses_on=AUGUST.date(), needed_by=AUGUST.date(),
        before=document.file, raised_at=AUGUST,
    )  # fmt: skip
    correction = CorrectionRequest.objects.create(
        application=mine, item="plan", message="가상의 요청", requested_by=world.operator,
        requested_at=AUGUST, due_at=AUGUST + timedelta(days=9),
    )  # fmt: skip
    StoredFile.objects.filter(pk=document.file_id).update(verdict=StoredFile.Verdict.QUARANTINED)
    world.correction, world.renewal = correction, renewal
    return {
        "organisations:remove": [member.pk],
        "organisations:hand_over": [member.pk],
        "organisations:answer": [JoinRequest.objects.get().pk, "accept"],
        "organisations:invitation": [Invitation.objects.get().pk, "revoke"],
        "evaluation:end_relation": [relation.pk],
        "screening:extend": [correction.pk],
        "screening:take_back": [correction.pk],
        "screening:waive": [renewal.pk],
        "applications:rescan": [document.file_id],
    }


@pytest.fixture
def world(db, settings, tmp_path):
    """The busy world; each address has its row, and each role a second person."""
    settings.MEDIA_ROOT = tmp_path
    made = busy(World(), settings)
    given = more_rows(made)
    made.addresses = [
        (name, reverse(name, args=given[name]) if name in given else address)
        for name, address in addresses(made)
    ]
    vendor = organisations.add_supplier(
        by=made.operator, at=INTAKE, kind="vendor", code="vendor-b", name="가상 vendor b", simulated=True
    )
    made.vendor_b = person("vendor-b", "vendor")
    organisations.add_supplier_member(by=made.operator, at=INTAKE, supplier=vendor, user=made.vendor_b)
    made.other = made.awards[1].application
    return made


def strangers(world):
    """People of a role that has rows of its own, to whom the world's rows are foreign: role -> user."""
    return {
        "applicant": world.other.applicant,
        "reviewer": world.reviewers[1],  # on the same panel, with a sheet of their own
        "vendor": world.vendor_b,
        "cloud": people(world)["rival"],
        "professor": person("professor-b"),
    }


def said(world, name):
    """What is sent to an address: what its form would say, and the row it names."""
    named = {"screening:corrections": {"correction": world.correction.pk}}
    return SAID | named.get(name, {})


@contextmanager
def undone():
    """What is sent in here leaves nothing; yields the list its writes are put into."""
    writes: list[str] = []
    with transaction.atomic():
        with CaptureQueriesContext(connection) as queries:
            yield writes
        transaction.set_rollback(True)
    writes += [
        one["sql"][:100]
        for one in queries
        if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
        and not any(k in one["sql"] for k in KEPT_ASIDE)
    ]


def seated(user, settings):
    client = SeatedClient()
    if user is not None:
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[1])
    return client


def refused(answer):
    spent(answer)
    to_log_in = answer.status_code == 302 and "/accounts/login/" in answer["Location"]
    return to_log_in or answer.status_code in REFUSED


def test_nobody_sends_where_the_table_does_not_let_them(world, settings):
    """Role x address, by POST; an address that takes one and stands in no row fails here too."""
    wrong = []
    for who, user in ({"student": world.student} | people(world)).items():
        client = seated(user, settings)
        for name, address in world.addresses:
            with undone() as writes:
                answer = client.post(address, said(world, name))
            came = not refused(answer)
            if came != (who in SENDERS.get(name, ())) or (writes and not came):
                wrong.append((who, name, address, answer.status_code, writes))
    assert wrong == []


def test_a_foreign_row_is_there_for_nobody(world, settings):
    """Each address of one row, read and sent to by the right role of another party: 403 or 404, no write."""
    wrong = []
    rows = [(name, address) for name, address in world.addresses if OBJECT.search(address)]
    for who, user in strangers(world).items():
        client = seated(user, settings)
        for name, address in rows:
            for ask in (client.get, client.post):
                with undone() as writes:
                    answer = ask(address, said(world, name))
                if not refused(answer) or answer.status_code == 302 or writes:
                    wrong.append((who, name, address, ask.__name__, answer.status_code, writes))
    assert wrong == []


def test_ones_own_address_leads_to_no_foreign_row(world, settings):
    """The first key one's own, the second another's."""
    mine, other = world.award.application, world.other
    document, seat = mine.documents.get(), other.assignments.get(reviewer=world.reviewers[0])
    asked = [
        (other.applicant, "applications:download", [other.pk, document.pk]),
        (other.applicant, "appeals:download", [other.pk, world.appeal.files.get().pk]),
        (other.applicant, "progress:own_case", [other.pk, world.case.pk]),
        (world.reviewers[0], "evaluation:document", [seat.pk, document.pk]),
        (world.operator, "screening:document", [other.screening.pk, document.pk]),
    ]
    wrong = []
    for user, name, keys in asked:
        client = seated(user, settings)
        for ask in (client.get, client.post):
            with undone() as writes:
                answer = ask(reverse(name, args=keys), SAID)
            if answer.status_code not in REFUSED or writes:
                wrong.append((name, ask.__name__, answer.status_code, writes))
    assert wrong == []


def test_a_form_that_names_a_foreign_row_changes_nothing(world, settings):
    """The address one's own, the row in the form another's."""
    other, rival = world.other, people(world)["rival"]
    own = world.award.cloud.code
    group = {"product": "npu-60", "vendor": "vendor-a", "cloud": own, "capacity": 99}
    asked = [
        (world.vendor_b, "selection:capacity", [], group),
        (rival, "selection:capacity", [], group),
        (
            other.applicant,
            "screening:corrections",
            [other.pk],
            {"correction": world.correction.pk, "answer": "답"},
        ),
        (other.applicant, "screening:renewals", [other.pk], {"bring": world.renewal.pk}),
    ]
    wrong = []
    for user, name, keys, form in asked:
        client = seated(user, settings)
        with undone() as writes:
            answer = client.post(reverse(name, args=keys), form)
        if answer.status_code not in {200, 400, 404, 409, 422} or writes:
            wrong.append((name, user.name, answer.status_code, writes))
    assert wrong == []
    assert not ServerGroup.objects.filter(capacity=99).exists()


def test_a_foreign_company_cannot_be_applied_for(world, settings):
    settings.NARU_CLOCK_OFFSET = INTAKE - timezone.now()
    before = Application.objects.count()
    form = {"organisation": world.award.application.organisation_id, "kind": "sme"}
    answer = seated(world.stranger, settings).post(reverse("applications:start_company"), form)
    assert (answer.status_code, Application.objects.count()) == (200, before)


def test_a_foreign_draft_cannot_be_handed_in(world, settings):
    """Nor is the receipt of a press shown to who learnt its key."""
    settings.NARU_CLOCK_OFFSET = INTAKE - timezone.now()
    mine = world.award.application
    kept = mine.receipts.get()
    form = {"key": kept.key, "version": "", "opened": INTAKE.isoformat()}
    answer = seated(world.other.applicant, settings).post(
        reverse("applications:submit", args=[mine.pk]), form
    )
    assert (answer.status_code, list(mine.receipts.all())) == (404, [kept])

"""Every address of the portal: who may come to it, and that each page is whole, quiet and accessible."""

from django.contrib.auth.models import AnonymousUser
from every_page import addresses, busy, people, waiting
from simulated_year import CLOSE, INTAKE, answers, company
from small_world import MATCHING

from naru.portal.applications import actions as applications
from naru.portal.screening.models import CertificateRenewal
from naru.portal.ui import navigation

EVERYBODY = frozenset(
    {
        "visitor",
        "owner",
        "stranger",
        "professor",
        "operator",
        "reviewer",
        "vendor",
        "cloud",
        "rival",
        "auditor",
    }
)
SIGNED_IN = EVERYBODY - {"visitor"}
STAFF = frozenset({"operator", "auditor"})
OPERATOR, OWNER = frozenset({"operator"}), frozenset({"owner"})
PROFESSOR = frozenset({"professor"})
REVIEWER, VENDOR, CLOUD = frozenset({"reviewer"}), frozenset({"vendor"}), frozenset({"cloud"})
NOBODY: frozenset[str] = frozenset()  # only a POST comes here: a GET is refused (405) or sent to log in

MAY = {
    EVERYBODY: "applications:receipt_keys applications:receipt_key applications:verify "
    "applications:blank_form applications:invited "
    "applications:home applications:check_eligibility applications:check_documents "
    "applications:check_model applications:model_verdict "
    "calls:index calls:detail calls:calendar calls:clauses "
    "calls:clause selection:results "
    "questions:faq questions:index "
    "audit:heads audit:heads_file "
    "selection:public_record selection:public_matching_record",
    SIGNED_IN: "console:home applications:index applications:start applications:start_company "
    "questions:ask "
    "organisations:index organisations:join organisations:accept "
    "applications:new_company applications:start_public applications:confirmations progress:mine",
    STAFF: "appeals:queue appeals:card "
    "applications:status_sheets applications:quarantine screening:outstanding "
    "audit:events audit:event audit:reads audit:download organisations:restrictions "
    "screening:queue screening:duplicates screening:coverage "
    "evaluation:shadow "
    "screening:card screening:document evaluation:coverage evaluation:application evaluation:pool "
    "evaluation:objections "
    "selection:room "
    "selection:mails "
    "selection:run selection:record selection:matching selection:matching_record allocation:board "
    "allocation:refill_record "
    "allocation:waiting_list allocation:budget allocation:award progress:wall progress:checks progress:check "
    "progress:surveys progress:cases progress:case progress:award progress:surveys console:board "
    "questions:queue questions:manage "
    "organisations:companies "
    "console:mails console:mail",
    OPERATOR: "applications:exception calls:close "
    "screening:ask screening:texts screening:text "
    "ui_gallery ui_gallery_staff organisations:new_restriction organisations:lift_restriction "
    "calls:publish calls:amend calls:seed screening:confirm_clean screening:reopen screening:silence "
    "evaluation:panels evaluation:answer evaluation:reviewer evaluation:leave evaluation:import "
    "evaluation:close evaluation:remove evaluation:declare evaluation:reopen "
    "selection:confirm selection:publish "
    "selection:confirm_matching progress:notice people:people people:person "
    "questions:answer questions:new_entry questions:edit_entry "
    "people:reset_factor",
    OWNER | STAFF: "appeals:download appeals:record "
    "applications:detail applications:content applications:download applications:receipt "
    "questions:detail "
    "organisations:detail "
    "applications:receipt_file applications:receipt_pdf selection:letter",
    OWNER: "evaluation:objection "
    "appeals:own appeals:withdraw applications:form_file applications:filled applications:remove "
    "applications:edit applications:section applications:consents "
    "applications:documents applications:attach applications:submit "
    "applications:withdraw screening:corrections screening:narrow screening:renewals "
    "allocation:agreement allocation:server "
    "allocation:offer allocation:place "
    "allocation:withdrawal progress:report progress:midpoint progress:final progress:survey "
    "organisations:edit "
    "progress:own_case",
    REVIEWER: "evaluation:declaration evaluation:documents evaluation:document evaluation:profile "
    "evaluation:finalise evaluation:sheet_receipt "
    "evaluation:mine evaluation:sheet evaluation:conflict evaluation:pledge",
    PROFESSOR: "applications:confirm",
    VENDOR: "screening:reviews screening:review",
    CLOUD: "allocation:order",
    CLOUD | {"rival"}: "allocation:orders",
    OPERATOR | VENDOR | CLOUD | {"rival", "auditor"}: "selection:capacity",
    NOBODY: "evaluation:remind evaluation:end_relation applications:dates applications:rescan "
    "screening:extend screening:take_back screening:waive "
    "applications:confirmation audit:verify calls:quotas "
    "screening:find_round screening:resolve "
    "selection:propose selection:run_matching allocation:refill allocation:record_month "
    "allocation:close_call allocation:open_awards allocation:countersign allocation:order_server "
    "allocation:return_server progress:statement console:retry_mail "
    "questions:retire_entry "
    "organisations:invite organisations:leave organisations:remove organisations:hand_over "
    "organisations:invitation organisations:answer organisations:check_status "
    "people:grant people:revoke",
}
TABLE = {name: who for who, names in MAY.items() for name in names.split()}
DOWNLOADS = {
    "audit:download",
    "calls:calendar",
    "applications:download",
    "appeals:download",
    "applications:receipt_file",
    "applications:receipt_pdf",
    "applications:receipt_key",
    "screening:document",
    "allocation:refill_record",
    "evaluation:document",
    "applications:form_file",
    "applications:blank_form",
    "applications:model_verdict",  # a line of a page
}  # not pages: nothing to look at
NARROW, WIDE = 390, 1280


def test_the_table_says_for_every_address_who_may_come(world, settings):
    known = {name for name, _address in addresses(busy(world, settings))}
    assert known - TABLE.keys() == set()


def test_nobody_comes_where_the_table_does_not_let_them(world, settings, client):
    """Unexpected successes, and refusals of those who may come: none of either."""
    busy(world, settings)
    wrong = []
    for who, user in people(world).items():
        client.logout()
        if user is not None:
            client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[1])
        for name, address in addresses(world):
            answer = client.get(address)
            answer.close()
            to_log_in = answer.status_code == 302 and "/accounts/login/" in answer["Location"]
            came = answer.status_code in (200, 302) and not to_log_in
            if came != (who in TABLE[name]) or (not came and answer.status_code not in (302, 403, 404, 405)):
                wrong.append((who, address, answer.status_code))
    assert wrong == []


def looked_at(sit, user, address, width=NARROW, language="ko"):
    """What is wrong with a page on such a screen: script, network, width, axe; empty when nothing is."""
    desk = sit(user, width, language)
    answer = desk.open(address)
    return ([] if answer.status == 200 else [f"status {answer.status}"]) + faults(desk, width)


def faults(desk, width=NARROW):
    """What is wrong with the page a desk is at, however it came there."""
    found = desk.violations()
    wide = desk.page.evaluate("document.documentElement.scrollWidth")
    found += [f"{wide} px wide"] if wide > width else []
    if desk.page.locator("main a[href], main button, nav a[href]").count() == 0:
        found.append("no way on")
    found += desk.wrong
    desk.wrong.clear()
    return found


def test_each_page_is_whole_and_accessible_on_a_narrow_screen(world, seat, settings):
    """Each page once, as one who may come to it, in Korean, at 390 px; applicants' in English too, wide."""
    busy(world, settings)
    everybody, found = people(world), {}
    for name, address in addresses(world):
        if TABLE[name] and name not in DOWNLOADS and not address.endswith(".json"):
            who = next(one for one in everybody if one in TABLE[name])
            found[address] = looked_at(seat, everybody[who], address)
            if TABLE[name] & {"visitor", "owner"}:
                found[address, "en"] = looked_at(seat, everybody[who], address, WIDE, "en")
    assert {address: wrong for address, wrong in found.items() if wrong} == {}


def test_pages_that_wait_for_an_answer_are_accessible_too(world, seat, settings):
    """Drafts during the intake, undecided screenings and unanswered reviews after it: forms in full."""
    found = {}
    for user, address in waiting(world, settings):
        found[address] = looked_at(seat, user, address)
    assert {address: wrong for address, wrong in found.items() if wrong} == {}


def test_what_a_press_shows_first_is_accessible_too(world, seat, clock, client, settings, tmp_path):
    """Previews and states between two people, which no address alone leads to."""
    world.upto("matched")
    clock(MATCHING)
    placed = world.matching.matches.filter(vendor__isnull=False).first().application
    found = {"giving up": looked_at(seat, placed.applicant, f"/applications/{placed.pk}/withdrawal/")}
    world.awarded()
    world.agreed()
    award = world.awards[0]
    document = award.application.documents.get()
    CertificateRenewal.objects.create(
        application=award.application, document=document.code, lapses_on=MATCHING.date(),
        needed_by=MATCHING.date(), before=document.file, raised_at=MATCHING,
    )  # fmt: skip
    found["lapsing"] = looked_at(seat, world.operator, f"/allocation/{award.pk}/")
    clock(INTAKE)
    person = world.stranger
    draft = applications.start(
        by=person, at=INTAKE, call=world.call, round_id="1", organisation=company(9, person), kind="sme",
        role="company",
    )  # fmt: skip
    applications.save_answers(by=person, at=INTAKE, application=draft, answers=answers(world.terms))
    paper = tmp_path / "filled.hwpx"
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[1])
    paper.write_bytes(b"".join(client.get(f"/applications/{draft.pk}/form.hwpx").streaming_content))
    applications.save_answers(
        by=person, at=INTAKE, application=draft, answers=answers(world.terms, title="가상의 다른 과제")
    )
    desk = seat(person, NARROW).go(f"/applications/{draft.pk}/form/").fill(file=paper)
    desk.press("바뀔 내용 보기").says("가상의 다른 과제")
    found["filled form"] = faults(desk)
    desk = seat(world.operator, NARROW).go("/calls/2025-npu/rounds/1/close/")
    desk.fill(closes_at="2025-03-14T15:00", reason="가상의 사정").press("바뀌는 곳 보기").says("조기 마감")
    found["close"] = faults(desk)
    desk.press("일찍 마감하고 알리기").says("앞당겨졌습니다")
    found["moved"] = faults(desk)
    clock(CLOSE)
    desk.go(f"/applications/{draft.pk}/exception/")
    desk.fill(reason="가상의 장애", until="2025-03-18T15:00").press("예외 요청").says("가상의 장애")
    found["exception"] = faults(desk)
    found["confirming"] = looked_at(seat, world.operator2, f"/applications/{draft.pk}/exception/")
    assert {what: wrong for what, wrong in found.items() if wrong} == {}


def test_no_menu_leads_to_a_refusal_or_says_one_thing_twice(world, settings, client):
    busy(world, settings)
    for who, user in people(world).items():
        client.logout()
        if user is not None:
            client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[1])
        links = navigation.links_for(user or AnonymousUser(), "/")
        assert links, who
        assert len({link.url for link in links}) == len({str(link.label) for link in links}) == len(links), (
            who
        )
        answers = {link.url: client.get(link.url, follow=True).status_code for link in links}
        assert set(answers.values()) == {200}, (who, answers)
        groups = [str(link.group) for link in links]
        assert [one for at, one in enumerate(groups) if one in groups[:at] and groups[at - 1] != one] == [], (
            who
        )

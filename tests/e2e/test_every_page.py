"""Every address of the portal: who may come to it, and that each page is whole, quiet and accessible."""

from django.contrib.auth.models import AnonymousUser
from every_page import addresses, busy, people, waiting

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
REVIEWER, VENDOR, CLOUD = frozenset({"reviewer"}), frozenset({"vendor"}), frozenset({"cloud"})
NOBODY: frozenset[str] = frozenset()  # only a POST comes here: a GET is refused (405) or sent to log in

MAY = {
    EVERYBODY: "applications:home applications:check_eligibility applications:check_documents "
    "applications:check_model calls:index calls:detail calls:clauses calls:clause selection:results "
    "selection:public_record selection:public_matching_record",
    SIGNED_IN: "console:home applications:index applications:start applications:start_company "
    "applications:new_company applications:start_public applications:confirmations progress:mine",
    STAFF: "audit:events organisations:restrictions screening:queue screening:duplicates screening:coverage "
    "screening:card screening:document evaluation:coverage evaluation:application selection:room "
    "selection:run selection:record selection:matching selection:matching_record allocation:board "
    "allocation:waiting_list allocation:budget allocation:award progress:wall progress:checks progress:check "
    "progress:surveys progress:cases progress:case progress:award progress:surveys console:board",
    OPERATOR: "ui_gallery ui_gallery_staff organisations:new_restriction organisations:lift_restriction "
    "calls:publish calls:amend calls:seed screening:confirm_clean screening:reopen evaluation:panels "
    "evaluation:close evaluation:remove evaluation:declare selection:confirm selection:publish "
    "selection:confirm_matching progress:notice",
    OWNER | STAFF: "applications:detail applications:content applications:download applications:receipt "
    "selection:letter",
    OWNER: "applications:edit applications:documents applications:attach applications:submit "
    "applications:withdraw screening:corrections allocation:agreement allocation:server "
    "allocation:withdrawal progress:report progress:midpoint progress:final progress:survey "
    "progress:own_case",
    REVIEWER: "evaluation:mine evaluation:sheet evaluation:conflict evaluation:pledge",
    VENDOR: "screening:reviews screening:review",
    CLOUD: "allocation:order",
    CLOUD | {"rival"}: "allocation:orders",
    OPERATOR | VENDOR | CLOUD | {"rival", "auditor"}: "selection:capacity",
    NOBODY: "audit:verify calls:quotas applications:confirm screening:find_round screening:resolve "
    "selection:propose selection:run_matching allocation:refill allocation:record_month "
    "allocation:close_call allocation:open_awards allocation:countersign allocation:order_server "
    "allocation:return_server progress:statement",
}
TABLE = {name: who for who, names in MAY.items() for name in names.split()}
DOWNLOADS = {"applications:download", "screening:document"}  # not pages: nothing to look at
NARROW = 390


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


def looked_at(sit, user, address):
    """What is wrong with a page on a narrow screen: script, network, width, axe; empty when nothing is."""
    desk = sit(user, NARROW)
    answer = desk.open(address)
    found = [] if answer.status == 200 else [f"status {answer.status}"]
    found += desk.violations()
    wide = desk.page.evaluate("document.documentElement.scrollWidth")
    found += [f"{wide} px wide"] if wide > NARROW else []
    if desk.page.locator("main a[href], main button, nav a[href]").count() == 0:
        found.append("no way on")
    found += desk.wrong
    desk.wrong.clear()
    return found


def test_each_page_is_whole_and_accessible_on_a_narrow_screen(world, seat, settings):
    """Each page once, as one who may come to it, in Korean, at 390 px."""
    busy(world, settings)
    everybody, found = people(world), {}
    for name, address in addresses(world):
        if TABLE[name] and name not in DOWNLOADS and not address.endswith(".json"):
            who = next(one for one in everybody if one in TABLE[name])
            found[address] = looked_at(seat, everybody[who], address)
    assert {address: wrong for address, wrong in found.items() if wrong} == {}


def test_pages_that_wait_for_an_answer_are_accessible_too(world, seat, settings):
    """Drafts during the intake, undecided screenings and unanswered reviews after it: forms in full."""
    found = {}
    for user, address in waiting(world, settings):
        found[address] = looked_at(seat, user, address)
    assert {address: wrong for address, wrong in found.items() if wrong} == {}


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

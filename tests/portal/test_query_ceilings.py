"""What every page may cost in queries, session and person included, and that more rows cost no more.

A page that is in no row of the table fails here: say what it is when you add it.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from every_page import addresses, busy, people, waiting
from many_rows import multiply
from seated import SeatedClient
from small_world import World
from spent import spent

CEILINGS = {"list": 8, "detail": 12, "dashboard": 20}
PAGES = {
    "list": (
        "appeals:queue allocation:board allocation:budget allocation:orders applications:confirmations "
        "applications:home applications:index applications:quarantine applications:start "
        "applications:status_sheets "
        "audit:events audit:heads audit:reads calls:index calls:publish "
        "console:home console:mails evaluation:mine "
        "evaluation:panels evaluation:pool organisations:companies organisations:index "
        "evaluation:objections "
        "organisations:new_restriction "
        "organisations:restrictions people:people progress:cases progress:checks progress:mine "
        "progress:surveys progress:wall questions:faq questions:index questions:manage questions:queue "
        "screening:confirm_clean screening:coverage screening:duplicates screening:outstanding "
        "screening:queue screening:reviews screening:texts selection:capacity selection:mails ui_gallery "
        "ui_gallery_staff"
    ),
    "detail": (
        "appeals:card appeals:download appeals:own appeals:record appeals:withdraw "
        "audit:download audit:event audit:heads_file "
        "allocation:agreement allocation:award allocation:order allocation:server allocation:withdrawal "
        "allocation:offer allocation:place allocation:refill_record "
        "applications:attach applications:blank_form applications:check_documents "
        "applications:check_eligibility applications:check_model applications:consents "
        "applications:content applications:detail applications:documents applications:download "
        "applications:edit "
        "applications:exception applications:filled applications:form_file applications:model_verdict "
        "applications:new_company applications:receipt applications:receipt_file applications:receipt_key "
        "applications:receipt_keys applications:receipt_pdf applications:remove applications:section "
        "applications:start_company applications:start_public applications:submit applications:verify "
        "applications:withdraw calls:amend calls:calendar calls:clause calls:clauses calls:close "
        "calls:detail calls:seed console:mail evaluation:declaration evaluation:document "
        "evaluation:documents evaluation:import "
        "evaluation:answer evaluation:leave evaluation:objection evaluation:profile evaluation:reviewer "
        "evaluation:application evaluation:close evaluation:conflict "
        "evaluation:declare evaluation:reopen evaluation:pledge "
        "evaluation:remove evaluation:sheet organisations:accept "
        "evaluation:finalise evaluation:sheet_receipt "
        "organisations:detail organisations:edit organisations:join organisations:lift_restriction "
        "people:person people:reset_factor progress:award progress:case progress:check progress:final "
        "progress:midpoint progress:notice progress:own_case progress:report progress:survey "
        "questions:answer questions:ask questions:detail questions:edit_entry questions:new_entry "
        "screening:ask screening:card screening:corrections screening:document screening:narrow "
        "screening:renewals screening:reopen screening:review screening:silence screening:text "
        "selection:confirm selection:confirm_matching "
        "selection:letter selection:matching_record selection:public_matching_record "
        "selection:public_record selection:publish selection:record selection:results selection:run"
    ),
    # pages that gather several steps of the year
    "dashboard": (
        "allocation:waiting_list console:board evaluation:coverage "
        "evaluation:shadow selection:matching selection:room"
    ),
    # nothing to read: only a POST, or a link that leads on
    "none": (
        "evaluation:end_relation "
        "allocation:close_call allocation:countersign allocation:open_awards allocation:order_server "
        "allocation:record_month allocation:refill allocation:return_server applications:confirm "
        "applications:confirmation applications:dates applications:invited applications:rescan "
        "evaluation:remind "
        "audit:verify calls:quotas console:retry_mail organisations:answer organisations:check_status "
        "organisations:hand_over organisations:invitation organisations:invite organisations:leave "
        "organisations:remove people:grant people:revoke progress:statement questions:retire_entry "
        "screening:extend screening:find_round screening:resolve screening:take_back screening:waive "
        "selection:propose selection:run_matching"
    ),
}
KIND = {name: kind for kind, names in PAGES.items() for name in names.split()}
SEVERAL = [*PAGES["list"].split(), *PAGES["dashboard"].split()]


def came_to(answer):
    """Whether the page, or the one it leads on to, was this person's."""
    return answer.status_code == 200 or (answer.status_code == 302 and "/accounts/" not in answer["Location"])


def costs(pages, crowd, settings, who_opens=None):
    """name -> (queries, who) of each page, of those who may open it the one it costs most.

    `who_opens`: name -> the one person to ask, and no other page is asked for.
    """
    found = {}
    for who, user in crowd.items():
        client = SeatedClient()
        if user is not None:
            client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[1])
        for name, address in pages:
            if who_opens is not None and who_opens.get(name) != who:
                continue
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(address)
                spent(answer)
            asked = [one for one in queries if not one["sql"].startswith('INSERT INTO "audit_read"')]
            if came_to(answer) and len(asked) > found.get(name, (-1, ""))[0]:
                found[name] = (len(asked), who)
    return found


@pytest.fixture
def world(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return busy(World(), settings)


def over(found):
    """Of what pages cost, what is above their ceilings."""
    return {
        name: cost for name, cost in found.items() if KIND[name] != "none" and cost[0] > CEILINGS[KIND[name]]
    }


def some(crowd):
    """The five whose pages are the dearest of their kind."""
    return {who: crowd[who] for who in ("operator", "owner", "reviewer", "vendor", "cloud")}


def test_every_page_keeps_below_its_ceiling(world, settings):
    """As each person who may open it; session and roles are counted."""
    pages = addresses(world)
    assert {name for name, _address in pages} - KIND.keys() == set()
    found = costs(pages, some(people(world)), settings)
    assert [name for name, kind in KIND.items() if kind != "none" and name not in found] == []
    assert over(found) == {}


def test_pages_that_wait_for_an_answer_keep_below_their_ceilings_too(db, settings, tmp_path):
    """Drafts during the intake, undecided screenings, unanswered reviews: forms in full."""
    settings.MEDIA_ROOT = tmp_path
    found = {}
    for user, address in waiting(World(), settings):
        name = resolve(address).view_name
        pages, crowd = [(name, address)], {str(user): user}
        cost = costs(pages, crowd, settings)[name]
        found[name] = max(cost, found.get(name, cost))
    assert len(found) > 10
    assert over(found) == {}


def test_a_thousand_rows_cost_no_page_more_queries_than_ten(world, settings):
    pages, crowd = addresses(world), some(people(world))
    multiply(world, 10)
    several = [page for page in pages if page[0] in SEVERAL]
    ten = costs(several, crowd, settings)
    assert ten.keys() == set(SEVERAL)
    multiply(world, 990, first=10)
    thousand = costs(several, crowd, settings, {name: who for name, (_count, who) in ten.items()})
    assert thousand == ten

"""A refusal is told in the active language, with its clause linked to where it stands."""

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.template import Context, Template
from django.utils import translation

from naru.domain.decision import refusal
from naru.domain.terms import Text
from naru.portal.ui import refusals

LATE = refusal(
    "A-03",
    "late",
    Text(ko="마감되었습니다.", en="It is closed."),
    Text(ko="다음 차수를 기다리십시오.", en="Wait for the next round."),
)


@pytest.mark.parametrize(
    ("language", "said"),
    [("ko", "마감되었습니다. 다음 차수를 기다리십시오."), ("en", "It is closed. Wait for the next round.")],
)
def test_a_refusal_is_one_sentence_in_the_active_language(language, said):
    with translation.override(language):
        told = refusals.sentence(LATE.finding, "2025-npu")
    assert told == f'<a href="/calls/2025-npu/clauses/#A-03">[A-03]</a> {said}'


def test_what_was_typed_by_people_is_escaped():
    named = refusal("E-01", "named", Text(ko="<b>이름", en="<b>name"), Text(ko="고치십시오.", en="Mend it."))
    assert "&lt;b&gt;" in refusals.sentence(named.finding)


def test_the_call_is_found_from_what_was_acted_on(call):
    version = call.versions.get()
    assert refusals.call_of("2025", None, version) == refusals.call_of(call) == call.slug
    assert refusals.call_of(3) == ""


def test_an_attempt_leaves_one_message(rf, operator, call):
    def act(*, by, at, call, fails):
        if fails:
            raise LATE

    request = rf.post("/")
    request.user, request.session = operator, {}
    request._messages = FallbackStorage(request)
    assert refusals.attempt(request, act, "했습니다", call=call, fails=False)
    assert not refusals.attempt(request, act, "했습니다", call=call, fails=True)
    done, failed = get_messages(request)
    assert (done.level_tag, str(done)) == ("success", "했습니다")
    assert failed.level_tag == "error"
    assert str(failed) == refusals.sentence(LATE.finding, call.slug)


def test_a_finding_card_links_its_clause(call):
    card = Template("{% load ui %}{% finding found %}{% findings all %}")
    given = {"found": LATE.finding, "all": [LATE.finding]}
    assert card.render(Context(given)).count('href="/clauses/A-03/"') == 2
    assert card.render(Context(given | {"call": call})).count('href="/calls/2025-npu/clauses/#A-03"') == 2


def test_the_short_address_of_a_clause_leads_to_the_newest_call(client, call):
    assert client.get("/clauses/A-03/").url == "/calls/2025-npu/clauses/#A-03"
    assert client.get("/clauses/Z-99/").status_code == 404

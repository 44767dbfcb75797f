"""Awards from a matching, and the agreement both sides sign."""

import pytest
from awarded import DAY, MATCHED, events, refused

from naru.portal.allocation import actions, queries
from naru.portal.allocation.models import Agreement, Award
from naru.portal.audit.models import Event
from naru.portal.selection.models import Match, MatchingRun

pytestmark = pytest.mark.django_db


def test_awards_are_opened_for_every_match_with_a_server(stage, acts, operator):
    first, second = stage.selected(1), stage.selected(2)
    unserved = stage.application(3)
    Match.objects.create(run=stage.matching, application=unserved, clause="R-07", code="NO_SERVER")
    awards = acts.opened(stage)
    assert [award.application for award in awards] == [first, second]
    assert {(award.vendor.code, award.cloud.code, award.state) for award in awards} == {
        ("vendor-a", "cloud-a", "agreement")
    }
    event = Event.objects.get(action="allocation.open_awards")
    assert event.facts == {"awards": [award.pk for award in awards]}
    assert event.call_id == "2025-npu"


def test_an_unconfirmed_matching_opens_nothing(stage, operator):
    stage.selected(1)
    MatchingRun.objects.update(confirmed_at=None)
    clause = refused(
        "matching_not_confirmed", actions.open_awards, by=operator, at=MATCHED, matching=stage.matching
    )
    assert (clause, Award.objects.count()) == ("R-07", 0)


def test_awards_are_opened_once(stage, acts, operator):
    stage.selected(1)
    acts.opened(stage)
    refused("awards_open_already", actions.open_awards, by=operator, at=MATCHED, matching=stage.matching)
    assert Award.objects.count() == 1


def test_the_terms_name_the_call_version_and_bind_to_inference(stage, acts):
    stage.selected(1)
    (award,) = acts.opened(stage)
    agreement = acts.signed(award)
    assert (agreement.terms["call"], agreement.terms["version"]) == ("2025-npu", 1)
    assert agreement.terms["call_sha256"] == stage.version.sha256
    articles = {article["code"]: article for article in agreement.terms["articles"]}
    assert articles["inference_only"]["clause"] == "C-06"
    assert "2025-12-31" in articles["period"]["text"]["en"]
    assert "60 TOPS" in articles["server"]["text"]["en"]
    assert {"monthly_report", "final_check", "survey", "ground_withdrawal"} <= articles.keys()
    assert agreement.terms_sha256 == queries.terms_hash(agreement.terms)


def test_both_sides_sign_in_order(stage, acts, operator):
    stage.selected(1)
    (award,) = acts.opened(stage)
    assert (
        refused("agreement_not_signed", actions.countersign, by=operator, at=MATCHED, award=award) == "L-01"
    )
    acts.concluded(award)
    agreement = Agreement.objects.get(award=award)
    assert (agreement.signed_by, agreement.countersigned_by) == (award.application.applicant, operator)
    assert (events("allocation.sign_agreement"), events("allocation.countersign")) == (1, 1)


def test_nobody_signs_twice_or_for_both_sides(stage, acts, operator):
    stage.selected(1)
    (award,) = acts.opened(stage)
    acts.signed(award)
    awardee = award.application.applicant
    refused("signed_already", actions.sign_agreement, by=awardee, at=MATCHED, award=award)
    refused("same_person_signs", actions.countersign, by=awardee, at=MATCHED, award=award)
    actions.countersign(by=operator, at=MATCHED, award=award)
    refused("signed_already", actions.countersign, by=operator, at=MATCHED, award=award)


def test_a_withdrawn_award_is_not_signed(stage, acts):
    stage.selected(1)
    (award,) = acts.opened(stage)
    awardee = award.application.applicant
    actions.withdraw(by=awardee, at=MATCHED, award=award, reason="사업 방향이 바뀜")
    refused("wrong_state", actions.sign_agreement, by=awardee, at=MATCHED + DAY, award=award)


def test_a_time_without_its_zone_leaves_nothing_behind(stage, acts):
    stage.selected(1)
    (award,) = acts.opened(stage)
    naive = MATCHED.replace(tzinfo=None)
    with pytest.raises((ValueError, RuntimeWarning), match="time zone"):
        actions.sign_agreement(by=award.application.applicant, at=naive, award=award)
    assert Agreement.objects.count() == 0


def test_an_act_costs_few_queries(stage, acts, django_assert_max_num_queries):
    stage.selected(1)
    (award,) = acts.opened(stage)
    queries.agreement_terms(award)  # the call's terms are read once per process
    with django_assert_max_num_queries(10):  # a savepoint's two belong to the test
        actions.sign_agreement(by=award.application.applicant, at=MATCHED, award=award)

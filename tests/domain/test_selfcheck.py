"""The self-check asks six questions at most and hears from screening what screening would say."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from programme import amended, call_2025

from naru.domain.decision import Outcome
from naru.domain.selfcheck import Answers, applicant, circumstances, judge, questions, refused

AT = datetime(2025, 3, 3, 1, 0, tzinfo=UTC)
COMPANY = Answers(kind="startup", legal_form="corporation", started_on=date(2021, 1, 1))
TRAINED = {"inference_only": True, "model_trained": True}


def codes(answers, *answered):
    call = call_2025()
    found = judge(call, call.tracks[0].rounds[0], answers, answered, AT)
    return [(finding.clause, finding.code) for finding in found]


@pytest.mark.parametrize("kind", ["sme", "venture", "startup"])
def test_a_company_is_asked_six_questions(kind):
    own = {"sme": "certificate", "venture": "variant", "startup": "started_on"}[kind]
    assert questions(call_2025(), kind) == ("kind", "legal_form", own, "youth", "use", "circumstances")


@pytest.mark.parametrize("kind", ["university", "university_hospital"])
def test_a_university_is_asked_four(kind):
    assert questions(call_2025(), kind) == ("kind", "role", "use", "circumstances")


@pytest.mark.parametrize("kind", ["large_enterprise", "", "nobody"])
def test_a_kind_not_admitted_is_asked_nothing_more(kind):
    assert questions(call_2025(), kind) == ("kind",)


def test_a_call_without_a_bonus_does_not_ask_for_it():
    assert "youth" not in questions(amended(bonuses=()), "sme")


def test_only_what_was_asked_is_judged():
    assert codes(COMPANY) == []
    assert codes(COMPANY, "kind") == [("E-03", "kind_not_excluded")]
    assert codes(COMPANY, "kind", "legal_form", "started_on") == [
        ("E-03", "kind_not_excluded"),
        ("E-01", "kind_admitted"),
        ("E-06", "startup_age_met"),
    ]


@pytest.mark.parametrize(
    ("youth", "expected"),
    [
        ("after", ["bonus_evidence_missing"]),
        ("on", ["bonus_evidence_missing"]),
        ("before", ["bonus_not_met"]),
        ("no", []),
    ],
)
def test_the_bonus_is_told_without_a_birth_date(youth, expected):
    found = codes(replace(COMPANY, youth=youth), "kind", "youth")[1:]
    assert [code for _clause, code in found] == expected


def test_a_bonus_not_met_does_not_cost_the_place():
    call = call_2025()
    answers = replace(COMPANY, youth="before")
    found = judge(call, call.tracks[0].rounds[0], answers, ("kind", "youth"), AT)
    assert [finding.outcome for finding in found] == [Outcome.PASSED, Outcome.FAILED]
    assert not refused(found)


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ((), [("E-09", "no_ground_found"), ("E-10", "no_other_support")]),
        (("gpu_training:selected",), [("E-09", "no_ground_found"), ("E-10", "support_never_excludes")]),
        (
            ("ai_voucher_ai_semiconductor:selected",),
            [("E-09", "no_ground_found"), ("E-10", "duplicate_support")],
        ),
        (("privacy_violation",), [("E-09", "declared_privacy_violation"), ("E-10", "no_other_support")]),
    ],
)
def test_circumstances_are_judged_by_screening(chosen, expected):
    assert codes(replace(COMPANY, circumstances=chosen), "kind", "circumstances")[1:] == expected


@pytest.mark.parametrize("ground", ["government_sanction", "ict_fund_restriction", "ai_voucher_restriction"])
def test_a_restriction_the_visitor_knows_of_refuses(ground):
    call = call_2025()
    answers = replace(COMPANY, circumstances=(ground,))
    found = judge(call, call.tracks[0].rounds[0], answers, ("kind", "circumstances"), AT)
    assert [finding.clause for finding in found if finding.outcome is Outcome.FAILED] == ["E-09"]
    assert refused(found)


def test_every_circumstance_offered_is_one_the_rules_know():
    known = {ground.id for ground in call_2025().exclusions}
    programmes = {programme.id for programme in call_2025().other_programmes}
    assert {one.split(":")[0] for one in circumstances(call_2025())} <= known | programmes
    assert "social_harm" not in circumstances(call_2025())  # found by others, not asked of oneself


def test_an_sme_without_a_certificate_yet_holds_none():
    assert applicant(call_2025(), Answers(kind="sme", legal_form="corporation")).documents == ()


def test_training_is_refused_with_the_way_out():
    call = call_2025()
    answers = replace(COMPANY, **TRAINED | {"inference_only": False})
    (_kind, use) = judge(call, call.tracks[0].rounds[0], answers, ("kind", "use"), AT)
    assert (use.clause, use.outcome) == ("C-06", Outcome.FAILED)
    assert use.mend is not None

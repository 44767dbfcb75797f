"""The agreement's articles follow from the call and the product alone."""

from dataclasses import replace
from datetime import date

import pytest
from programme import amended, call_2025

from naru.domain.agreement import articles


def by_code(call, product="npu-60"):
    return {article.code: article for article in articles(call, product)}


def test_every_article_cites_a_clause_of_the_call():
    call = call_2025()
    codes = {clause.code for clause in call.clauses}
    assert {article.clause for article in articles(call, "npu-60")} <= codes


def test_the_server_article_states_the_products_figures():
    assert "120 TOPS" in by_code(call_2025(), "npu-120")["server"].text.ko
    assert "16 cores at 2.1 GHz" in by_code(call_2025())["server"].text.en
    with pytest.raises(KeyError):
        articles(call_2025(), "npu-999")


def test_the_period_follows_the_support():
    call = call_2025()
    assert "budget" in by_code(call)["period"].text.en
    fixed = amended(support=replace(call.support, ends=date(2025, 11, 30), stops_with_budget=False))
    assert by_code(fixed)["period"].text.en == "Use lasts from the handover until 2025-11-30."


def test_use_that_is_not_bound_has_no_article():
    call = call_2025()
    assert {"inference_only", "trained_model"} <= by_code(call).keys()
    free = amended(use=replace(call.use, inference_only=False, trained_model_only=False))
    assert not {"inference_only", "trained_model"} & by_code(free).keys()


def test_obligations_tell_when_and_what_follows():
    text = by_code(call_2025())
    assert text["monthly_report"].text.en.startswith("Monthly progress report: monthly, by day 10")
    assert "month 8" in text["midpoint_check"].text.en
    assert "within 30 days after the support ends" in text["survey"].text.en
    assert "a case for claiming back" in text["survey"].text.en
    assert "within 14 days" in text["reason_statement"].text.en


def test_obligations_without_a_day_are_still_told():
    call = call_2025()
    plain = tuple(replace(one, due=replace(one.due, day=None, days=None)) for one in call.obligations)
    text = by_code(amended(obligations=plain))
    assert "every month" in text["monthly_report"].text.en
    assert "when a stage lasts too long" in text["reason_statement"].text.en


def test_grounds_tell_the_bar_the_clawback_and_the_hearing():
    text = by_code(call_2025())
    assert "1 year" in text["ground_withdrawal"].text.en
    assert "may end the support" in text["ground_use_outside_plan"].text.en
    assert "cost the value" in text["ground_survey_missing"].text.en
    assert "20 days to be heard" in text["hearing"].text.en

"""L-01: a delivered server is checked against its product; the agreement names what binds."""

from dataclasses import replace
from decimal import Decimal

import pytest
from programme import amended, call_2025

from naru.domain.handover import Delivery, agreement_clauses, check_delivery

PRODUCTS = ["npu-60", "npu-120", "npu-240"]
FIGURES = ["tops_int8", "cores", "clock_ghz", "memory_gb", "ssd_tb", "link_gbps"]


def exact(product):
    """A server that meets the product's minimums and nothing more."""
    resource = call_2025().resource(product)
    return resource, Delivery(**{name: getattr(resource, name) for name in FIGURES})


@pytest.mark.requirement("C-03")
@pytest.mark.parametrize("product", PRODUCTS)
def test_a_server_at_the_minimum_is_accepted(product):
    """A server that meets every minimum of its product is accepted, figure by figure."""
    found = check_delivery(*exact(product))
    assert [dict(finding.facts)["figure"] for finding in found] == FIGURES
    assert {(finding.clause, finding.code, finding.outcome.value) for finding in found} == {
        ("C-03", "figure_met", "passed")
    }


@pytest.mark.requirement("C-03")
@pytest.mark.parametrize("product", PRODUCTS)
@pytest.mark.parametrize("figure", FIGURES)
def test_one_figure_below_the_minimum_fails(product, figure):
    """A single figure below the minimum fails that figure, and only that one."""
    resource, delivery = exact(product)
    short = replace(delivery, **{figure: getattr(delivery, figure) - Decimal("0.1")})
    failed = [finding for finding in check_delivery(resource, short) if finding.outcome == "failed"]
    assert [dict(finding.facts)["figure"] for finding in failed] == [figure]
    assert failed[0].mend is not None


@pytest.mark.requirement("C-03")
def test_a_smaller_server_fails_a_larger_product():
    """A server of the smallest product fails the next one on accelerator and memory."""
    _, small = exact("npu-60")
    failed = [
        dict(finding.facts)["figure"]
        for finding in check_delivery(call_2025().resource("npu-120"), small)
        if finding.outcome == "failed"
    ]
    assert failed == ["tops_int8", "memory_gb"]


@pytest.mark.requirement("C-03")
def test_a_figure_that_is_not_stated_is_asked_for():
    """A figure that is not stated is asked for and never taken as met."""
    resource, _ = exact("npu-60")
    assert {finding.outcome.value for finding in check_delivery(resource, Delivery())} == {"missing"}


@pytest.mark.requirement("L-01")
def test_the_agreement_names_the_clauses_that_bind():
    """The agreement lists the clauses on use, term, obligations and consequences, the use first."""
    codes = [clause.code for clause in agreement_clauses(call_2025())]
    assert codes[0] == "C-06"
    assert {"L-03", "L-04", "L-05", "P-02", "P-04", "P-05"} <= set(codes)
    assert all(clause.text.ko and clause.text.en for clause in agreement_clauses(call_2025()))
    assert len(codes) == len(set(codes))


@pytest.mark.requirement("L-01")
def test_the_agreement_holds_only_what_the_call_says():
    """A call without a clause on some matter puts nothing about it into the agreement."""
    call = call_2025()
    trimmed = amended(
        clauses=tuple(clause for clause in call.clauses if clause.code != "L-02"),
        consents=tuple(one for one in call.consents if one.clause != "L-02"),
    )
    assert "L-02" not in [clause.code for clause in agreement_clauses(trimmed)]

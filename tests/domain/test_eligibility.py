"""What holds for every screening, whoever applies."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from programme import SME_CERTIFICATE, applicant, call_2025, screened

from naru.domain.applicant import Declaration, Document, ModelChoice, OtherSupport
from naru.domain.decision import Outcome
from naru.domain.eligibility import after_correction_window, overall, renewals, screen
from naru.domain.papers import document_groups, validity_of
from naru.domain.sanction import Restriction

CLAUSES = {f"E-{number:02}" for number in range(1, 12)} | {"C-06", "A-05"}
KINDS = ["sme", "venture", "startup", "university", "university_hospital", "individual", "large_enterprise"]
days = st.dates(date(2010, 1, 1), date(2030, 12, 31))
codes = [rule.code for rule in call_2025().documents]


@st.composite
def documents(draw):
    starts, ends = sorted((draw(days), draw(days)))
    return Document(
        code=draw(st.sampled_from(codes)),
        issued_on=draw(st.none() | days),
        valid_from=draw(st.sampled_from([None, starts])),
        valid_until=draw(st.sampled_from([None, ends])),
        fiscal_year_end=draw(st.none() | days),
        fiscal_year_change=draw(st.sampled_from([None, "founded"])),
    )


applicants = st.builds(
    applicant,
    kind=st.sampled_from(KINDS),
    unit=st.sampled_from(["", "company:1"]),
    role=st.sampled_from(["company", "staff", "student"]),
    legal_form=st.sampled_from([None, "corporation", "sole_proprietor"]),
    variant=st.sampled_from(["", "research"]),
    business_started_on=st.none() | days,
    representatives=st.lists(st.none() | days, max_size=3).map(tuple),
    youth_claimed=st.booleans(),
    professor_confirmed=st.booleans(),
    documents=st.lists(documents(), max_size=4).map(tuple),
    models=st.lists(
        st.builds(ModelChoice, name=st.just("m"), match=st.sampled_from(["listed", "near", "none"])),
        max_size=2,
    ).map(tuple),
    inference_only=st.sampled_from([None, True, False]),
    declarations=st.lists(
        st.builds(
            Declaration,
            code=st.sampled_from([ground.id for ground in call_2025().exclusions]),
            applies=st.booleans(),
        ),
        max_size=4,
    ).map(tuple),
    other_support=st.lists(
        st.builds(
            OtherSupport,
            programme=st.sampled_from(["gpu_training", "ai_voucher_ai_semiconductor", "else"]),
            state=st.sampled_from(["applied", "selected"]),
        ),
        max_size=2,
    ).map(tuple),
    raised=st.lists(st.sampled_from(["social_harm", "false_statement"]), unique=True).map(tuple),
    same_unit=st.sampled_from([(), ("NPU-1",)]),
    sets_held=st.integers(0, 1),
)


@st.composite
def entries(draw):
    starts, ends = sorted((draw(days), draw(days)))
    return Restriction(
        unit=draw(st.sampled_from(["company:1", "company:2"])),
        ground=draw(st.sampled_from(["withdrawal", "ict_fund_restriction"])),
        starts=starts,
        ends=ends,
        source="2024-npu",
    )


@given(applicants, st.lists(entries(), max_size=3))
def test_every_clause_speaks_and_says_the_same_again(facts, register):
    found = screened(facts, register)
    assert {finding.clause for finding in found} >= CLAUSES
    assert found == screened(facts, list(reversed(register)))
    assert found == screened(replace(facts, documents=tuple(reversed(facts.documents))), register)


@given(applicants, st.lists(entries(), max_size=3))
def test_what_can_be_mended_says_how(facts, register):
    for finding in screened(facts, register):
        assert (finding.outcome is not Outcome.MISSING) or finding.mend is not None


@given(applicants)
def test_after_the_window_nothing_is_left_open_but_bonus_evidence(facts):
    final = after_correction_window(screened(facts))
    assert {finding.code for finding in final if finding.outcome is Outcome.MISSING} <= {
        "bonus_evidence_missing",
        "bonus_birth_date_missing",
    }
    assert overall(final) is not Outcome.MISSING


@given(applicants, st.lists(entries(), max_size=3))
def test_more_in_the_register_never_helps(facts, register):
    order = [Outcome.PASSED, Outcome.PERSON, Outcome.MISSING, Outcome.FAILED]
    bare, burdened = overall(screened(facts)), overall(screened(facts, register))
    assert order.index(burdened) >= order.index(bare)


@given(applicants)
def test_claiming_the_bonus_never_costs_the_place(facts):
    claimed = overall(screened(replace(facts, youth_claimed=True)))
    plain = overall(screened(replace(facts, youth_claimed=False)))
    assert claimed == plain or (plain, claimed) == (Outcome.PASSED, Outcome.PERSON)


@given(st.dates(date(1999, 1, 1), date(2099, 12, 31)))
def test_a_computed_certificate_covers_a_whole_year(year_end):
    (rule,) = document_groups(call_2025(), applicant())[0]
    span = validity_of(rule, Document(code=rule.code, fiscal_year_end=year_end))
    assert span.source == "computed"
    assert 364 <= (span.ends - span.starts).days <= 365
    assert 89 <= (span.starts - year_end).days <= 93
    assert span.covers(span.starts)
    assert span.covers(span.ends)
    assert not span.covers(date.fromordinal(span.ends.toordinal() + 1))


def test_continuous_intake_is_judged_at_a_moment():
    call = call_2025()
    endless = replace(call.round("1"), closes_at=())
    with pytest.raises(ValueError, match="continuous intake"):
        screen(call, endless, applicant(), ())
    late = datetime(2025, 12, 31, 14, 59, tzinfo=UTC)  # 23:59 in Seoul
    facts = applicant(documents=(replace(SME_CERTIFICATE, valid_until=date(2025, 12, 31)),))
    assert overall(screen(call, endless, facts, (), at=late)) is Outcome.PASSED
    next_minute = datetime(2025, 12, 31, 15, 0, tzinfo=UTC)  # already the next day there
    assert overall(screen(call, endless, facts, (), at=next_minute)) is Outcome.MISSING
    assert renewals(call, endless, facts, at=late) == ()

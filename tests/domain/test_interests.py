"""Conflicts of interest: each ground alone, with the facts it rests on, and none without one."""

import pytest

from naru.domain.decision import Outcome
from naru.domain.interests import GROUNDS, MEND, Relation, Side, conflicts, ground

APPLICANT = Side(
    accounts=frozenset({"account:1"}),
    organisations=frozenset({"7"}),
    titles=frozenset({"가상 기업"}),
    numbers=frozenset({"1000000009"}),
    behind={"account:1": "김하나", "이두리|1970-01-02": "이두리"},
    names=frozenset({"김하나", "one@firm.test", "이두리"}),
    domains=frozenset({"firm.test"}),
    teachers=frozenset({"professor:3"}),
)


@pytest.mark.requirement("R-03")
@pytest.mark.parametrize(
    ("judge", "code", "facts"),
    [
        (Side(accounts=frozenset({"account:1"})), "applicant", ()),
        (Side(pupils=frozenset({"account:1"})), "teaching", ()),
        (Side(teachers=frozenset({"professor:3"})), "teaching", ()),
        (Side(organisations=frozenset({"7"})), "same_organisation", (("organisation", "가상 기업"),)),
        (Side(titles=frozenset({"가상 기업"})), "same_organisation", (("organisation", "가상 기업"),)),
        (Side(numbers=frozenset({"1000000009"})), "same_number", (("number", "1000000009"),)),
        (Side(behind={"이두리|1970-01-02": "이두리"}), "same_person", (("person", "이두리"),)),
        (Side(domains=frozenset({"firm.test"})), "mail_domain", (("domain", "firm.test"),)),
        (Side(domains=frozenset({"lab.firm.test"})), "mail_domain", (("domain", "firm.test"),)),
        (
            Side(relations=(Relation(kind="자문", organisation="가상 기업"),)),
            "relation",
            (("kind", "자문"), ("with", "가상 기업")),
        ),
        (
            Side(relations=(Relation(kind="친족", person="이두리"),)),
            "relation",
            (("kind", "친족"), ("with", "이두리")),
        ),
        (
            Side(relations=(Relation(kind="투자", number="1000000009"),)),
            "relation",
            (("kind", "투자"), ("with", "")),
        ),
    ],
)
def test_each_ground_is_found_alone_and_says_what_it_rests_on(judge, code, facts):
    """A conflict is found from what is on record, and told with its ground and the facts both sides share."""
    (found,) = conflicts(APPLICANT, judge)
    assert (found.clause, found.code, found.outcome) == ("R-03", code, Outcome.FAILED)
    assert (found.facts, found.reason, found.mend) == (facts, GROUNDS[code], MEND)


@pytest.mark.parametrize(
    "judge",
    [
        Side(),
        Side(
            accounts=frozenset({"account:2"}),
            organisations=frozenset({"8"}),
            titles=frozenset({"가상 기업 둘"}),
            numbers=frozenset({"2000000008"}),
            behind={"이두리|1971-01-02": "이두리"},  # the same name, born on another day
            domains=frozenset({"otherfirm.test"}),
            teachers=frozenset({"professor:4"}),
            pupils=frozenset({"account:9"}),
            relations=(Relation(kind="자문", organisation="다른 기업"), Relation(kind="친족", person="박")),
        ),
    ],
)
def test_without_a_ground_there_is_no_conflict(judge):
    assert conflicts(APPLICANT, judge) == ()


def test_several_grounds_are_all_told_in_one_order():
    judge = Side(
        organisations=frozenset({"7"}), domains=frozenset({"firm.test"}), pupils=frozenset({"account:1"})
    )
    assert [one.code for one in conflicts(APPLICANT, judge)] == [
        "teaching",
        "same_organisation",
        "mail_domain",
    ]


def test_a_number_says_more_than_the_people_behind_it():
    judge = Side(numbers=frozenset({"1000000009"}), behind={"account:1": "김하나"})
    assert [one.code for one in conflicts(APPLICANT, judge)] == ["same_number"]


def test_an_unknown_ground_is_a_mistake_of_the_program():
    with pytest.raises(KeyError):
        ground("hunch")

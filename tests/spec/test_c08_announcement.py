"""C-08: the announcement names the briefing, the contact desk, and every clause in two languages."""

from datetime import UTC, datetime

import pytest
from callfile import CALL, changed, problems

pytestmark = pytest.mark.requirement("C-08")
EXPECTED = {"C": 8, "E": 11, "A": 5, "R": 7, "L": 5, "P": 6, "M": 3}


def test_the_briefing_and_the_contact_desk_are_announced():
    assert CALL.briefing.starts_at == datetime(2025, 2, 20, 4, 30, tzinfo=UTC)
    assert (CALL.contact.phone, CALL.contact.email) == ("02-580-0216", "kaitcloud@kait.or.kr")


def test_every_requirement_is_a_clause_with_its_place_and_both_sentences():
    codes = [f"{chapter}-{number:02}" for chapter, last in EXPECTED.items() for number in range(1, last + 1)]
    assert [clause.code for clause in CALL.clauses] == codes
    assert all("l." in clause.place for clause in CALL.clauses)


def test_a_clause_that_is_cited_but_not_written_is_an_error_where_it_is_cited():
    lines = problems(changed('code = "C-06"', 'code = "C-66"'))
    assert lines == ['use.clause: "C-06" is not the code of one of clauses']


def test_a_clause_written_twice_is_one_error():
    [line] = problems(changed('code = "M-03"', 'code = "M-02"'))
    assert line == 'clauses: "M-02" stands 2 times; give each entry its own name'


def test_a_sentence_in_one_language_only_is_one_error():
    [line] = problems(changed('en = "2025 High-performance computing support (NPU)"', 'en = " "'))
    assert line == "title.en: is empty"

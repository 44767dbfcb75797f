"""The file of questions and answers: the repository's own is whole, a broken one is explained."""

from pathlib import Path

import pytest
from callfile import CALL

from naru.codec.faq import FaqFileError, parse_faq

PATH = Path(__file__).parents[2] / "calls" / "faq" / "2025-npu.toml"
TEXT = PATH.read_text(encoding="utf-8")


def test_the_file_of_2025_answers_more_than_twenty_questions_each_with_clauses_of_the_call():
    file = parse_faq(TEXT, PATH.name)
    known = {clause.code for clause in CALL.clauses}
    assert file.call == CALL.id
    assert len(file.entries) >= 20
    assert [entry.question.ko for entry in file.entries if not set(entry.clauses) <= known] == []
    assert {entry.topic for entry in file.entries} == {
        "eligibility", "documents", "applying", "model", "selection", "after"
    }  # fmt: skip
    assert len({entry.question.ko for entry in file.entries}) == len(file.entries)


def test_figures_in_the_answers_are_those_of_the_call():
    said = "".join(entry.answer.ko for entry in parse_faq(TEXT, PATH.name).entries)
    bonus = CALL.bonuses[0]
    points = {criterion.id: criterion.points for criterion in CALL.criteria}
    wanted = (
        f"{bonus.born_on_or_after.year}년 {bonus.born_on_or_after.month}월 {bonus.born_on_or_after.day}일",
        f"목적 {points['purpose']}, 분야 {points['field']}, 사용 내용 {points['contents']}",
        f"{CALL.reference_dates.startup_years}년",
        "3월 17일(월) 15:00",
    )
    assert [words for words in wanted if words not in said] == []


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("schema = 1", "schema = 2", "schema"),
        ('topic = "model"', 'topic = "models"', "entries[20].topic"),
        ('clauses = ["E-08"]', "clauses = []", "entries[3].clauses"),
        ('clauses = ["E-08"]', 'clauses = ["8"]', "entries[3].clauses[0]"),
        ('call = "2025-npu"', 'call = "2025-npu"\nextra = 1', "extra"),
    ],
)
def test_a_fault_is_named_by_its_place(old, new, line):
    with pytest.raises(FaqFileError) as error:
        parse_faq(TEXT.replace(old, new, 1), "f.toml")
    assert [problem.partition(": ")[0] for problem in error.value.problems] == [line]


def test_what_is_no_toml_is_said():
    with pytest.raises(FaqFileError, match="not valid TOML"):
        parse_faq("schema = ", "f.toml")

"""Reading, freezing, hashing and describing a call file; what bad text gets."""

import json
import tomllib
from dataclasses import replace
from fractions import Fraction

import pytest
from callfile import CALL, PATH, TEXT, changed, problems
from hypothesis import given, settings
from hypothesis import strategies as st

from naru.codec.call import (
    CallFileError,
    call_hash,
    call_schema,
    dump_call,
    load_snapshot,
    parse_call,
    read_call,
)
from naru.domain.call import Amendment, CallInvalidError
from naru.domain.terms import Budget, Text


def test_the_2025_file_is_read():
    assert read_call(PATH) == CALL
    assert CALL.id == "2025-npu"


def test_a_snapshot_through_json_text_is_the_same_call_with_the_same_hash():
    again = load_snapshot(json.loads(json.dumps(dump_call(CALL))))
    assert again == CALL
    assert call_hash(again) == call_hash(CALL)


words = st.text(min_size=1, max_size=20).filter(str.strip)
texts = st.builds(Text, ko=words, en=words)


@st.composite
def calls(draw):
    """The 2025 call with other words, figures, shares and versions."""
    cut = draw(st.fractions(min_value=Fraction(1, 1000), max_value=Fraction(1, 2)))
    first, second, third = CALL.resources
    version = draw(st.integers(1, 9))
    amendment = Amendment(reason=draw(words), actor=draw(words), date=draw(st.dates()))
    return replace(
        CALL,
        version=version,
        amendment=amendment if version > 1 else None,
        title=draw(texts),
        resources=(
            replace(first, share=cut, monthly_cost=draw(st.integers(0, 10**12))),
            replace(second, share=(1 - cut) / 3),
            replace(third, share=(1 - cut) * 2 / 3, title=draw(texts)),
        ),
        selection=replace(CALL.selection, min_score=draw(st.none() | st.fractions(0, 100))),
        budget=draw(st.none() | st.builds(Budget, units=st.integers(1, 10**15), clause=st.just("L-05"))),
    )


@given(calls())
@settings(max_examples=60, deadline=None)
def test_any_call_survives_the_snapshot(call):
    again = load_snapshot(json.loads(json.dumps(dump_call(call))))
    assert again == call
    assert call_hash(again) == call_hash(call)
    assert (call_hash(call) == call_hash(CALL)) == (call == CALL)


def test_the_hash_notices_one_changed_word():
    assert call_hash(parse_call(changed("코엑스", "코엑쓰"), "x")) != call_hash(CALL)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "schema = 1\n",
            "schema = 1\nsponsor = 3\n",
            "sponsor: is not a key of a call file; remove it; known",
        ),
        (
            "cores = 16\n",
            "cores = 16\ncorse = 16\n",
            "resources[0].corse: is not a key of resources[0]; did you",
        ),
        ("stops_with_budget = true", 'stops_with_budget = "yes"', "support.stops_with_budget: needs true or"),
        (
            "cores = 16",
            'cores = "16"',
            'resources[0].cores: needs a whole number without quotes (it is "16")',
        ),
        (
            "cores = 16",
            "cores = true",
            "resources[0].cores: needs a whole number without quotes (it is true)",
        ),
        ("cores = 16\n", "", "resources[0].cores: is missing; add it"),
        ('clock_ghz = "2.1"', 'clock_ghz = "fast"', "resources[0].clock_ghz: needs an exact number as text"),
        ("points = 10\n", "points = 5\n", "criteria[].points: add up to 95, not 100"),
        ("points = 30", "points = 25", "criteria[0].elements: points do not add up to 25"),
        ("points = 30", "points = 30.0", "criteria[0].points: 30.0 is not exact"),
        ('op = "<"', 'op = ">"', "constraints[0].op: \">\" is not one of '<' or '<='"),
        ('"other", "lottery"]', '"luck", "lottery"]', 'selection.order[5]: "luck" is not "score", "lottery"'),
        ('"other", "lottery"]', '"other"]', 'selection.order: the last key must be "lottery"'),
        (
            'evidence = ["corporate_register"',
            'evidence = ["register"',
            'bonuses[0].evidence: "register" is not',
        ),
        (
            'kinds = ["startup"]',
            'kinds = ["scaleup"]',
            'documents[2].kinds: "scaleup" is not among parties[].k',
        ),
        ('party = "private"', 'party = "secret"', 'forms[0].party: "secret" is not among parties'),
        (
            'criterion = "need"',
            'criterion = "needs"',
            'plan[3].criterion: "needs" is not the id of a criterion',
        ),
        (
            'criterion = "need"',
            'criterion = "other"',
            "plan[].criterion: sections ask for purpose, field, cont",
        ),
        ("notice_date = 2025-02-12", 'notice_date = "soon"', "notice_date: needs a date such as 2025-02-12"),
        (
            "opens_at = 2025-02-12T00:00:00+09:00",
            "opens_at = 9",
            "tracks[0].rounds[0].opens_at: needs an inst",
        ),
        ("[appeal]", "[[appeal]]", "appeal: needs a table of keys (it is a list)"),
        ('kind = "unlimited" }', 'kind = "unlimited", months = 3 }', "documents[1].validity.months: give it"),
        ("answer_days = 5", "answer_days = 0", "corrections.answer_days: 0 is not a positive number of days"),
        ("years = 0 ", "years = -1 ", "sanction.grounds[1].years: -1 is negative"),
        (
            "ends = 2025-02-20",
            "ends = 2025-02-19",
            "schedule[1].ends: 2025-02-19 is before starts 2025-02-20",
        ),
        (
            'code = "venture_certificate"',
            'code = "sme_certificate"',
            'documents: "sme_certificate" stands 2 tim',
        ),
    ],
)
def test_each_mistake_is_one_error_that_says_where_and_how_to_mend_it(old, new, expected):
    [found] = problems(changed(old, new))
    assert found.startswith(expected)


@pytest.mark.parametrize(
    ("text", "line"),
    [(TEXT.replace("version = 1", "version = = 1", 1), 7), ('schema = 1\nid = "x', 2), ("a = 1\na = 2\n", 2)],
)
def test_a_syntax_error_names_its_line(text, line):
    with pytest.raises(CallFileError) as caught:
        parse_call(text, "broken.toml")
    [problem] = caught.value.problems
    assert (problem.path, problem.line) == ("", line)
    assert "is not valid TOML" in problem.reason
    assert str(caught.value).startswith(f"broken.toml: line {line}: ")


def test_independent_mistakes_are_all_named():
    text = changed('share = "3/5"', 'share = "1/2"').replace("points = 10\n", "points = 5\n", 1)
    assert [line.split(":")[0] for line in problems(text)] == ["resources[].share", "criteria[].points"]


def test_a_file_that_is_not_utf8_says_so(tmp_path):
    path = tmp_path / "call.toml"
    path.write_bytes(TEXT.encode("cp949", errors="replace"))
    with pytest.raises(CallFileError, match="is not UTF-8 text"):
        read_call(path)


def test_a_call_built_in_code_is_checked_like_a_file():
    with pytest.raises(CallInvalidError) as caught:
        replace(CALL, criteria=CALL.criteria[:4], selection=CALL.selection)
    assert any(line.startswith("criteria[].points: add up to 95") for line in caught.value.problems)


def test_the_schema_knows_every_key_of_the_file_and_refuses_others():
    schema = call_schema()
    assert set(tomllib.loads(TEXT)) <= set(schema["properties"])
    tables = [schema, *(table for table in schema["$defs"].values() if table["type"] == "object")]
    assert len(tables) > 30
    assert all(table["additionalProperties"] is False for table in tables)

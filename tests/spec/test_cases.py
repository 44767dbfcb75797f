"""The worked cases of the programme's authors, each run by its shape and compared key by key.

`NARU_CASES` may name a further file of the regular shapes; its cases run beside the committed ones.
"""

import json
import os
from pathlib import Path

import pytest
from spec.case_shapes import run_case

HERE = Path(__file__).parent / "cases" / "selection.json"
FILES = [HERE, *([Path(os.environ["NARU_CASES"])] if os.environ.get("NARU_CASES") else [])]
CASES = [
    pytest.param(case, id=f"{path.stem}-{case['id']}")
    for path in FILES
    for case in json.loads(path.read_text(encoding="utf-8"))["cases"]
]


def test_all_29_cases_are_here():
    assert len(json.loads(HERE.read_text(encoding="utf-8"))["cases"]) == 29


@pytest.mark.parametrize("case", CASES)
def test_case(case):
    ours, theirs = run_case(case)
    assert ours == theirs


@pytest.mark.parametrize(
    "case",
    [
        {"stage": "A", "config": {}, "input": {"new": 1}, "expected": {"new": 1}},
        {"stage": "B", "config": {"sku_caps": [1]}, "input": [], "expected": {"other": 1}},
        {"stage": "Z", "config": {"rules": ["ratio"]}, "input": [], "expected": {}},
    ],
)
def test_an_unknown_shape_fails(case):
    with pytest.raises(LookupError):
        run_case(case)

"""docs/rules.md says what the spec tests say today."""

import ast
import subprocess
import sys
from importlib import util
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TOOL = ROOT / "tools" / "rules_page.py"


@pytest.fixture(scope="module")
def rules():
    spec = util.spec_from_file_location("rules_page", TOOL)
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_fresh():
    result = subprocess.run([sys.executable, TOOL, "--check"], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")


def test_marks_of_module_class_and_function_add_up(rules):
    source = '''
pytestmark = [pytest.mark.requirement("C-01"), pytest.mark.e2e]
def test_one_thing_holds(): ...
@pytest.mark.requirement("R-05", "R-04")
def test_named():
    """A sentence of its own.

    More."""
@pytest.mark.requirement("E-01")
class TestGroup:
    def test_inside(self): ...
def not_a_test(): ...
'''
    assert list(rules.tests_in(ast.parse(source).body, set())) == [
        ("C-01", "One thing holds"),
        ("C-01", "A sentence of its own"),
        ("R-04", "A sentence of its own"),
        ("R-05", "A sentence of its own"),
        ("C-01", "Inside"),
        ("E-01", "Inside"),
    ]


def test_a_test_of_an_unknown_clause_is_refused(rules):
    with pytest.raises(SystemExit, match="Z-99 is not the code of a clause"):
        rules.render([], {"Z-99": [("spec/test_z.py", "X")]})


def test_a_clause_without_a_test_says_so(rules):
    clause = {"code": "C-01", "place": "l.1", "text": {"ko": "가", "en": "a"}}
    assert "No spec test yet." in rules.render([clause], {})
    assert "No spec test yet." not in rules.render([clause], {"C-01": [("spec/test_c.py", "X")]})


def test_a_clause_that_is_not_built_says_what_is_missing(rules):
    """Nothing stands on the list that has a test of its own rule."""
    clause = {"code": "L-02", "place": "l.1", "text": {"ko": "가", "en": "a"}}
    assert f"Not built yet: {rules.NOT_YET['L-02']}." in rules.render([clause], {})
    assert [code for code in rules.NOT_YET if code in rules.collect(ROOT / "tests")] == []


def test_the_rules_come_before_the_pages_that_show_them(rules, tmp_path):
    for name in ("portal/calls/test_b.py", "spec/test_c.py", "e2e/test_a.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        path.write_text('@pytest.mark.requirement("C-01")\ndef test_it_holds(): ...\n', encoding="utf-8")
    assert rules.collect(tmp_path) == {
        "C-01": [("spec/test_c.py", "It holds"), ("portal/calls/test_b.py", "It holds")]
    }

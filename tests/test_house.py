"""The house stays liveable: sizes, names, where writes happen, and what may not be committed."""

import ast
import re
import statistics
import subprocess
import tomllib
from pathlib import Path

import pytest
from every_page import every_pattern
from no_reads import DECLARED
from together import GROUPS, group_of

ROOT = Path(__file__).parent.parent
SRC = ROOT / "src" / "naru"
MODULES = sorted(path for path in SRC.rglob("*.py") if "migrations" not in path.parts)
PORTAL = SRC / "portal"
TEMPLATES = sorted(SRC.rglob("templates/**/*.html"))
WRITES = {"save", "create", "bulk_create", "bulk_update", "update_or_create", "get_or_create", "delete"}


def tracked(*patterns):
    command = ["git", "ls-files", "-z", *patterns]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def lines(path):
    return len(path.read_text(encoding="utf-8").splitlines())


def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def short(path):
    return str(path.relative_to(ROOT))


def test_no_module_is_longer_than_400_lines():
    python = [*MODULES, *(ROOT / "tests").rglob("*.py"), *(ROOT / "tools").glob("*.py")]
    assert {short(path): lines(path) for path in python if lines(path) > 400} == {}


def test_modules_are_small_in_the_middle():
    assert statistics.median(lines(path) for path in MODULES if lines(path) > 1) <= 120


def test_nine_functions_in_ten_fit_on_a_screen():
    functions = [
        node for path in MODULES for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef)
    ]
    lengths = sorted((node.end_lineno or node.lineno) - node.lineno + 1 for node in functions)
    assert lengths[int(len(lengths) * 0.9)] <= 30


def test_every_module_says_what_the_room_is_for():
    assert [short(path) for path in MODULES if not ast.get_docstring(tree(path))] == []


@pytest.mark.parametrize("word", ["util", "utils", "common", "helper", "helpers", "misc"])
def test_no_room_is_a_drawer_for_odds_and_ends(word):
    assert [short(path) for path in SRC.rglob("*") if path.stem == word] == []


def test_templates_are_short():
    assert {short(path): lines(path) for path in TEMPLATES if lines(path) > 150} == {}


def test_templates_have_no_inline_script_style_or_handler():
    inline = re.compile(r"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|<script(?![^>]*\bsrc=)", re.IGNORECASE)
    found = {
        short(path): match.group() for path in TEMPLATES if (match := inline.search(path.read_text("utf-8")))
    }
    assert found == {}


def test_views_write_nothing_themselves():
    views = [path for path in PORTAL.rglob("*.py") if path.name == "views.py" or path.parent.name == "views"]
    found = [
        f"{short(path)}:{node.lineno} .{node.func.attr}()"
        for path in views
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES
    ]
    assert found == []


def action_functions():
    for path in sorted(PORTAL.rglob("*.py")):
        room = path.parent if path.name == "actions.py" else path.parent.parent
        if (path.name == "actions.py" or path.parent.name == "actions") and room.name != "audit":
            for node in tree(path).body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    yield f"{short(path)}:{node.lineno} {node.name}", node


def test_every_action_is_keyword_only_and_says_by_whom_and_when():
    found = [
        where
        for where, node in action_functions()
        if node.args.args or not {"by", "at"} <= {argument.arg for argument in node.args.kwonlyargs}
    ]
    assert found == []


def test_every_action_writes_exactly_one_audit_event():
    """Counted in the text: one call of `record(...)` in each action."""
    found = {}
    for where, node in action_functions():
        calls = [inner.func for inner in ast.walk(node) if isinstance(inner, ast.Call)]
        events = [func for func in calls if "record" in (getattr(func, "attr", ""), getattr(func, "id", ""))]
        if len(events) != 1:
            found[where] = len(events)
    assert found == {}


def test_every_action_has_its_words_in_the_record():
    """A new action: add its sentence to `audit/wording.py` and its English to that room's .po."""
    named = {
        part.value
        for path in MODULES
        if PORTAL in path.parents
        for node in ast.walk(tree(path))
        if isinstance(node, ast.keyword) and node.arg == "action"
        for part in ast.walk(node.value)
        if isinstance(part, ast.Constant) and re.fullmatch(r"[a-z]+\.[a-z_]+", str(part.value))
    }
    words = tree(PORTAL / "audit" / "wording.py")
    known = {part.value for part in ast.walk(words) if isinstance(part, ast.Constant)}
    assert len(named) > 100
    assert named - known == set()


def test_every_page_says_whether_it_shows_somebody_elses_data():
    """A new page: `@reads("class")` beside its view, or its name in tests/no_reads.py."""
    marked = {name: hasattr(one.callback, "reads") for name, one in every_pattern()}
    assert {name for name, reads in marked.items() if not reads} == DECLARED


def test_lock_files_name_no_host():
    locks = tracked("*.lock", "*-lock.json", "requirements/*")
    assert locks
    assert [short(path) for path in locks if re.search(r"https?://", path.read_text("utf-8"))] == []


def test_every_locked_package_is_hashed():
    for path in tracked("requirements/*.lock"):
        entries = re.split(r"^(?=[a-zA-Z0-9])", path.read_text("utf-8"), flags=re.MULTILINE)[1:]
        assert entries
        assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_no_machine_path_is_committed():
    # Written in halves so that this file does not find itself.
    machine = re.compile(r"/wo" + r"rk/|/ro" + r"ot/|/ho" + r"me/[a-z]")
    text = {".py", ".md", ".toml", ".html", ".sh", ".css", ".js", ".json", ".po", ".jsonl", ""}
    files = [path for path in tracked() if path.suffix in text]
    assert [short(path) for path in files if machine.search(path.read_text("utf-8", errors="ignore"))] == []


def test_every_dependency_says_what_it_is_for():
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    project = tomllib.loads(text)
    groups = [project["project"]["dependencies"], *project["dependency-groups"].values()]
    silent = [
        name for group in groups for name in group if not re.search(rf'"{re.escape(name)}",\s*#\s*\w', text)
    ]
    assert silent == []


@pytest.mark.parametrize(
    "name", ["README.md", "LICENSE", "CONTRIBUTING.md", "GLOSSARY.md", "CHANGELOG.md", "docs/rules.md"]
)
def test_a_newcomer_finds(name):
    assert (ROOT / name).stat().st_size > 200


def test_what_plays_a_year_is_run_together():
    """Each group of tests is one unit of work, so its year is played once and not on both workers."""
    assert {place for place in GROUPS if not (ROOT / place).exists()} == set()
    year, small = (group_of(f"{place}test_year.py::test_one[a@b]") for place in GROUPS)
    assert (year, small) == ("the year", "the small year")
    assert group_of("tests/cli/test_call.py::test_one") == "tests/cli/test_call.py::test_one"


def test_an_adr_is_one_short_page():
    adrs = sorted((ROOT / "docs" / "adr").glob("*.md"))
    assert adrs
    assert {path.name: lines(path) for path in adrs if lines(path) > 30} == {}
    assert [path.name for path in adrs if not re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", path.name)] == []

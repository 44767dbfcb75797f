"""Write docs/rules.md: every clause of the call beside the spec tests that are its rule.

Reads `calls/2025-npu.toml` and the text of the marked tests (nothing is imported or run), so the page says
what the tests say: those of the rules in `tests/spec`, then those that drive a page, an act or a command.
`tools/rules_page.py` writes the page; `tools/rules_page.py --check` exits 1 when it is stale.
"""

import ast
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CALL = ROOT / "calls" / "2025-npu.toml"
TESTS = ROOT / "tests"
FOLDERS = ("spec", "catalogue", "codec", "cli", "portal")  # the rules first
PAGE = ROOT / "docs" / "rules.md"
CHAPTERS = {
    "C": "The call · 사업공고",
    "E": "Eligibility · 신청자격",
    "A": "Application · 신청",
    "R": "Screening, evaluation, selection · 심사·선정",
    "L": "Allocation and use · 할당·이용",
    "P": "Progress and outcome · 진도·성과",
    "M": "The model catalogue · 지원 가능 모델",
}
# what no test can show, since it is not built: said on the page rather than left out
NOT_YET = {
    "L-02": "the agreement names the vendor (L-01); requests for support between awardee and vendor, with "
    "their history, are a later issue",
    "M-02": "the five stages are data of the call and every report names one (P-01, P-02); the workbench "
    "that carries a model through them is a later issue",
}
OPENING = """# The rules, and the tests that prove them

Made by `make rules` from the call file and the tests marked with a clause; do not edit. Each clause shows its
place in the programme guide, our sentence in both languages, and what its tests say: first those of the rule
(`tests/spec`), then those that drive a page, an act or a command.
"""


def marks(node: ast.AST) -> Iterator[str]:
    """The codes named by `pytest.mark.requirement("...")` anywhere inside a node."""
    for inner in ast.walk(node):
        if not isinstance(inner, ast.Call) or not isinstance(inner.func, ast.Attribute):
            continue
        if inner.func.attr == "requirement":
            yield from (str(arg.value) for arg in inner.args if isinstance(arg, ast.Constant))


def module_marks(body: list[ast.stmt]) -> set[str]:
    """The codes of a module's or class's `pytestmark`."""
    return {
        code
        for node in body
        if isinstance(node, ast.Assign)
        and any(isinstance(target, ast.Name) and target.id == "pytestmark" for target in node.targets)
        for code in marks(node.value)
    }


def sentence(test: ast.FunctionDef) -> str:
    """A test as a sentence: the first line of its docstring, else its name."""
    documented = ast.get_docstring(test)
    text = documented.splitlines()[0] if documented else test.name.removeprefix("test_").replace("_", " ")
    return text[0].upper() + text[1:].rstrip(".")


def tests_in(body: list[ast.stmt], codes: set[str]) -> Iterator[tuple[str, str]]:
    """(code, sentence) of every marked test in a body, in its order; classes pass their marks on."""
    codes = codes | module_marks(body)
    for node in body:
        if isinstance(node, ast.ClassDef):
            inherited = {code for decorator in node.decorator_list for code in marks(decorator)}
            yield from tests_in(node.body, codes | inherited)
        elif isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            own = {code for decorator in node.decorator_list for code in marks(decorator)}
            yield from ((code, sentence(node)) for code in sorted(codes | own))


def collect(tests: Path) -> dict[str, list[tuple[str, str]]]:
    """The (file below `tests`, sentence) pairs of each code: folders and files in order, tests in theirs."""
    found: dict[str, list[tuple[str, str]]] = {}
    for path in (path for folder in FOLDERS for path in sorted((tests / folder).rglob("test_*.py"))):
        for code, text in tests_in(ast.parse(path.read_text("utf-8")).body, set()):
            found.setdefault(code, []).append((path.relative_to(tests).as_posix(), text))
    return found


def render(clauses: list[dict], found: dict[str, list[tuple[str, str]]]) -> str:
    """The page; SystemExit when a test names a code the call has no clause for."""
    unknown = sorted(set(found) - {clause["code"] for clause in clauses})
    if unknown:
        raise SystemExit(f"tests: {', '.join(unknown)} is not the code of a clause in {CALL.name}")
    parts = [OPENING]
    for chapter, title in CHAPTERS.items():
        parts.append(f"\n## {chapter}. {title}\n")
        parts.extend(
            section(clause, found.get(clause["code"], []))
            for clause in clauses
            if clause["code"].startswith(f"{chapter}-")
        )
    return "".join(parts)


def section(clause: dict, tests: list[tuple[str, str]]) -> str:
    """One clause: its sentences, its place, and the tests by file."""
    text = clause["text"]
    lines = [f"\n### {clause['code']}\n", f"{text['ko']}  ", f"{text['en']}  ", f"Guide: {clause['place']}\n"]
    last = ""
    for name, proof in tests:
        if name != last:
            lines.append(f"- [{name}](../tests/{name})")
            last = name
        lines.append(f"  - {proof}")
    if not tests:
        lines.append("No spec test yet.")
    if clause["code"] in NOT_YET:
        lines.append(f"\nNot built yet: {NOT_YET[clause['code']]}.")
    return "\n".join(lines) + "\n"


def page() -> str:
    """The page as it should be now."""
    return render(tomllib.loads(CALL.read_text("utf-8"))["clauses"], collect(TESTS))


def main() -> int:
    """Write the page, or with --check compare it."""
    fresh = page()
    if "--check" in sys.argv[1:]:
        stale = not PAGE.is_file() or PAGE.read_text("utf-8") != fresh
        if stale:
            print("docs/rules.md is stale; run make rules", file=sys.stderr)
        return int(stale)
    PAGE.write_text(fresh, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

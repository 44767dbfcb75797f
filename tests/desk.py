"""A person at a browser: opens pages, fills forms by field name, presses buttons by what they say.

Every page a desk comes to must be whole: status 200, nothing loaded from elsewhere, no script error.
"""

import re
from functools import cache
from pathlib import Path

from playwright.sync_api import Page, Response, expect

ROOT = Path(__file__).parent.parent
AXE = ROOT / "node_modules/axe-core/axe.min.js"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN_AXE = """async (tags) => (await axe.run(document, {
    runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]})).violations
    .map(one => one.id + ": " + one.nodes.slice(0, 3)
        .map(node => node.target.join(" ") + " " + node.failureSummary).join(" | "))"""


@cache
def _axe() -> str:
    return AXE.read_text("utf-8")


class Desk:
    """One person's browser window on the live server."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base
        self.wrong: list[str] = []
        page.on("request", self._outside)
        page.on("pageerror", lambda error: self.wrong.append(f"script: {error}"))
        page.on("console", self._console)

    def _outside(self, request):
        if not request.url.startswith((self.base, "data:")):
            self.wrong.append(f"asked elsewhere: {request.url}")

    def _console(self, message):
        if message.type == "error" and "status of 4" not in message.text:
            self.wrong.append(f"console: {message.text}")

    def open(self, address: str) -> Response:
        """Come to an address, whatever it answers."""
        answer = self.page.goto(self.base + address)
        assert answer is not None
        return answer

    def go(self, address: str) -> "Desk":
        """Come to a page that is there."""
        return self._whole(self.open(address))

    def _whole(self, answer: Response | None, status: int = 200) -> "Desk":
        assert answer is not None
        assert answer.status == status, f"{answer.status} at {self.path}: {self.text[:600]}"
        assert self.wrong == [], (self.path, self.wrong)
        return self

    @property
    def path(self) -> str:
        """Where the desk is, without the host."""
        return self.page.url.removeprefix(self.base)

    @property
    def text(self) -> str:
        """Everything the page says."""
        return self.page.inner_text("main")

    def fill(self, scope: str = "main", /, **fields: object) -> "Desk":
        """Answer fields by their names, each in the way its kind wants."""
        for name, value in fields.items():
            field = self.page.locator(scope).locator(
                f'[name="{name}"]:visible, input[type=file][name="{name}"]'
            )
            kind = field.first.evaluate("one => one.type || one.localName")
            if kind == "radio":
                field.and_(self.page.locator(f'[value="{value}"]')).check()
            elif kind == "checkbox":
                field.first.set_checked(bool(value))
            elif kind == "select-one":
                field.first.select_option(str(value))
            elif kind == "file":
                field.first.set_input_files(value)
            else:
                field.first.fill(str(value))
        return self

    def press(self, name: str, scope: str = "main", *, status: int = 200) -> "Desk":
        """Press the button (or link) that says `name`, and wait for the page it leads to."""
        found = self.page.locator(scope).first
        exact = re.compile(rf"^\s*{re.escape(name)}\s*$")
        buttons = found.get_by_role("button").or_(found.get_by_role("link")).all_inner_texts()
        assert any(exact.match(one) for one in buttons), f"{self.path}: no {name!r} among {buttons}"
        target = found.get_by_role("button", name=exact).or_(found.get_by_role("link", name=exact)).first
        with self.page.expect_navigation() as going:
            target.click()
        return self._whole(going.value, status)

    def says(self, *texts: str) -> "Desk":
        """The page says each of `texts`."""
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text)
        return self

    def violations(self) -> list[str]:
        """What axe finds on the page, every fold opened."""
        self.page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
        self.page.evaluate(_axe())
        found: list[str] = self.page.evaluate(RUN_AXE, STANDARDS)
        return found

"""Two ways to walk through the portal: with a mouse, and with nothing but a keyboard.

Both find things by selector, so that one walk serves both languages; in English every page is also read for
Korean that was left untranslated.
"""

import re

from desk import Desk

HANGUL = re.compile(r"[가-힣]+")
TABS = 250  # more stops than any page has: beyond them a thing cannot be reached
FOCUSED = "one => { const e = document.activeElement; return Boolean(e && e.matches(one)); }"


class Mouse:
    """Clicks and types. (What axe says of every page, `test_every_page` asks.)"""

    def __init__(self, desk: Desk, language: str) -> None:
        self.desk, self.page, self.language = desk, desk.page, language

    def go(self, address: str) -> None:
        """Come to an address."""
        self.desk.go(address)
        self._read()

    def follow(self, selector: str) -> None:
        """Press the first link or button of this selector and come to the page it leads to."""
        self._led(self.page.locator(selector).first.click)

    def _led(self, press) -> None:
        with self.page.expect_navigation() as going:
            press()
        answer = going.value
        assert answer is None or answer.status == 200, f"{answer.status} at {self.desk.path}"
        assert self.desk.wrong == [], self.desk.path
        self._read()

    def _read(self) -> None:
        """No Korean on an English page but names people gave (every invented one says so)."""
        assert self.page.get_attribute("html", "lang") == self.language, self.desk.path
        if self.language == "en":
            lines = [self.page.title(), *self.page.inner_text("body").splitlines()]
            found = [line for line in lines if HANGUL.search(line) and "가상" not in line]
            assert [line for line in found if line.strip() != "한국어"] == [], self.desk.path

    def answer(self, **fields: object) -> None:
        """Fill fields by name; a list names the boxes to tick of a group."""
        for name, value in fields.items():
            if isinstance(value, list):
                for one in value:
                    self.page.locator(f'main [name="{name}"][value="{one}"]').check()
            else:
                self.desk.fill(**{name: value})

    def upload(self, scope: str, file: object) -> None:
        """Choose a file in `scope`: the page's script sends it at once, without leaving the page."""
        self.page.locator(f"{scope} input[type=file]").set_input_files(file)

    def names(self, form: str) -> list[str]:
        """The fields of a form that can be seen, in order, each name once."""
        found = self.page.locator(form).locator("input:visible, select:visible, textarea:visible")
        return list(dict.fromkeys(found.evaluate_all("all => all.map(one => one.name).filter(Boolean)")))


class Keyboard(Mouse):
    """Tab, arrows, space, enter and letters; the mouse is never touched."""

    def __init__(self, desk: Desk, language: str) -> None:
        super().__init__(desk, language)
        self.page.on("filechooser", lambda _chooser: None)  # caught from now on, not only once one is awaited

    def follow(self, selector: str) -> None:
        """Tab to it, then enter."""
        self._reach(selector)
        self._led(lambda: self.page.keyboard.press("Enter"))

    def _reach(self, selector: str) -> None:
        for _stop in range(TABS):
            if self.page.evaluate(FOCUSED, selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{self.desk.path}: {selector} cannot be reached with Tab")

    def answer(self, **fields: object) -> None:
        """Tab to each field in the order given and answer it the way a keyboard does."""
        for name, value in fields.items():
            if isinstance(value, list):
                for one in value:
                    self._reach(f'main [name="{name}"][value="{one}"]')
                    self.page.keyboard.press("Space")
                continue
            self._reach(f'main [name="{name}"]')
            kind = self.page.evaluate("document.activeElement.type")
            if kind == "radio":
                self._choose(name, str(value))
            elif kind == "checkbox":
                if self.page.evaluate("document.activeElement.checked") != bool(value):
                    self.page.keyboard.press("Space")
            elif kind == "select-one":
                self._select(str(value))
            elif kind == "date":
                year, month, day = str(value).split("-")
                self.page.keyboard.type(f"{month}{day}{year}")  # as this browser's own language orders it
            else:
                self.page.keyboard.press("Control+A")
                self.page.keyboard.insert_text(str(value))

    def _choose(self, name: str, value: str) -> None:
        """Space takes the radio button the focus is on; the arrows go on to the others."""
        wanted = f'[name="{name}"][value="{value}"]:checked'
        self.page.keyboard.press("Space")
        for _step in range(self.page.locator(f'main [name="{name}"]').count()):
            if self.page.evaluate(FOCUSED, wanted):
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{self.desk.path}: {name}={value} cannot be chosen with the arrows")

    def _select(self, value: str) -> None:
        self.page.keyboard.press("Home")
        for _step in range(self.page.evaluate("document.activeElement.options.length")):
            if self.page.evaluate("document.activeElement.value") == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{self.desk.path}: {value} cannot be selected with the arrows")

    def upload(self, scope: str, file: object) -> None:
        """The space bar on the file field opens the system's chooser."""
        self._reach(f"{scope} input[type=file]")
        with self.page.expect_file_chooser() as chooser:
            self.page.keyboard.press("Space")
        chooser.value.set_files(file)

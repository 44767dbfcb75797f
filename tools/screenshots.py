"""Take pictures of pages as people see them: 1280 and 390 px wide, Korean and English, one role at a time.

    python tools/screenshots.py --base http://127.0.0.1:8000 --out /tmp/shots \
        --login operator@example.test:PASSWORD --demo var/demo / /ui/ /screening/

A login with a second factor gets its code from `naru demo --code` of the folder named by --demo.
Needs Chromium (CHROMIUM, default /usr/bin/chromium) and a running server. Prints one line per picture, with
the status and whatever the browser complained about (a failed request, a script error, a page wider than the
screen); exits 1 if there was anything to complain about. With --colours the picture becomes small enough
to be kept beside the documents (`docs/images`).
"""

import argparse
import os
import re
import subprocess
import sys
import time
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

WIDTHS = {"wide": 1280, "phone": 390}
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paths", nargs="+", help="pages, e.g. / /ui/")
    parser.add_argument("--base", default="http://127.0.0.1:8000")
    parser.add_argument("--out", type=Path, default=Path("screenshots"))
    parser.add_argument(
        "--login", metavar="EMAIL:PASSWORD", help="log in first, through the portal's own form"
    )
    parser.add_argument("--demo", default="var/demo", help="folder of the played demo, for codes")
    parser.add_argument("--languages", default="ko,en")
    parser.add_argument("--widths", default=",".join(WIDTHS), help="any of: " + ", ".join(WIDTHS))
    parser.add_argument(
        "--viewport-only", action="store_true", help="what stands above the fold, not the page"
    )
    parser.add_argument("--colours", type=int, default=0, help="keep this many colours only, e.g. 48")
    return parser.parse_args()


def code_of(email: str, folder: str) -> str:
    """The code of a demo login right now."""
    command = [sys.executable, "-c", "from naru.cli import main; main()", "demo", "--code", email]
    command += ["--data-dir", folder]
    told = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own program
    if told.returncode:
        sys.exit(f"screenshots: no code for {email}: {told.stderr}")
    return told.stdout.strip()


def log_in(page: Page, base: str, login: str, folder: str) -> None:
    """Log in as a person would; say so and stop if the portal refuses."""
    email, _, password = login.partition(":")
    page.goto(f"{base}/accounts/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state("networkidle")
    if page.url.rstrip("/").endswith("/accounts/login"):
        sys.exit(f"screenshots: {email} could not log in. Check the password.")
    for _ in range(3):  # a code works once: when another run has just used it, wait for the next
        if "/2fa/authenticate" not in page.url:
            return
        page.fill("input[name=code]", code_of(email, folder))
        page.press("input[name=code]", "Enter")
        page.wait_for_load_state("networkidle")
        if "/2fa/authenticate" in page.url:
            time.sleep(30 - time.time() % 30)


def reduce(target: Path, colours: int) -> None:
    """Save a picture again with few colours; text stays sharp, the file shrinks to a third."""
    with Image.open(target) as taken:
        small = taken.convert("RGB").quantize(colours, dither=Image.Dither.NONE)
    small.save(target, optimize=True)


def shoot(page: Page, address: str, target: Path, *, whole: bool, colours: int) -> list[str]:
    """Open a page, wait until it is quiet, save its picture; return the complaints."""
    complaints: list[str] = []
    page.on("requestfailed", lambda request: complaints.append(f"failed request {request.url}"))
    page.on("pageerror", lambda error: complaints.append(f"script error {error}"))
    page.on(
        "console", lambda line: complaints.append(f"console: {line.text}") if line.type == "error" else None
    )
    response = page.goto(address, wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if wider > 0:
        complaints.append(f"the page is {wider} px wider than the screen")
    page.screenshot(path=target, full_page=whole)
    if colours:
        reduce(target, colours)
    status = response.status if response else "no answer"
    print(f"{status} {target}" + "".join(f"\n    {complaint}" for complaint in complaints))
    return complaints


def picture_all(browser: Browser, given: argparse.Namespace) -> list[str]:
    """Every path in every language and width."""
    complaints: list[str] = []
    state = None
    if given.login:
        entrance = browser.new_context()
        log_in(entrance.new_page(), given.base, given.login, given.demo)
        state = entrance.storage_state()
    for language in given.languages.split(","):
        context = browser.new_context(locale=language, storage_state=state)
        context.add_cookies([{"name": "django_language", "value": language, "url": given.base}])
        for width in given.widths.split(","):
            for path in given.paths:
                page = context.new_page()
                page.set_viewport_size({"width": WIDTHS[width], "height": 900})
                name = re.sub(r"[^0-9a-zA-Z가-힣]+", "-", path).strip("-") or "home"
                target = given.out / f"{name}.{language}.{width}.png"
                whole, colours = not given.viewport_only, given.colours
                complaints += shoot(page, given.base + path, target, whole=whole, colours=colours)
                page.close()
        context.close()
    return complaints


def main() -> None:
    """Take the pictures; exit 1 if the browser complained."""
    given = arguments()
    given.out.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        complaints = picture_all(browser, given)
        browser.close()
    sys.exit(1 if complaints else 0)


if __name__ == "__main__":
    main()

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = """async (tags) => (await axe.run(document, {runOnly: {type: "tag", values: tags}})).violations
    .map(one => one.id + ": " + one.nodes.slice(0, 3)
        .map(node => node.target.join(" ") + " " + node.failureSummary).join(" | "))"""

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def visit(chromium, live_server, client, operator):
    """Open an address as the operator, in a language and width; the page and what went wrong on it."""
    client.force_login(operator)
    contexts = []

    def open_page(address, language="ko", width=1280):
        # axe is added from outside, so only this check runs past the page's own policy
        context = chromium.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
        contexts.append(context)
        cookies = {"sessionid": client.cookies["sessionid"].value, "django_language": language}
        context.add_cookies(
            [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
        )
        page = context.new_page()
        wrong = []
        page.on("request", lambda r: None if r.url.startswith(live_server.url) else wrong.append(r.url))
        page.on("requestfailed", lambda request: wrong.append(request.url))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(live_server.url + address, wait_until="networkidle")
        return page, wrong

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("address", ["/ui/", "/ui/staff/"])
def test_the_gallery_has_no_violation(visit, address, language, width):
    page, wrong = visit(address, language, width)
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    page.add_script_tag(path=AXE)
    assert page.evaluate(RUN, STANDARDS) == []
    assert wrong == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_check_itself_finds_a_fault(visit):
    page, _wrong = visit("/ui/")
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    page.add_script_tag(path=AXE)
    assert [one.split(":")[0] for one in page.evaluate(RUN, STANDARDS)] == ["image-alt"]


def test_charts_are_drawn_and_keep_their_table(visit):
    page, wrong = visit("/ui/")
    assert page.locator(".chart-drawing:visible canvas").count() == 4
    assert page.locator(".chart-data table").count() == 4
    assert wrong == []


def test_a_table_becomes_cards_with_headings_on_a_phone_and_stays_a_table_to_a_screen_reader(visit):
    page, _wrong = visit("/ui/", width=390)
    cell = page.locator("#tables tbody td").first
    heading = page.locator("#tables thead th").nth(1)
    label = cell.evaluate("one => getComputedStyle(one, '::before').content")
    assert len(label) > len('""')
    assert heading.text_content().strip().startswith(label.strip('"'))  # what it sorts by is said after it
    assert (cell.get_attribute("role"), heading.get_attribute("role")) == ("cell", "columnheader")
    assert page.locator("#tables .table-scroll").first.evaluate("one => one.scrollWidth <= one.clientWidth")


def test_the_first_tab_stop_skips_to_the_content(visit):
    page, _wrong = visit("/nowhere/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"

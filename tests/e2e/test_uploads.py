"""Uploading in a real browser: progress, a broken line, drag and drop, refusals, and no script at all."""

import re

import pytest
from playwright.sync_api import expect
from simulated_year import INTAKE, PDF

from naru.portal.applications.models import EvidenceDocument, StoredFile
from naru.portal.audit.models import Event

CODE = "enrolment_certificate"
FILE = {"name": "재학증명서.pdf", "mimeType": "application/pdf", "buffer": PDF}
DROP = """([form, bytes, names]) => {
    const data = new DataTransfer();
    for (const name of names) data.items.add(new File([new Uint8Array(bytes)], name));
    document.querySelector(form).dispatchEvent(
        new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def draft(world, clock):
    world.upto("opened")
    clock(INTAKE)
    draft = world.student_draft()
    draft.documents.all().delete()
    return draft


@pytest.fixture
def desk(world, seat, draft):
    at_work = seat(world.student).go(f"/applications/{draft.pk}/documents/")
    at_work.before = uploads()
    return at_work


def card(desk, code=CODE):
    return desk.page.locator(f"#{code}")


def choose(desk, file=FILE):
    card(desk).locator("input[type=file]").set_input_files(file)


def uploads():
    return Event.objects.filter(action="applications.attach_document").count()


def test_a_file_chosen_is_sent_shown_and_told(desk):
    choose(desk)
    expect(card(desk).locator(".evidence-held")).to_contain_text("재학증명서.pdf")
    expect(card(desk).locator(".evidence-head .badge")).to_have_text("올렸음")
    expect(card(desk).locator("h2")).to_be_focused()
    expect(desk.page.locator(f'.evidence-index a[href="#{CODE}"] + .badge')).to_have_text("올렸음")
    assert EvidenceDocument.objects.get().filename == "재학증명서.pdf"
    choose(desk, FILE | {"name": "새 재학증명서.pdf"})  # the part that came back works as the first did
    expect(card(desk).locator(".evidence-held")).to_contain_text("새 재학증명서.pdf")
    assert (StoredFile.objects.count(), uploads() - desk.before) == (1, 2)


def large(folder, size):
    """A PDF of that many bytes, as a file: a browser is not fed megabytes by word of mouth."""
    file = folder / "큰 파일.pdf"
    file.write_bytes(PDF[:-6] + b" " * (size - len(PDF)) + PDF[-6:])
    return file


def test_progress_is_shown_while_a_large_file_goes(desk, tmp_path):
    desk.page.evaluate(
        """() => { window.seen = [];
        new MutationObserver(() => window.seen.push(document.querySelector(".upload-said").textContent))
            .observe(document.querySelector(".upload-progress"), {childList: true, subtree: true}); }"""
    )
    choose(desk, large(tmp_path, 12_000_000))
    expect(card(desk).locator(".evidence-held")).to_be_visible()
    seen = desk.page.evaluate("window.seen")
    assert re.fullmatch(r"올리는 중입니다: \d+%", seen[0])
    assert seen[-1] == "다 보냈습니다. 파일을 검사하고 있습니다."


def test_a_broken_line_is_tried_again_and_leaves_one_document(desk):
    tries = []

    def break_twice(route):
        tries.append(route.request.method)
        if len(tries) == 1:
            return route.abort("connectionreset")
        if len(tries) == 2:  # the server has it, but its answer is lost
            route.fetch()
            return route.abort("connectionreset")
        return route.continue_()

    desk.page.route(f"**/documents/{CODE}/", break_twice)
    choose(desk)
    expect(card(desk).locator(".upload-said")).to_contain_text("연결이 끊겼습니다. 1초 뒤 다시 올립니다")
    expect(card(desk).locator(".evidence-held")).to_contain_text("재학증명서.pdf", timeout=15_000)
    assert tries == ["POST"] * 3
    assert (EvidenceDocument.objects.count(), uploads() - desk.before) == (1, 1)
    desk.wrong.clear()


def test_an_upload_can_be_stopped_and_begun_again(desk):
    desk.page.route(f"**/documents/{CODE}/", lambda route: route.abort("connectionreset"))
    choose(desk)
    card(desk).get_by_role("button", name="그만두기").click()
    expect(card(desk).locator(".upload-said")).to_contain_text("올리기를 그만두었습니다")
    desk.page.unroute(f"**/documents/{CODE}/")
    card(desk).get_by_role("button", name="다시 올리기").click()
    expect(card(desk).locator(".evidence-held")).to_contain_text("재학증명서.pdf")
    desk.wrong.clear()


def test_a_file_may_be_dropped_on_its_place_one_at_a_time(desk):
    form = f"#{CODE} form[data-upload]"
    desk.page.evaluate(DROP, [form, list(PDF), ["하나.pdf", "둘.pdf"]])
    expect(card(desk).locator(".upload-said")).to_have_text("한 번에 파일 하나만 놓으십시오.")
    desk.page.evaluate(DROP, [form, list(PDF), ["끌어온 것.pdf"]])
    expect(card(desk).locator(".evidence-held")).to_contain_text("끌어온 것.pdf")
    assert EvidenceDocument.objects.get().code == CODE


def test_a_refusal_says_why_and_what_mends_it_beside_the_document(desk):
    choose(desk, FILE | {"buffer": b"MZ not a document"})
    expect(card(desk).locator(".finding")).to_contain_text("받을 수 있는 형식의 파일이 아닙니다")
    expect(card(desk).locator(".finding")).to_contain_text("다음 형식으로 저장해")
    assert not EvidenceDocument.objects.exists()
    assert desk.violations() == []


def test_a_file_too_large_never_leaves_the_browser(desk, tmp_path):
    sent = []
    desk.page.on("request", lambda request: sent.append(request.method))
    choose(desk, large(tmp_path, 21_000_000))
    expect(card(desk).locator(".upload-said")).to_contain_text("21.0MB라서 올릴 수 없습니다")
    assert "POST" not in sent


def test_a_login_that_ended_is_said_and_nothing_is_lost(desk):
    desk.page.context.clear_cookies(name="sessionid")
    choose(desk)
    expect(card(desk).locator(".upload-said")).to_contain_text("로그인이 풀렸습니다")
    assert card(desk).locator("input[type=file]").evaluate("one => one.files.length") == 1


def test_without_scripts_the_form_works_alone(chromium, live_server, seat, world, draft):
    cookies = seat(world.student).page.context.cookies()
    context = chromium.new_context(java_script_enabled=False)
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(f"{live_server.url}/applications/{draft.pk}/documents/")
    page.locator(f"#{CODE} input[type=file]").set_input_files(FILE)
    page.locator(f"#{CODE}").get_by_role("button", name="올리기").click()
    assert page.url.endswith(f"/applications/{draft.pk}/documents/#{CODE}")
    expect(page.locator("main")).to_contain_text("서류를 올렸습니다.")
    expect(page.locator(f"#{CODE} .evidence-held")).to_contain_text("재학증명서.pdf")
    context.close()


@pytest.mark.parametrize(("width", "language"), [(1280, "ko"), (390, "ko"), (1280, "en"), (390, "en")])
def test_the_page_is_accessible_and_fits(world, seat, draft, width, language):
    desk = seat(world.student, width, language).go(f"/applications/{draft.pk}/documents/")
    choose(desk)
    expect(card(desk).locator(".evidence-held")).to_be_visible()
    assert desk.violations() == []
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= width

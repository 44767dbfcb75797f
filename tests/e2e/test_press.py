"""The submit button in a browser: pressed twice in one moment, in two windows, and after it was done."""

import pytest
from simulated_year import INTAKE

from naru.portal.applications.models import Receipt
from naru.portal.audit.models import Event
from naru.portal.mail.models import Mail

BUTTON = "#submit form button[type=submit]"


@pytest.fixture
def draft(world, clock):
    """A student's complete draft during the intake."""
    world.upto("opened")
    clock(INTAKE)
    return world.student_draft()


def counts():
    """Receipts, their mails, and decisions to submit."""
    mails = Mail.objects.filter(name="applications/receipt")
    return Receipt.objects.count(), mails.count(), Event.objects.filter(action="applications.submit").count()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_double_click_gives_one_receipt(draft, world, seat, chromium, requests, scripts):
    """With the page's scripts, and where only the server is left to tell two presses from one."""
    desk = seat(world.student)
    context = chromium.new_context(java_script_enabled=scripts)
    context.add_cookies(desk.page.context.cookies())
    page = context.new_page()
    page.goto(f"{desk.base}/applications/{draft.pk}/submit/")
    page.locator(BUTTON).dblclick(no_wait_after=True)
    page.wait_for_url("**/receipt/")
    context.close()
    requests.wait_for_none()
    assert counts() == (1, 1, 1)


def test_the_second_of_two_windows_gets_the_same_receipt_and_an_older_one_is_told(draft, world, seat):
    desk = seat(world.student)
    older, second = desk.page.context.new_page(), desk.page.context.new_page()
    address = f"{desk.base}/applications/{draft.pk}/submit/"
    older.goto(address)
    draft.documents.first().delete()
    for page in (desk.page, second):
        page.goto(address)
    for page in (desk.page, second):
        page.locator(BUTTON).click()
        page.wait_for_url("**/receipt/")
        assert Receipt.objects.get().number in page.inner_text("main")
    with older.expect_navigation():
        older.locator(BUTTON).click()
    told = older.inner_text("main")
    assert "이미 제출했습니다" in told
    assert "접수증 보기" in told
    assert counts() == (1, 1, 1)

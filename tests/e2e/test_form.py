"""The form of an application in a browser: it saves itself, survives a lost line, and shows differences."""

import pytest
from playwright.sync_api import expect
from simulated_year import INTAKE, company, person

from naru.portal.applications import actions, fields, sections
from naru.portal.applications.models import Application, ConsentAnswer, Kpi
from naru.portal.calls import queries as calls
from naru.portal.organisations import actions as organisations

KPI = {
    "지표 이름": "처리 속도",
    "단위": "장/초",
    "지금 값": "10",
    "12월 목표 값": "42.5",
    "재는 방법": "시험 영상 1,000장",
}


@pytest.fixture
def draft(world, clock):
    """A company's draft during the intake."""
    world.upto("opened")
    clock(INTAKE)
    founder = person("founder")
    organisation = company(1, founder)
    return actions.start(
        by=founder,
        at=INTAKE,
        call=world.call,
        round_id="1",
        organisation=organisation,
        kind="sme",
        role="company",
    )


@pytest.fixture
def mate(draft):
    """Another person of the company."""
    user = person("mate")
    organisations.add_member(by=draft.applicant, at=INTAKE, organisation=draft.organisation, user=user)
    return user


def page_of(draft, section):
    return f"/applications/{draft.pk}/edit/{section}/"


def state(desk):
    return desk.page.locator("[data-save-state]")


def saved_by(desk, button):
    """Press what changes the form, and wait for the save it leads to: "saved" may still be an older one's."""
    with desk.page.expect_response(lambda answer: answer.request.method == "POST"):
        button.click()
    expect(state(desk)).to_contain_text("저장됨")


def need(draft):
    return fields.held(Application.objects.get(pk=draft.pk)).get("plan_need", "")


def test_what_is_typed_is_saved_by_itself_and_there_on_another_device(draft, seat):
    desk = seat(draft.applicant).go(page_of(draft, "need"))
    desk.page.get_by_label("필요성").press_sequentially("장비가 모자랍니다")
    expect(state(desk)).to_contain_text("저장됨")
    expect(state(desk)).to_have_attribute("role", "status")
    expect(desk.page.get_by_label("필요성")).to_be_focused()
    other = seat(draft.applicant, width=390).go(page_of(draft, "need"))
    expect(other.page.get_by_label("필요성")).to_have_value("장비가 모자랍니다")
    other.says("아직 제출되지 않음")
    assert desk.wrong == []


def test_a_lost_line_loses_nothing(draft, seat):
    desk = seat(draft.applicant).go(page_of(draft, "need"))
    desk.page.context.set_offline(True)
    desk.page.get_by_label("필요성").press_sequentially("끊긴 동안 쓴 글")
    expect(state(desk)).to_contain_text("저장하지 못했습니다, 다시 시도합니다")
    assert need(draft) == ""
    expect(desk.page.get_by_label("필요성")).to_have_value("끊긴 동안 쓴 글")
    desk.page.context.set_offline(False)
    expect(state(desk)).to_contain_text("저장됨")
    assert need(draft) == "끊긴 동안 쓴 글"


def test_logged_out_it_says_so_and_keeps_the_text(draft, seat):
    desk = seat(draft.applicant).go(page_of(draft, "need"))
    kept = desk.page.context.cookies()
    desk.page.context.clear_cookies(name="sessionid")
    desk.page.get_by_label("필요성").press_sequentially("로그아웃된 글")
    expect(state(desk)).to_contain_text("로그인이 풀려 저장하지 못했습니다")
    expect(desk.page.get_by_label("필요성")).to_have_value("로그아웃된 글")
    desk.page.context.add_cookies(kept)
    expect(state(desk)).to_contain_text("저장됨")
    assert need(draft) == "로그아웃된 글"


WAYS_OUT = {
    "link": (".step-last a", "/submit/"),
    "language": ("form.language button", "/edit/need/"),
    "log out": ("form[action*='logout'] button", "/"),
}


@pytest.mark.parametrize("way", [*WAYS_OUT, "address"])
def test_the_last_words_leave_the_page_before_the_person_does(draft, seat, requests, way):
    """By the keyboard, in the moment of typing: logging out would refuse what is sent after it."""
    desk = seat(draft.applicant).go(page_of(draft, "need"))
    desk.page.get_by_label("필요성").fill("마지막에 친 글")
    if way == "address":
        desk.go(page_of(draft, "product"))
    else:
        pressed, led_to = WAYS_OUT[way]
        desk.page.locator(pressed).locator("visible=true").first.focus()
        with desk.page.expect_navigation(url=lambda url: url.endswith(led_to)):
            desk.page.keyboard.press("Enter")
    requests.wait_for_none()
    assert need(draft) == "마지막에 친 글"
    assert desk.wrong == []


def test_what_is_typed_while_a_save_hangs_is_sent_as_the_page_is_left(draft, seat, requests):
    desk = seat(draft.applicant).go(page_of(draft, "need"))
    held = []

    def hold_the_first(route):
        if route.request.method == "POST" and not held:
            held.append(route)
        else:
            route.continue_()

    desk.page.route("**/edit/need/", hold_the_first)
    desk.page.get_by_label("필요성").fill("끊긴 저장")
    expect(state(desk)).to_contain_text("저장하는 중")
    desk.page.keyboard.insert_text(" 뒤의 글")
    desk.go(page_of(draft, "product"))
    requests.wait_for_none()
    assert (len(held), need(draft)) == (1, "끊긴 저장 뒤의 글")


def test_two_people_at_one_field_see_the_difference_and_choose(draft, mate, seat):
    mine, theirs = seat(draft.applicant).go(page_of(draft, "need")), seat(mate).go(page_of(draft, "need"))
    theirs.page.get_by_label("필요성").press_sequentially("지금 장비는 느립니다")
    expect(state(theirs)).to_contain_text("저장됨")
    mine.page.get_by_label("필요성").press_sequentially("지금 장비는 비쌉니다")
    expect(state(mine)).to_contain_text("다른 사람이 같은 칸을 고쳤습니다")
    conflict = mine.page.locator(".conflict")
    expect(conflict.locator(".difference del")).to_contain_text("느립니다")
    expect(conflict.locator(".difference ins")).to_contain_text("비쌉니다")
    expect(conflict).to_contain_text("mate 님이")
    assert mine.violations() == []
    assert need(draft) == "지금 장비는 느립니다"
    conflict.get_by_label("내 글로 저장합니다").check()
    expect(mine.page.locator(".conflict")).to_have_count(0)
    assert need(draft) == "지금 장비는 비쌉니다"


def test_rows_come_and_go_and_a_wrong_number_stays_as_typed(draft, seat):
    desk = seat(draft.applicant).go(page_of(draft, "kpis"))
    for label, text in KPI.items():
        desk.page.get_by_label(label).fill(text)
    expect(state(desk)).to_contain_text("저장됨")
    desk.page.get_by_role("button", name="지표 더하기").click()
    second = desk.page.locator(".row-card").nth(1)
    expect(second.get_by_label("지표 이름")).to_be_focused()
    for label, text in (KPI | {"지표 이름": "응답 시간", "12월 목표 값": "빠르게"}).items():
        second.get_by_label(label).fill(text)
    with desk.page.expect_response(lambda answer: (answer.request.post_data or "").count("1,000장") == 2):
        second.get_by_label("지표 이름").focus()
    expect(second.locator(".field-errors", has_text="숫자만 적어 주십시오")).to_be_visible()
    expect(second.get_by_label("12월 목표 값")).to_have_attribute("aria-invalid", "true")
    assert [row.name for row in Kpi.objects.all()] == ["처리 속도"]
    desk.go(page_of(draft, "kpis"))
    expect(desk.page.locator(".row-card").nth(1).get_by_label("12월 목표 값")).to_have_value("빠르게")
    remove, undo = (desk.page.get_by_role("button", name=name) for name in ("이 지표 지우기", "되돌리기"))
    saved_by(desk, remove.nth(1))
    saved_by(desk, undo)
    expect(desk.page.locator(".row-card")).to_have_count(2)
    saved_by(desk, remove.nth(1))
    desk.go(page_of(draft, "kpis"))
    expect(desk.page.locator(".row-card")).to_have_count(1)


def test_the_table_answers_while_a_model_is_typed(draft, seat):
    desk = seat(draft.applicant).go(page_of(draft, "models"))
    for name, verdict in (
        ("YOLOv8n", "지원 모델 표에 있음"), ("ResNet-50", "가까운 계열 있음"), ("our own net", "표에 없음"),
    ):  # fmt: skip
        desk.page.get_by_label("모델 이름").fill(name)
        expect(desk.page.locator(".verdict")).to_contain_text(verdict)


def test_clouds_are_ranked_with_the_keyboard_alone(draft, seat):
    desk = seat(draft.applicant).go(page_of(draft, "product"))
    desk.page.get_by_label("과제명").focus()
    desk.page.keyboard.type("불량 검출")
    desk.page.keyboard.press("Tab")
    desk.page.keyboard.press("ArrowDown")
    chosen = desk.page.locator("input[name=product]:checked").get_attribute("value")
    put = desk.page.get_by_role("button", name="넣기")
    for _ in range(2):
        put.first.focus()
        desk.page.keyboard.press("Enter")
    desk.page.get_by_role("button", name="위로").nth(1).focus()
    desk.page.keyboard.press("Enter")
    expect(state(desk)).to_contain_text("저장됨")
    desk.page.wait_for_function("!document.querySelector('[data-save-state][aria-busy=true]')")
    kept = Application.objects.get(pk=draft.pk)
    assert (kept.title, kept.product) == ("불량 검출", chosen)
    names = desk.page.locator(".ranking-chosen > span:first-child").all_inner_texts()
    assert [name.split(" ", 1)[0] for name in names] == ["1순위", "2순위"]
    assert len(kept.clouds) == 2


def test_without_javascript_every_page_can_be_filled_in(draft, chromium, live_server, seat, world):
    cookies = seat(draft.applicant).page.context.cookies()
    context = chromium.new_context(java_script_enabled=False)
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(live_server.url + page_of(draft, "product"))
    page.get_by_label("과제명").fill("불량 검출")
    page.get_by_label("NPU 60 TOPS").check()
    page.get_by_label("희망 클라우드 1순위").select_option(index=1)
    for section in [one.id for one in calls.terms(draft.version).plan]:
        page.get_by_role("button", name="저장하고 다음").click()
        page.locator(f"[name=plan_{section}]").fill("가상의 계획\n둘째 줄")
    page.get_by_role("button", name="저장하고 다음").click()
    for label, text in KPI.items():
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name="지표 더하기").click()
    page.locator(".row-card").nth(1).get_by_label("지표 이름").fill("다 적지 않은 지표")
    page.get_by_role("button", name="저장하고 다음").click()
    expect(page.locator(".error-summary")).to_contain_text("단위를 적어 주십시오")
    page.get_by_role("button", name="이 지표 지우기").nth(1).click()
    page.get_by_role("button", name="저장하고 다음").click()
    page.get_by_label("모델 이름").fill("yolov8n")
    page.get_by_role("button", name="저장하고 다음").click()
    for name in ("declare_inference_only", "declare_model_trained"):
        page.locator(f"[name={name}][value=yes]").check()
    for name in ("declare_privacy_violation", "declare_duplicate_support"):
        page.locator(f"[name={name}][value=no]").check()
    page.get_by_role("button", name="저장하고 다음").click()
    assert page.locator("main input:checked").count() == 0  # nothing is agreed beforehand
    for box in page.locator("input[name^=consent_][value=yes-1]").all():
        box.check()
    page.get_by_role("button", name="저장하고 다음").click()
    assert page.url.endswith("/documents/")
    context.close()
    kept = Application.objects.get(pk=draft.pk)
    asked = sections.asked(calls.terms(kept.version), kept)
    assert ConsentAnswer.objects.filter(given=True).count() == len(asked)
    held = fields.held(kept)
    assert held["plan_need"] == "가상의 계획\n둘째 줄"
    assert [row.primary for row in kept.models.all()] == [True]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_page_of_the_form_is_accessible(draft, seat, language):
    found = {}
    for width in (1280, 390):
        desk = seat(draft.applicant, width, language)
        for section in sections.by_id(calls.terms(draft.version), draft):
            desk.go(page_of(draft, section))
            found[section, width] = desk.violations()
            if desk.page.evaluate("document.documentElement.scrollWidth") > width:
                found[section, width].append("wider than the screen")
    assert {page: wrong for page, wrong in found.items() if wrong} == {}

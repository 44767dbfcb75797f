import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import path

from naru.portal import ui, urls

STATIC = Path(ui.__file__).parent / "static"
PAGES = ["/ui/", "/ui/staff/"]


@pytest.mark.parametrize("address", PAGES)
def test_the_gallery_is_the_operators(client, operator, reviewer, address):
    assert client.get(address).status_code == 302
    client.force_login(reviewer)
    refused = client.get(address)
    assert refused.status_code == 403
    assert "운영기관만" in refused.content.decode()
    client.force_login(operator)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", PAGES)
def test_in_english_no_sentence_of_the_interface_stays_korean(client, operator, address):
    client.force_login(operator)
    client.cookies["django_language"] = "en"
    shown = client.get(address).content.decode()
    shown = re.sub(r"<script.*?</script>", "", shown, flags=re.DOTALL)
    korean = set(re.findall(r"[가-힣][가-힣 ·]*[가-힣]", shown))
    invented = {"가온누리", "다온소프트", "라온비전", "마루정보", "한빛나래대학교", "김가상", "박운영"}
    data = {"사업계획서", "등기부등본", "유효 기간", "접수마감", "생년월일", "한국어"}
    assert korean <= invented | data


def test_the_language_is_switched_by_a_post(client, operator):
    client.force_login(operator)
    assert '<html lang="ko">' in client.get("/ui/").content.decode()
    answer = client.post("/i18n/setlang/", {"language": "en", "next": "/ui/"}, follow=True)
    assert '<html lang="en">' in answer.content.decode()


def test_pages_carry_the_policy_and_nothing_inline(client, operator):
    client.force_login(operator)
    answer = client.get("/ui/")
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    shown = answer.content.decode()
    assert not re.search(r"\sstyle=|\son[a-z]+=\"|<style", shown)
    assert all(
        'type="application/json"' in tag or " src=" in tag for tag in re.findall(r"<script[^>]*>", shown)
    )
    assert not re.search(r"""(?:href|src)=["'](?:https?:)?//""", shown)


def test_an_unknown_address_says_what_to_do_next(client, db):
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    shown = answer.content.decode()
    assert "찾는 화면이 없습니다" in shown
    assert "처음 화면으로" in shown


def test_a_failure_says_that_nothing_was_half_saved(monkeypatch, db):
    def fail(_request):
        raise RuntimeError("for the test")

    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, path("fails/", fail)])
    from django.urls import clear_url_caches

    clear_url_caches()
    answer = Client(raise_request_exception=False).get("/fails/")
    clear_url_caches()
    assert answer.status_code == 500
    assert "절반만 저장된 자료는 없습니다" in answer.content.decode()


def sheets():
    return sorted(STATIC.rglob("*.css"))


@pytest.mark.parametrize("sheet", sheets(), ids=lambda sheet: sheet.name)
def test_every_address_in_a_style_sheet_is_one_of_our_own_files(sheet):
    text = sheet.read_text("utf-8")
    addresses = re.findall(r"""(?:url\(\s*|@import\s+)["']?([^"')\s;]+)""", text)
    outside = [address for address in addresses if re.match(r"(?:[a-z]+:)?//|https?:", address)]
    assert outside == []
    local = [address for address in addresses if not address.startswith(("data:", "url("))]
    assert [address for address in local if not (sheet.parent / address).is_file()] == []
    assert "sourceMappingURL" not in text


def test_the_built_assets_are_there():
    """`make assets` puts them there; without them no page has its look."""
    for name in ("krds/css/component/output.css", "htmx/htmx.min.js", "chartjs/chart.umd.min.js"):
        assert (STATIC / "vendor" / name).is_file(), f"{name} is missing: run `make assets`"


def test_every_icon_that_a_tag_can_name_is_drawn():
    from naru.portal.ui.templatetags.ui import TONE_ICONS

    drawn = set(re.findall(r'<symbol id="([a-z]+)"', (STATIC / "ui/icons.svg").read_text("utf-8")))
    templates = "\n".join(file.read_text("utf-8") for file in (STATIC.parent / "templates").rglob("*.html"))
    named = set(re.findall(r'{% icon "([a-z]+)"', templates)) | set(TONE_ICONS.values())
    assert named <= drawn

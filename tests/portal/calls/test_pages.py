"""The call's pages: what everybody reads, and how an operator publishes, amends, seeds and freezes."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from naru.portal.audit.models import Event
from naru.portal.calls import actions, queries
from naru.portal.calls.models import Call, CallVersion
from naru.portal.ui import clock


@pytest.fixture(autouse=True)
def _during_intake(monkeypatch, at):
    monkeypatch.setattr(clock, "now", lambda: at)


FILE = "2025-npu.toml"
TEXT = (Path(__file__).parents[3] / "calls" / FILE).read_text(encoding="utf-8")
LATER = TEXT.replace("2025-03-17T15:00:00+09:00", "2025-03-21T15:00:00+09:00")


def upload(text):
    return SimpleUploadedFile("call.toml", text.encode())


def test_lists_teach_when_empty(client, db):
    assert "아직 나간 공고가 없습니다" in client.get("/calls/").content.decode()


def test_a_draft_call_is_not_shown(client, call):
    Call.objects.update(state="draft")
    assert client.get("/calls/2025-npu/").status_code == 404


@pytest.mark.parametrize(
    "path", ["/calls/publish/", "/calls/2025-npu/edit/", "/calls/2025-npu/rounds/1/seed/"]
)
@pytest.mark.parametrize("role", ["applicant", "auditor", "reviewer", "vendor", "cloud"])
def test_only_operators_write(client, call, make_user, role, path):
    client.force_login(make_user("kim", *([] if role == "applicant" else [role])))
    assert client.get(path).status_code == 403
    assert client.post(path).status_code == 403


def test_publishing_shows_the_file_and_its_warnings_first(client, operator, db):
    client.force_login(operator)
    page = client.post("/calls/publish/", {"chosen": FILE, "act": "preview"})
    assert not Call.objects.exists()
    assert len(page.context["warnings"]) == 2
    text = page.context["form"].cleaned_data["text"]
    confirmation = {"text": text.replace("\n", "\r\n"), "act": "confirm"}  # as browsers send it
    client.post("/calls/publish/", confirmation | {"seen": page.context["mark"]})
    version = CallVersion.objects.get()
    assert (version.call.slug, version.sha256) == ("2025-npu", page.context["sha256"])
    again = client.post("/calls/publish/", confirmation | {"seen": page.context["mark"]}).content.decode()
    assert "C-01" in again
    assert Event.objects.filter(action="calls.publish").count() == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("schema = ", "line 1: is not valid TOML"),
        (TEXT.replace('share = "3/5"', 'share = "4/5"'), "share"),
        ("schema = 1\nflavour = 2", "flavour"),
    ],
)
def test_a_wrong_file_is_explained(client, operator, db, text, message):
    client.force_login(operator)
    page = client.post("/calls/publish/", {"upload": upload(text), "act": "confirm"}).content.decode()
    assert message in page
    assert not Call.objects.exists()


def test_an_amendment_shows_every_difference_and_takes_a_reason(client, call, operator):
    client.force_login(operator)
    page = client.post(
        "/calls/2025-npu/edit/", {"upload": upload(LATER), "reason": "접수 연장", "act": "preview"}
    )
    (change,) = [one for one in page.context["differences"] if one.path.endswith("closes_at[0].at")]
    assert (change.before, change.after) == ("2025-03-17T15:00:00+09:00", "2025-03-21T15:00:00+09:00")
    confirmation = {"text": LATER, "reason": "접수 연장", "act": "confirm", "seen": page.context["mark"]}
    client.post("/calls/2025-npu/edit/", confirmation)
    assert queries.current(call).number == 2
    public = client.get("/calls/2025-npu/").content.decode()
    assert "접수 연장" in public
    assert "3월 21일(금) 15:00" in public


def test_seed_and_quotas_are_fixed_on_the_page(client, call, operator):
    client.force_login(operator)
    client.post("/calls/2025-npu/rounds/1/seed/", {"seed": "0123456789abcdef"})
    page = client.get("/calls/2025-npu/").content.decode()
    assert queries.seed_of(call, "1").commitment in page
    assert "0123456789abcdef" not in page
    client.post("/calls/2025-npu/rounds/1/quotas/")
    assert "상품별 대수가 확정되었습니다." in client.get("/calls/2025-npu/").content.decode()
    refused = client.post("/calls/2025-npu/rounds/1/quotas/", follow=True).content.decode()
    assert "[C-04]</a> 상품별 대수는 이미 확정되었습니다." in refused


@pytest.mark.parametrize("path", ["", "clauses/"])
def test_the_call_reads_in_both_languages(client, call, path):
    client.cookies["django_language"] = "en"
    page = client.get(f"/calls/2025-npu/{path}").content.decode()
    assert "Only an application that arrives before 15:00 on 17 March counts." in page


def test_every_clause_has_its_place(client, call, terms):
    page = client.get("/calls/2025-npu/clauses/").content.decode()
    assert [one.code for one in terms.clauses if f'id="{one.code}"' not in page] == []


def test_only_what_was_shown_is_announced(client, operator, operator2, db):
    client.force_login(operator)
    page = client.post("/calls/publish/", {"chosen": FILE, "act": "preview"})
    shown = {"text": TEXT, "act": "confirm", "seen": page.context["mark"]}
    for sent in (shown | {"text": LATER}, shown | {"seen": ""}, shown | {"seen": "0" * 43}):
        again = client.post("/calls/publish/", sent)
        assert "보신 미리보기와 다른 내용입니다" in again.content.decode()
        assert again.context["terms"]
    client.force_login(operator2)  # who has not seen it
    assert client.post("/calls/publish/", shown).context["changed"]
    assert not Call.objects.exists()


def test_an_amendment_is_shown_again_when_another_came_between(client, operator, call, terms, at):
    client.force_login(operator)
    given = {"text": LATER, "reason": "접수 연장"}
    page = client.post("/calls/2025-npu/edit/", given | {"act": "preview"})
    confirmation = given | {"act": "confirm", "seen": page.context["mark"]}
    other = client.post("/calls/2025-npu/edit/", confirmation | {"reason": "다른 사유"})
    assert other.context["changed"]
    changed = replace(terms, contact=replace(terms.contact, phone="02-000-0000"))
    actions.amend(by=operator, at=at, call=call, terms=changed, reason="문의처")
    again = client.post("/calls/2025-npu/edit/", confirmation)
    assert "보신 미리보기와 다른 내용입니다" in again.content.decode()
    assert queries.current(call).number == 2
    client.post("/calls/2025-npu/edit/", confirmation | {"seen": again.context["mark"]})
    assert queries.current(call).number == 3
